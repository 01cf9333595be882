#include <rapidcheck.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "canvas/image_grid_drawing.h"
#include "canvas_trees.h"
#include "grid_pictures.h"
#include "support/property.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

GridView viewOf(int step = 10, float width = 400, float height = 300) {
  GridView view;
  view.width = width;
  view.height = height;
  view.step = step;
  return view;
}

int count(const Drawing& drawing, Color color) {
  int found = 0;
  for (const BoxItem& box : itemsOf<BoxItem>(drawing))
    if (box.pen.width > 0 && box.pen.color == color) ++found;
  return found;
}

}  // namespace

class TestImageGrid : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_nearest_stored_step_is_shown_the_later_of_two_data() {
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("shown");
    for (const auto& [asked, shown] :
         {std::pair{0, 0}, {1, 0}, {2, 4}, {3, 4}, {4, 4}, {6, 4}, {7, 10}, {10, 10}, {99, 10}})
      QTest::addRow("%d", asked) << asked << shown;
  }

  void the_nearest_stored_step_is_shown_the_later_of_two() {
    QFETCH(int, asked);
    QFETCH(int, shown);
    const ImageGrid grid = gridOf(1, 1);
    const std::vector<StepPicture> pictures = {{0, gradient(8, 0)},
                                               {3, nullptr},
                                               {4, gradient(8, 4)},
                                               {9, std::make_shared<const Image>()},
                                               {10, gradient(8, 10)}};
    QCOMPARE(nearestStep(pictures, asked)->step, shown);
    QVERIFY(!nearestStep({}, asked));
    QVERIFY(!nearestStep({{5, nullptr}}, asked));
  }

  void a_small_grid_as_text() {
    ImageGrid grid = gridOf(1, 2, 2);
    grid.columns[1].detail = "iteration 7";
    GridView view = viewOf(10, 232, 170);
    view.selected = 0;
    view.reference = 1;
    const QString text = QString::fromStdString(textOf(imageGridDrawing(grid, view, dark)));
    const QStringList expected = {"text 12,51 \"prompt 0\" #A6ADB6 caption left",
                                  "image 12,66 96x96 of 2x2",
                                  "box 7,61 106x106 pen #FFFFFF 2.5 radius 2",
                                  "text 108,176 \"R 0.500\" #A6ADB6 caption right",
                                  "box 120,66 96x96 fill #22252A",
                                  "polyline 120,78 120,66 132,66 pen #A6ADB6 1.5",
                                  "polyline 120,150 120,162 132,162 pen #A6ADB6 1.5",
                                  "polyline 216,78 216,66 204,66 pen #A6ADB6 1.5",
                                  "polyline 216,150 216,162 204,162 pen #A6ADB6 1.5",
                                  "text 168,114 \"Not stored\" #A6ADB6 caption centre",
                                  "box 116,62 104x104 pen #E6A11A 2 dash 5 2.5 radius 2",
                                  "box 115,61 16x16 fill #E6A11A",
                                  "text 123,69 \"R\" #15171A caption_medium centre",
                                  "box 0,0 232x40 fill #15171A",
                                  "text 12,20 \"A\" #6EDDA6 body_strong left",
                                  "text 34,20 \"run 0\" #E6E8EB caption left",
                                  "text 120,13 \"B\" #CC84B8 body_strong left",
                                  "text 142,13 \"run 1\" #E6E8EB caption left",
                                  "text 142,28 \"iteration 7\" #A6ADB6 caption left",
                                  "line 0,40 232,40 pen #2C3037 1"};
    QCOMPARE(text.trimmed().split('\n'), expected);
  }

  void a_step_that_is_not_stored_is_faint_and_named() {
    const Drawing drawing = imageGridDrawing(gridOf(2, 3), viewOf(10, 600, 400), dark);
    int faint = 0;
    for (const ImageItem& image : itemsOf<ImageItem>(drawing)) faint += image.opacity < 1;
    QCOMPARE(faint, 2);
    QVERIFY(hasText(drawing, "nearest: t 4"));
    QVERIFY(hasText(drawing, "Not stored"));
    QVERIFY(!hasText(imageGridDrawing(gridOf(2, 3), viewOf(4, 600, 400), dark), "nearest: t 4"));
  }

  void the_reference_takes_the_place_of_the_selected_picture() {
    const ImageGrid grid = gridOf(2, 3);
    GridView view = viewOf(10, 600, 400);
    view.selected = 0;
    view.reference = 2;
    const auto first = [&] { return itemsOf<ImageItem>(imageGridDrawing(grid, view, dark))[0]; };
    QCOMPARE(first().image, grid.cells[0].pictures.back().image);
    view.show_reference = true;
    QCOMPARE(first().image, grid.cells[2].pictures.back().image);
    QVERIFY(hasText(imageGridDrawing(grid, view, dark), "reference"));
    QVERIFY(!hasText(imageGridDrawing(grid, view, dark), "R 0.500"));
    view.reference = -1;
    QCOMPARE(first().image, grid.cells[0].pictures.back().image);
  }

  void the_pointed_pixel_is_marked_in_every_picture() {
    GridView view = viewOf(10, 600, 400);
    const int before = count(imageGridDrawing(gridOf(2, 3), view, dark), dark.ring);
    view.probed = 0;
    view.pixel = {3, 5};
    QCOMPARE(count(imageGridDrawing(gridOf(2, 3), view, dark), dark.ring), before + 5);
  }

  void what_lies_outside_is_not_drawn() {
    const ImageGrid grid = gridOf(200, 3);
    const Drawing drawing = imageGridDrawing(grid, viewOf(), dark);
    QVERIFY(itemsOf<ImageItem>(drawing).size() < 20);
    QVERIFY(drawing.extent.height > 200 * 96);
    const GridView down = gridRevealing(grid, viewOf(), grid.count() - 2);
    const Box box = GridPlaces(grid, down).cell(grid.count() - 2);
    QVERIFY(box.top >= grid_head && box.bottom() <= down.height);
    QCOMPARE(gridRevealing(grid, down, grid.count() - 2), down);
  }

  void a_picture_has_whole_pixels_and_stays_in_its_cell() {
    QVERIFY(holds("whole pixels in their cell", [] {
      const int side = *rc::gen::inRange(1, 300);
      const ImageGrid grid = gridOf(*rc::gen::inRange(1, 6), *rc::gen::inRange(1, 9), side);
      GridView view =
          viewOf(*rc::gen::inRange(0, 11), static_cast<float>(*rc::gen::inRange(50, 1600)),
                 static_cast<float>(*rc::gen::inRange(50, 1000)));
      view.zoom = *rc::gen::inRange(0, 7);
      view.corner = {*rc::gen::inRange(-400, 400), *rc::gen::inRange(-400, 400)};
      view.alone = 0;
      view.alone_by = {*rc::gen::inRange(-400, 400), 3};
      const GridPlaces places(grid, view);
      for (std::int32_t cell = 0; cell + 1 < grid.count(); ++cell) {
        const PicturePart part = places.part(cell, *grid.cells[0].pictures[0].image);
        const float whole = part.scale >= 1 ? part.scale : 1 / part.scale;
        RC_ASSERT(std::abs(whole - std::round(whole)) < 1e-3f);
        RC_ASSERT(part.from.x >= 0 && part.from.x + part.size.x <= side);
        RC_ASSERT(part.from.y >= 0 && part.from.y + part.size.y <= side);
        RC_ASSERT(part.box.width <= places.side() + 1 || part.size.x == 1);
      }
    }));
  }

  void zooming_keeps_the_pixel_under_the_pointer() {
    QVERIFY(holds("the pixel stays", [] {
      const int side = *rc::gen::inRange(8, 64);
      const ImageGrid grid = gridOf(2, 3, side);
      GridView view = viewOf(4, 900, 700);
      const std::int32_t cell = *rc::gen::inRange(0, 5);
      for (int round = 0; round < 4; ++round) {
        const GridPlaces places(grid, view);
        const PicturePart part = places.part(cell, *grid.cells[0].pictures[0].image);
        // Away from the rims, where a picture cannot be moved further.
        const Point at{part.box.left + part.box.width * .5f, part.box.top + part.box.height * .5f};
        const auto before = places.pixelAt(cell, at);
        RC_ASSERT(before.has_value());
        view = gridZoomed(grid, view, at, 1);
        const auto after = GridPlaces(grid, view).pixelAt(cell, at);
        RC_ASSERT(after.has_value());
        RC_ASSERT(std::abs(after->x - before->x) <= 1 && std::abs(after->y - before->y) <= 1);
      }
      RC_ASSERT(gridZoomed(grid, view, {0, 0}, 100).zoom == 6);
      RC_ASSERT(gridZoomed(grid, view, {0, 0}, -100).zoom == 0);
    }));
  }

  void an_empty_grid_is_no_fault() {
    const ImageGrid none;
    QCOMPARE(imageGridDrawing(none, viewOf(), dark).hits.size(), std::size_t{0});
    QCOMPARE(GridPlaces(none, viewOf()).cellAt({50, 50}), -1);
    QCOMPARE(gridRevealing(none, viewOf(), 0), viewOf());
    QCOMPARE(gridZoomed(none, viewOf(), {50, 50}, 1).zoom, 1);
  }
};

QTEST_GUILESS_MAIN(TestImageGrid)
#include "tst_image_grid.moc"
