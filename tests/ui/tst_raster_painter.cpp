#include <QGuiApplication>
#include <QPdfWriter>
#include <QtTest>
#include <ctime>
#include <limits>

#include "canvas/raster_painter.h"

using namespace treegrpo;

namespace {

constexpr Color red{255, 0, 0};
constexpr Color blue{0, 0, 255};
constexpr Color white{255, 255, 255};
const QColor red_pixel(255, 0, 0);
const QColor blue_pixel(0, 0, 255);
const QColor white_pixel(255, 255, 255);

QImage painted(std::vector<DrawingItem> items, double ratio = 1, ImageCache* images = nullptr) {
  QImage image(qRound(80 * ratio), qRound(60 * ratio), QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::white);
  QPainter painter(&image);
  paint(painter, {.items = std::move(items), .hits = {}, .extent = {}},
        {.fonts = loadFonts(1), .background = white, .images = images});
  return image;
}

// The rectangle of all pixels that are not white.
QRect inkOf(const QImage& image) {
  QRect ink;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) != white_pixel) ink |= QRect(x, y, 1, 1);
    }
  }
  return ink;
}

// A row of pixels, a letter each: "." white, "r" red, "b" blue, "?" anything else.
QString rowOf(const QImage& image, int y, int from, int to) {
  QString row;
  for (int x = from; x < to; ++x) {
    const QColor here = image.pixelColor(x, y);
    row += here == white_pixel ? '.' : here == red_pixel ? 'r' : here == blue_pixel ? 'b' : '?';
  }
  return row;
}

// Red above blue on the left, blue above red on the right.
std::shared_ptr<const Image> checkerboard() {
  return std::make_shared<const Image>(
      Image{.width = 2, .height = 2, .rgb = {255, 0, 0, 0, 0, 255, 0, 0, 255, 255, 0, 0}});
}

std::shared_ptr<const Image> uniform(int side, Color color) {
  Image image{.width = side, .height = side, .rgb = {}};
  for (int i = 0; i < side * side; ++i) {
    for (const std::uint8_t byte : {color.red, color.green, color.blue}) image.rgb.push_back(byte);
  }
  return std::make_shared<const Image>(std::move(image));
}

}  // namespace

