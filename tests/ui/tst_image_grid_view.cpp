#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>

#include "comparison/image_grid_view.h"
#include "grid_pictures.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

QString textOfLabel(const QWidget& view, const char* name) {
  return view.findChild<QLabel*>(name)->text();
}

class Shown {
 public:
  explicit Shown(ImageGrid grid) {
    view.resize(640, 480);
    view.setGrid(std::move(grid));
    view.show();
    if (!QTest::qWaitForWindowExposed(&view)) qFatal("the view does not show");
  }
  ImageGridCanvas& canvas() { return view.canvas(); }

  // The middle of a pixel of a cell's picture.
  QPoint pixel(std::int32_t cell, int x, int y) {
    const GridPlaces places(canvas().grid(), canvas().view());
    const StepPicture* picture = shownPicture(canvas().grid(), canvas().view(), cell).picture;
    const PicturePart part = places.part(cell, *picture->image);
    const auto at = [&](float from, int pixel, int first) {
      return static_cast<int>(from + (static_cast<float>(pixel - first) + .5f) * part.scale);
    };
    return {at(part.box.left, x, part.from.x), at(part.box.top, y, part.from.y)};
  }

  void wheel(QPoint at, int notches, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    QWheelEvent event(at, canvas().mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, keys,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&canvas(), &event);
  }

  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    QTest::mousePress(&canvas(), Qt::LeftButton, keys, from);
    QMouseEvent move(QEvent::MouseMove, to, canvas().mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     keys);
    QCoreApplication::sendEvent(&canvas(), &move);
    QTest::mouseRelease(&canvas(), Qt::LeftButton, keys, to);
  }

  ImageGridView view;
};

}  // namespace

