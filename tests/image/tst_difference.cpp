#include <QtTest>
#include <cmath>

#include "base/error.h"
#include "compare/image_difference.h"
#include "sample_images.h"

using treegrpo::Image;

class TestDifference : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equal_pictures_have_no_error_and_an_infinite_ratio() {
    const Image image = noise_image(8, 8, 1);
    QCOMPARE(treegrpo::mean_absolute_error(image, image), 0.);
    QVERIFY(std::isinf(treegrpo::psnr(image, image)));
  }

  void the_numbers_are_those_of_their_definitions() {
    const Image a{.width = 1, .height = 2, .rgb = {10, 10, 10, 10, 10, 10}};
    const Image b{.width = 1, .height = 2, .rgb = {13, 10, 10, 10, 7, 10}};
    QCOMPARE(treegrpo::mean_absolute_error(a, b), 1.);
    QCOMPARE(treegrpo::psnr(a, b), 10 * std::log10(255. * 255. / 3.));
  }

  void pictures_of_two_sizes_are_refused() {
    QVERIFY_THROWS_EXCEPTION(treegrpo::Error,
                             treegrpo::psnr(noise_image(2, 2, 1), noise_image(2, 3, 1)));
  }
};

QTEST_GUILESS_MAIN(TestDifference)
#include "tst_difference.moc"
