#include <QtTest>

#include "canvas/drawing.h"
#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "style/theme.h"

using namespace treegrpo;

class TestDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_item_is_a_line_of_text() {
    const Pen pen{{0x75, 0x7D, 0x87}, 1.5f, {{3, 2, 0, 0}}};
    Drawing drawing;
    drawing.items = {
        LineItem{{0, -.01f}, {10.25f, 20}, {{1, 2, 3}, 1, {}}},
        CubicItem{{0, 0}, {5, 0}, {5, 9}, {10, 9}, pen},
        PolylineItem{{{1, 2}, {3, 4}}, pen},
        PolygonItem{{{0, 0}, {4, 0}, {2, -3}}, {255, 0, 0}, {}},
        BoxItem{{10, 20, 38, 38}, {0x15, 0x17, 0x1A}, pen},
        CircleItem{{5, 6}, 3.5f, {0, 255, 0, 128}, {}},
        ImageItem{{1, 1, 30, 30}, std::make_shared<Image>(Image{2, 3, {}}), true, .4f},
        HatchItem{{0, 0, 8, 8}, 6, {{255, 0, 0}, 1, {}}},
        TextItem{{7, 8}, "−1.3", {9, 9, 9}, TextRole::mono, TextAlign::right, true, {1, 1, 1}}};
    QCOMPARE(QString::fromStdString(textOf(drawing)),
             QString("line 0,0 10.2,20 pen #010203 1\n"
                     "cubic 0,0 5,0 5,9 10,9 pen #757D87 1.5 dash 3 2\n"
                     "polyline 1,2 3,4 pen #757D87 1.5 dash 3 2\n"
                     "polygon 0,0 4,0 2,-3 fill #FF0000\n"
                     "box 10,20 38x38 fill #15171A pen #757D87 1.5 dash 3 2\n"
                     "circle 5,6 r 3.5 fill #00FF0080\n"
                     "image 1,1 30x30 of 2x3 smooth opacity 0.4\n"
                     "hatch 0,0 8x8 every 6 pen #FF0000 1\n"
                     "text 7,8 \"−1.3\" #090909 mono right italic halo #010101\n"));
  }

  void the_later_of_two_hit_boxes_lies_on_top() {
    Drawing drawing;
    drawing.hits = {{{0, 0, 10, 10}, HitKind::node, 1}, {{5, 5, 10, 10}, HitKind::edge, 2}};
    QCOMPARE(drawing.hitAt({1, 1})->target, 1);
    QCOMPARE(drawing.hitAt({7, 7})->target, 2);
    QCOMPARE(drawing.hitAt({15, 15}), nullptr);
    QCOMPARE(Drawing{}.hitAt({0, 0}), nullptr);
  }

  void numbers_have_a_true_minus_and_say_when_there_is_none() {
    QCOMPARE(signedText(1.336, 2), std::string("+1.34"));
    QCOMPARE(signedText(-1.336, 2), std::string("−1.34"));
    QCOMPARE(signedText(-.001, 2), std::string("−0.00"));
    QCOMPARE(signedText(0, 2), std::string("0.00"));
    QCOMPARE(fixedText(-.001, 2), std::string("0.00"));
    QCOMPARE(fixedText(-.1075, 4), std::string("−0.1075"));
    QCOMPARE(fixedText(std::nan(""), 3), std::string("–"));
    QCOMPARE(fixedText(-INFINITY, 3), std::string("−∞"));
    QCOMPARE(shortText(2.7e-5), std::string("2.7×10⁻⁵"));
    QCOMPARE(shortText(-9.99e-5), std::string("−1.0×10⁻⁴"));
    QCOMPARE(shortText(.0123), std::string("0.012"));
    QCOMPARE(shortText(0), std::string("0"));
    QCOMPARE(countText(99999), std::string("99999"));
    QCOMPARE(countText(14803588), std::string("1.5×10⁷"));
  }

  void a_sign_mark_points_where_the_sign_says() {
    const PolygonItem up = signMark({0, 0}, 4, true, {});
    const PolygonItem down = signMark({0, 0}, 4, false, {});
    QVERIFY(up.points[2].y < up.points[0].y);
    QVERIFY(down.points[2].y > down.points[0].y);
  }
};

QTEST_APPLESS_MAIN(TestDrawing)
#include "tst_drawing.moc"
