#include <QtTest>

#include "image/resize.h"
#include "sample_images.h"

using treegrpo::Image;

class TestResize : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void shrinking_averages_areas() {
    const Image image{.width = 2, .height = 2, .rgb = {0, 40, 8, 100, 40, 8, 0, 80, 8, 100, 80, 8}};
    const Image expected{.width = 1, .height = 1, .rgb = {50, 60, 8}};
    QVERIFY(treegrpo::shrink(image, 1, 1) == expected);
  }

  void enlarging_repeats_pixels() {
    const Image image{.width = 2, .height = 1, .rgb = {1, 2, 3, 4, 5, 6}};
    const Image expected{.width = 4, .height = 2, .rgb = {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6,  //
                                                          1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}};
    QVERIFY(treegrpo::enlarge(image, 2) == expected);
  }

  void enlarging_and_shrinking_by_one_factor_gives_the_picture_back() {
    const Image image = noise_image(13, 7, 3);
    QVERIFY(treegrpo::shrink(treegrpo::enlarge(image, 5), 13, 7) == image);
  }

  void what_fits_is_left_alone_and_the_rest_keeps_its_proportion() {
    const Image small = noise_image(30, 20, 1);
    QVERIFY(treegrpo::fit_within(small, 30) == small);
    const Image fitted = treegrpo::fit_within(noise_image(300, 150, 1), 64);
    QCOMPARE(fitted.width, 64);
    QCOMPARE(fitted.height, 32);
    QCOMPARE(treegrpo::fit_within(noise_image(400, 1, 1), 10).height, 1);
  }
};

QTEST_GUILESS_MAIN(TestResize)
#include "tst_resize.moc"
