#include <QtTest>
#include <filesystem>

#include "base/error.h"
#include "compare/image_difference.h"
#include "image/codec.h"
#include "sample_images.h"

using treegrpo::Error;
using treegrpo::Image;

class TestCodec : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void png_gives_every_byte_back() {
    for (const auto& [width, height] : {std::pair{1, 1}, {32, 32}, {7, 61}, {64, 3}}) {
      const Image image = noise_image(width, height, 5);
      QVERIFY(treegrpo::decode_image(treegrpo::encode_png(image)) == image);
    }
  }

  void channels_keep_their_order() {
    const Image red{.width = 1, .height = 1, .rgb = {250, 10, 30}};
    QVERIFY(treegrpo::decode_image(treegrpo::encode_png(red)) == red);
  }

  void webp_is_near_and_smaller() {
    const Image image = gradient_image(128, 96);
    const auto webp = treegrpo::encode_webp(image);
    const Image again = treegrpo::decode_image(webp);
    QVERIFY(treegrpo::psnr(image, again) > 35);
    QVERIFY(webp.size() < image.bytes() / 10);
  }

  void damaged_bytes_are_refused() {
    std::vector<std::uint8_t> bytes = treegrpo::encode_png(noise_image(32, 32, 1));
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::decode_image({}));
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::decode_image(std::span(bytes).first(20)));
    for (std::size_t i = 0; i < 32; ++i) bytes[i] = 0;
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::decode_image(bytes));
  }

  void an_empty_picture_cannot_be_encoded() {
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::encode_png({}));
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::encode_webp({}));
  }

  void files_are_written_and_read() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("a.png").toStdString();
    const Image image = noise_image(9, 4, 2);
    treegrpo::write_png(file, image);
    QVERIFY(treegrpo::read_image(file) == image);
  }

  void a_file_that_is_no_picture_is_named() {
    try {
      treegrpo::read_image(__FILE__);
      QFAIL("nothing thrown");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("tst_codec.cpp"), error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
