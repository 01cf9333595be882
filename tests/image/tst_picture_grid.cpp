#include <QTest>

#include "base/error.h"
#include "image/picture_grid.h"

using namespace treegrpo;

namespace {

Image plain(std::uint8_t level) {
  Image image{.width = 32, .height = 32, .rgb = {}};
  image.rgb.assign(32 * 32 * 3, level);
  return image;
}

int pixels_of(const Image& sheet, std::uint8_t level) {
  int count = 0;
  for (std::size_t i = 0; i < sheet.rgb.size(); i += 3)
    count += sheet.rgb[i] == level && sheet.rgb[i + 1] == level && sheet.rgb[i + 2] == level;
  return count;
}

}  // namespace

class TestPictureGrid : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_picture_is_drawn_in_whole_pixels() {
    PictureGrid grid{
        .title = "A grid",
        .columns = {"0", "20"},
        .rows = {{.label = "a", .note = "", .pictures = {plain(40), plain(60)}, .captions = {}},
                 {.label = "b", .note = "", .pictures = {plain(40)}, .captions = {}}}};
    const Image sheet = picture_grid(grid);
    QCOMPARE(pixels_of(sheet, 40), 2 * 96 * 96);
    QCOMPARE(pixels_of(sheet, 60), 96 * 96);
    QCOMPARE(pixels_of(sheet, 235), 96 * 96);  // no picture there
    grid.rows.push_back(grid.rows.front());
    QVERIFY(picture_grid(grid).height > sheet.height);
    grid.columns.push_back("40");
    QVERIFY(picture_grid(grid).width > sheet.width);
  }

  void a_grid_of_nothing_is_refused() {
    QVERIFY_THROWS_EXCEPTION(Error, picture_grid({.columns = {"0"}, .rows = {}}));
    QVERIFY_THROWS_EXCEPTION(Error, picture_grid({.columns = {}, .rows = {{}}}));
  }
};

QTEST_APPLESS_MAIN(TestPictureGrid)
#include "tst_picture_grid.moc"