class TestRasterPainter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_line_is_as_wide_as_its_pen_and_ends_flat() {
    const QImage image = painted({LineItem{{10, 20}, {30, 20}, {red, 4}}});
    QCOMPARE(inkOf(image), QRect(10, 18, 20, 4));
    QCOMPARE(image.pixelColor(15, 19), red_pixel);
  }

  void dashes_are_pixels_whatever_the_width() {
    for (const float width : {2.0F, 4.0F}) {
      const QImage image = painted({LineItem{{10, 20}, {30, 20}, {red, width, {{6, 3}}}}});
      QCOMPARE(rowOf(image, 20, 10, 30), QString("rrrrrr...rrrrrr...rr"));
    }
  }

  void a_dash_pattern_starts_at_its_offset() {
    const QImage image = painted({LineItem{{10, 20}, {30, 20}, {red, 2, {{6, 3}, 4}}}});
    QCOMPARE(rowOf(image, 20, 10, 30), QString("rr...rrrrrr...rrrrrr"));
  }

  void a_single_length_is_line_and_gap() {
    const QImage image = painted({LineItem{{10, 20}, {22, 20}, {red, 2, {{3}}}}});
    QCOMPARE(rowOf(image, 20, 10, 22), QString("rrr...rrr..."));
  }

  void a_cubic_passes_where_its_control_points_lead() {
    const QImage image = painted({CubicItem{{10, 10}, {40, 10}, {40, 50}, {70, 50}, {red, 3}}});
    QCOMPARE(image.pixelColor(12, 10), red_pixel);
    QCOMPARE(image.pixelColor(68, 50), red_pixel);
    QCOMPARE(image.pixelColor(40, 30), red_pixel);
    QCOMPARE(image.pixelColor(25, 30), white_pixel);
  }

  void a_polyline_is_open_and_not_filled() {
    const QImage image = painted({PolylineItem{{{10, 10}, {40, 10}, {40, 40}}, {red, 2}}});
    QCOMPARE(image.pixelColor(20, 10), red_pixel);
    QCOMPARE(image.pixelColor(40, 30), red_pixel);
    QCOMPARE(image.pixelColor(35, 15), white_pixel);
    QCOMPARE(image.pixelColor(25, 25), white_pixel);
  }

  void a_polygon_is_closed_and_filled() {
    const QImage image =
        painted({PolygonItem{{{10, 10}, {40, 10}, {40, 40}, {10, 40}}, blue, {red, 2}}});
    QCOMPARE(image.pixelColor(25, 25), blue_pixel);
    QCOMPARE(image.pixelColor(10, 25), red_pixel);
    QCOMPARE(inkOf(image), QRect(9, 9, 32, 32));
  }

  void the_pen_of_a_box_lies_inside_it() {
    const QImage image = painted({BoxItem{{10, 10, 20, 20}, blue, {red, 3}}});
    QCOMPARE(inkOf(image), QRect(10, 10, 20, 20));
    QCOMPARE(rowOf(image, 20, 8, 32), QString("..rrrbbbbbbbbbbbbbbrrr.."));
  }

  void a_box_without_pen_or_fill_shows_the_other_alone() {
    QCOMPARE(rowOf(painted({BoxItem{{10, 10, 6, 6}, blue}}), 12, 8, 18), QString("..bbbbbb.."));
    QCOMPARE(rowOf(painted({BoxItem{{10, 10, 6, 6}, no_color, {red, 1}}}), 12, 8, 18),
             QString("..r....r.."));
  }

  void corners_of_a_box_are_round_by_its_radius() {
    const QImage image = painted({BoxItem{{10, 10, 20, 20}, blue, {red, 2}, 8}});
    QCOMPARE(image.pixelColor(10, 10), white_pixel);
    QCOMPARE(image.pixelColor(29, 29), white_pixel);
    QCOMPARE(image.pixelColor(10, 20), red_pixel);
    QCOMPARE(image.pixelColor(20, 20), blue_pixel);
  }

  void a_circle_has_its_radius() {
    const QImage image = painted({CircleItem{{30, 30}, 10, blue}});
    QCOMPARE(inkOf(image), QRect(20, 20, 20, 20));
    QCOMPARE(image.pixelColor(30, 30), blue_pixel);
    QCOMPARE(image.pixelColor(21, 21), white_pixel);
  }

  void each_pixel_of_a_larger_picture_is_a_sharp_square() {
    const QImage image = painted({ImageItem{{10, 10, 8, 8}, checkerboard()}});
    QCOMPARE(rowOf(image, 10, 9, 19), QString(".rrrrbbbb."));
    QCOMPARE(rowOf(image, 17, 9, 19), QString(".bbbbrrrr."));
    const QImage smooth = painted({ImageItem{{10, 10, 8, 8}, checkerboard(), true}});
    QCOMPARE(smooth, image);  // averaging is for making smaller
  }

  void a_smaller_picture_averages_areas_if_it_is_smooth() {
    const QColor mixed =
        painted({ImageItem{{10, 10, 1, 1}, checkerboard(), true}}).pixelColor(10, 10);
    QVERIFY(std::abs(mixed.red() - 128) <= 1 && mixed.green() == 0);
    QVERIFY(std::abs(mixed.blue() - 128) <= 1);
    const QImage nearest = painted({ImageItem{{10, 10, 1, 1}, checkerboard()}});
    QVERIFY(rowOf(nearest, 10, 9, 12) == ".r." || rowOf(nearest, 10, 9, 12) == ".b.");
  }

  void the_edges_of_a_picture_lie_on_device_pixels() {
    const QImage image = painted({ImageItem{{10.3F, 10.4F, 8, 8}, uniform(2, red)}});
    QCOMPARE(inkOf(image), QRect(10, 10, 8, 8));
    QCOMPARE(rowOf(image, 10, 9, 19), QString(".rrrrrrrr."));
  }

  void a_picture_may_be_faint() {
    const QImage image = painted(
        {ImageItem{{10, 10, 8, 8}, uniform(2, red), false, 0.4F}, BoxItem{{30, 10, 8, 8}, blue}});
    QVERIFY(std::abs(image.pixelColor(12, 12).green() - 153) <= 1);
    QCOMPARE(image.pixelColor(32, 12), blue_pixel);  // and what follows is not
  }

  void a_picture_that_is_not_there_is_left_out() {
    const auto empty = std::make_shared<const Image>();
    QVERIFY(inkOf(painted({ImageItem{{10, 10, 8, 8}, nullptr}, ImageItem{{20, 10, 8, 8}, empty}}))
                .isNull());
  }

  void hatching_rises_to_the_right_and_stays_in_its_box() {
    const QImage image = painted({HatchItem{{20, 10, 24, 30}, 6, {red, 1}}});
    QVERIFY(QRect(19, 9, 26, 32).contains(inkOf(image)));
    QVERIFY(image.pixelColor(22, 13) != white_pixel);  // x + y is six from the corner's
    QVERIFY(image.pixelColor(25, 10) != white_pixel);
    QCOMPARE(image.pixelColor(21, 11), white_pixel);
    QCOMPARE(image.pixelColor(24, 14), white_pixel);
  }

  void capitals_are_centred_on_the_height_asked_for() {
    for (const TextRole role : {TextRole::caption, TextRole::body, TextRole::figure}) {
      const QRect ink = inkOf(painted({TextItem{{10, 30}, "H", {0, 0, 0}, role}}));
      QVERIFY(!ink.isNull());
      QVERIFY2(std::abs((ink.top() + ink.bottom() + 1) / 2.0 - 30) <= 1,
               qPrintable(QString("%1 to %2").arg(ink.top()).arg(ink.bottom())));
    }
  }

  void a_halo_parts_letters_from_what_they_cross() {
    const auto halos = [](Color halo) {
      const QImage image = painted({BoxItem{{0, 0, 80, 60}, red}, TextItem{.at = {10, 30},
                                                                           .text = "HI",
                                                                           .color = {0, 0, 0},
                                                                           .role = TextRole::figure,
                                                                           .halo = halo}});
      int count = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          if (image.pixelColor(x, y) == blue_pixel) ++count;
      return count;
    };
    QCOMPARE(halos(no_color), 0);
    QVERIFY(halos(blue) > 30);
  }

  void text_stands_left_of_around_or_right_of_its_point() {
    const auto ink = [](TextAlign align) {
      return inkOf(painted({TextItem{{40, 30}, "HIH", {0, 0, 0}, TextRole::body, align}}));
    };
    QVERIFY(std::abs(ink(TextAlign::left).left() - 41) <= 1);
    QVERIFY(std::abs(ink(TextAlign::right).right() - 38) <= 1);
    const QRect middle = ink(TextAlign::centre);
    QVERIFY(std::abs((middle.left() + middle.right() + 1) / 2.0 - 40) <= 1);
  }

  void figures_of_numbers_are_all_as_wide() {
    const QFontMetricsF metrics(fontFor(loadFonts(1), TextRole::table));
    for (const QChar digit : QString("0123456789")) {
      QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance('0'));
    }
  }

  void later_items_lie_on_top() {
    const QImage image = painted({BoxItem{{10, 10, 8, 8}, red}, BoxItem{{12, 10, 2, 8}, blue}});
    QCOMPARE(rowOf(image, 12, 9, 19), QString(".rrbbrrrr."));
  }

  void what_lies_outside_is_not_painted_and_does_not_fail() {
    std::vector<DrawingItem> items;
    items.push_back(LineItem{{-50, -10}, {-20, -10}, {red, 4}});
    items.push_back(TextItem{{500, 500}, "far", red});
    items.push_back(PolylineItem{{}, {red, 2}});
    QVERIFY(inkOf(painted(items)).isNull());
  }

  void on_a_dense_screen_a_drawing_has_twice_the_pixels() {
    const QImage image = painted(
        {BoxItem{{10, 10, 8, 8}, blue, {red, 1}}, LineItem{{30, 10}, {40, 10}, {red, 1, {{3, 2}}}},
         ImageItem{{10, 30, 8, 8}, checkerboard()}, ImageItem{{30.25F, 30, 8, 8}, uniform(2, red)}},
        2);
    QCOMPARE(rowOf(image, 28, 18, 38), QString("..rrbbbbbbbbbbbbrr.."));
    QCOMPARE(rowOf(image, 20, 60, 80), QString("rrrrrr....rrrrrr...."));
    QCOMPARE(rowOf(image, 61, 18, 38), QString("..rrrrrrrrbbbbbbbb.."));
    QCOMPARE(rowOf(image, 62, 60, 78), QString(".rrrrrrrrrrrrrrrr."));
  }

  void text_on_a_dense_screen_has_twice_the_size() {
    const std::vector<DrawingItem> items = {TextItem{{10, 30}, "H", {0, 0, 0}, TextRole::figure}};
    const QRect once = inkOf(painted(items));
    const QRect twice = inkOf(painted(items, 2));
    QVERIFY(std::abs(twice.height() - 2 * once.height()) <= 2);
  }

  void the_painter_is_left_as_it_was() {
    QImage image(20, 20, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setOpacity(0.5);
    painter.setPen(QPen(Qt::green, 3));
    paint(painter, {.items = {CircleItem{{5, 5}, 3, red}}, .hits = {}, .extent = {}},
          {.fonts = loadFonts(1)});
    QCOMPARE(painter.opacity(), 0.5);
    QCOMPARE(painter.pen(), QPen(Qt::green, 3));
    QVERIFY(!painter.testRenderHint(QPainter::LosslessImageRendering));
  }

  void on_paper_a_picture_keeps_its_own_pixels() {
    ImageCache images;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
      QPdfWriter writer(&buffer);
      writer.setResolution(1200);
      QPainter painter(&writer);
      paint(painter,
            {.items = {ImageItem{{0, 0, 3000, 3000}, uniform(8, red)}}, .hits = {}, .extent = {}},
            {.fonts = loadFonts(1), .images = &images});
    }
    QVERIFY(bytes.startsWith("%PDF"));
    QCOMPARE(images.bytes(), std::size_t{8 * 8 * 4});
  }

  void a_picture_is_made_once_a_size() {
    ImageCache images;
    const auto picture = uniform(16, red);
    painted({ImageItem{{0, 0, 8, 8}, picture}, ImageItem{{20, 0, 8, 8}, picture}}, 1, &images);
    QCOMPARE(images.size(), std::size_t{1});
    QCOMPARE(images.bytes(), std::size_t{8 * 8 * 4});
    painted({ImageItem{{0, 0, 8, 8}, picture}}, 1, &images);
    QCOMPARE(images.size(), std::size_t{1});
    painted({ImageItem{{0, 0, 9, 8}, picture}}, 1, &images);
    QCOMPARE(images.size(), std::size_t{2});
  }

  void the_cache_keeps_its_bound_and_lets_go_what_was_not_drawn_for_longest() {
    ImageCache images(3 * 10 * 10 * 4);
    std::vector<std::shared_ptr<const Image>> pictures;
    for (int i = 0; i < 4; ++i) pictures.push_back(uniform(10, red));
    const QSize size(10, 10);
    std::vector<qint64> keys;
    for (std::size_t i = 0; i < 3; ++i)
      keys.push_back(images.scaled(pictures[i], size, false).cacheKey());
    images.scaled(pictures[0], size, false);  // so 1 is the oldest
    images.scaled(pictures[3], size, false);
    QCOMPARE(images.bytes(), std::size_t{3 * 10 * 10 * 4});
    QCOMPARE(images.scaled(pictures[0], size, false).cacheKey(), keys[0]);
    QCOMPARE(images.scaled(pictures[2], size, false).cacheKey(), keys[2]);
    QVERIFY(images.scaled(pictures[1], size, false).cacheKey() != keys[1]);
    QVERIFY(!images.scaled(pictures[0], QSize(100, 100), false).isNull());  // too large to keep
    QCOMPARE(images.bytes(), std::size_t{3 * 10 * 10 * 4});
    images.clear();
    QCOMPARE(images.bytes(), std::size_t{0});
  }

  // An address says nothing: the next picture may lie where the last one lay.
  void a_new_picture_at_an_old_address_is_a_new_picture() {
    ImageCache images;
    const Image first = *uniform(1, red);
    const Image second = *uniform(1, blue);
    Image place = first;
    const auto borrowed = [&place] {
      return std::shared_ptr<const Image>(&place, [](const Image*) {});
    };
    QCOMPARE(images.scaled(borrowed(), {1, 1}, false).pixelColor(0, 0), red_pixel);
    place = second;
    QCOMPARE(images.scaled(borrowed(), {1, 1}, false).pixelColor(0, 0), blue_pixel);
    QCOMPARE(images.size(), std::size_t{1});
  }

  void a_thousand_nodes_are_painted_within_a_frame() {
    std::vector<DrawingItem> items;
    for (int i = 0; i < 1000; ++i) {
      const auto x = static_cast<float>(20 + 31 * (i % 40));
      const auto y = static_cast<float>(20 + 31 * (i / 40));
      items.push_back(
          CubicItem{{x - 15, y + 30}, {x - 8, y + 30}, {x - 8, y + 13}, {x, y + 13}, {red, 2}});
    }
    for (int i = 0; i < 1000; ++i) {
      const Box box{static_cast<float>(20 + 31 * (i % 40)), static_cast<float>(20 + 31 * (i / 40)),
                    26, 26};
      items.push_back(
          ImageItem{box, uniform(32, {static_cast<std::uint8_t>(i % 250), 90, 90}), true});
      items.push_back(BoxItem{box, no_color, {blue, 1.5F}});
    }
    const Drawing drawing{.items = std::move(items), .hits = {}, .extent = {}};
    ImageCache images;
    const PaintOptions options{.fonts = loadFonts(1), .background = white, .images = &images};
    QImage image(1280, 800, QImage::Format_RGB32);
    double best_ms = std::numeric_limits<double>::max();
    for (int round = 0; round < 8; ++round) {
      const std::clock_t start = std::clock();  // of this process, however busy the machine is
      QPainter painter(&image);
      paint(painter, drawing, options);
      painter.end();
      best_ms =
          std::min(best_ms, 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    qInfo("best of 8: %.1f ms", best_ms);
    // 16 ms in a release build; wide, so that only a lost cache or cull fails.
    QVERIFY(best_ms < 100);
    QCOMPARE(images.size(), std::size_t{1000});
  }
};

QTEST_MAIN(TestRasterPainter)
#include "tst_raster_painter.moc"