class TestImageGridView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void left_selects_and_right_sets_the_reference() {
    Shown shown(gridOf(2, 3));
    QSignalSpy selected(&shown.view, &ImageGridView::selected);
    QSignalSpy reference(&shown.view, &ImageGridView::referenceSet);
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, {}, shown.pixel(4, 1, 1));
    QTest::mouseClick(&shown.canvas(), Qt::RightButton, {}, shown.pixel(2, 1, 1));
    QCOMPARE(selected.takeFirst(), (QVariantList{1, 1}));
    QCOMPARE(reference.takeFirst(), (QVariantList{0, 2}));
    QTest::mouseClick(&shown.canvas(), Qt::RightButton, {}, shown.pixel(2, 1, 1));
    QCOMPARE(reference.takeFirst(), (QVariantList{-1, -1}));
    QVERIFY(selected.isEmpty());
  }

  void keys_do_the_same() {
    Shown shown(gridOf(2, 3));
    ImageGridCanvas& canvas = shown.canvas();
    QTest::keyClick(&canvas, Qt::Key_Down);  // the first, since none was selected
    QCOMPARE(canvas.view().selected, 0);
    for (const int key : {Qt::Key_Down, Qt::Key_Right, Qt::Key_Right, Qt::Key_Right, Qt::Key_R})
      QTest::keyClick(&canvas, static_cast<Qt::Key>(key));
    QCOMPARE(canvas.view().selected, 5);
    QCOMPARE(canvas.view().reference, 5);
    QTest::keyClick(&canvas, Qt::Key_Comma);
    QCOMPARE(canvas.view().step, 9);
    QTest::keyClick(&canvas, Qt::Key_Plus);
    QCOMPARE(canvas.view().zoom, 1);
    QTest::keyClick(&canvas, Qt::Key_0);
    QCOMPARE(canvas.view().zoom, 0);
  }

  void shift_shows_the_reference_while_it_is_held() {
    Shown shown(gridOf(2, 3));
    ImageGridCanvas& canvas = shown.canvas();
    QTest::keyPress(&canvas, Qt::Key_Shift);
    QVERIFY(canvas.view().show_reference);
    QTest::keyRelease(&canvas, Qt::Key_Shift);
    QVERIFY(!canvas.view().show_reference);
  }

  void one_slider_sets_the_step_of_all() {
    Shown shown(gridOf(2, 3));
    auto* slider = shown.view.findChild<QSlider*>("imageGridStep");
    QCOMPARE(slider->maximum(), 10);
    QCOMPARE(textOfLabel(shown.view, "imageGridStepText"), QString("t 10 of 10"));
    shown.canvas().select(1);
    QVERIFY(shown.canvas().accessibleDescription().contains("step 4, the nearest stored to 10"));
    slider->setValue(4);
    QCOMPARE(shown.canvas().view().step, 4);
    QVERIFY(!shown.canvas().accessibleDescription().contains("nearest"));
    shown.canvas().setStep(7);
    QCOMPARE(slider->value(), 7);
  }

  void zoom_is_one_for_all_and_alt_moves_one() {
    Shown shown(gridOf(2, 2, 32));
    ImageGridCanvas& canvas = shown.canvas();
    const auto corner = [&](std::int32_t cell) {
      return GridPlaces(canvas.grid(), canvas.view())
          .part(cell, *canvas.grid().cells[0].pictures[0].image)
          .from;
    };
    shown.wheel(shown.pixel(0, 16, 16), 2);
    QCOMPARE(canvas.view().zoom, 2);
    QVERIFY(corner(0) == corner(2) && corner(0).x > 0);
    const GridPixel before = corner(0);
    const QPoint from = shown.pixel(0, 16, 16), to = shown.pixel(0, 14, 15);
    shown.drag(from, to);
    QVERIFY(corner(0) == (GridPixel{before.x + 2, before.y + 1}));
    QVERIFY(corner(2) == corner(0));
    shown.drag(from, to, Qt::AltModifier);
    QVERIFY(corner(0) == (GridPixel{before.x + 4, before.y + 2}));
    QVERIFY(corner(2) == (GridPixel{before.x + 2, before.y + 1}));
    shown.wheel(from, -9);
    QVERIFY(corner(0) == corner(2) && corner(0) == GridPixel{});
  }

  void a_pixel_is_read_here_and_in_the_reference() {
    Shown shown(gridOf(2, 3));
    shown.canvas().setReference(2);
    QTest::mouseMove(&shown.canvas(), shown.pixel(0, 2, 4));
    QTRY_COMPARE(textOfLabel(shown.view, "imageGridFoot"),
                 QString("A at 2, 4: R 63 G 127 B 114   reference at 2, 4: R 63 G 127 B 86"));
  }

  void many_rows_scroll_and_the_selected_one_comes_in() {
    Shown shown(gridOf(40, 3));
    auto* rows = shown.view.findChild<QScrollBar*>();
    QVERIFY(rows->isVisible() && rows->maximum() > 0);
    shown.canvas().select(110);
    QVERIFY(rows->value() > 0);
    rows->setValue(0);
    QCOMPARE(shown.canvas().view().scroll, 0.f);
    shown.wheel({50, 50}, -1, Qt::ShiftModifier);
    QVERIFY(shown.canvas().view().scroll > 0);
  }

  void a_new_grid_keeps_what_it_can() {
    Shown shown(gridOf(2, 3));
    shown.canvas().select(4);
    shown.canvas().setReference(5);
    shown.canvas().setStep(3);
    shown.view.setGrid(gridOf(1, 5));
    QCOMPARE(shown.canvas().view().selected, 4);
    QCOMPARE(shown.canvas().view().reference, -1);
    QCOMPARE(shown.canvas().view().step, 3);
    shown.view.setGrid({});
    QCOMPARE(shown.canvas().view().selected, -1);
    QCOMPARE(textOfLabel(shown.view, "imageGridStepText"), QString("t 0 of 0"));
    shown.canvas().refresh();
    QVERIFY(!shown.canvas().drawing().items.empty());  // says that there is nothing
  }
};

QTEST_MAIN(TestImageGridView)
#include "tst_image_grid_view.moc"
