#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QScreen>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "canvas/canvas_view.h"
#include "canvas/gl_probe.h"
#include "canvas/gl_surface.h"
#include "canvas/image_cache.h"
#include "canvas/image_grid_drawing.h"
#include "canvas/sprite_atlas.h"
#include "canvas/tree_drawing.h"
#include "comparison/paired_view.h"
#include "ui/canvas_trees.h"
#include "ui/grid_pictures.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Shows whatever drawing it is given.
class Canvas : public CanvasView {
 public:
  explicit Canvas(QWidget* parent = nullptr) : CanvasView(parent) { resize(900, 600); }
  std::function<Drawing(QSize, const Theme&)> make;
  int made = 0;

 protected:
  Drawing draw() override {
    ++made;
    return make ? make(QSizeF(roomWidth(), roomHeight()).toSize(), looks()) : Drawing{};
  }
};

Drawing treeAt(std::shared_ptr<const TreeRecord> record, QSize size, const Theme& theme,
               float zoom = 1) {
  TreeView view;
  view.width = static_cast<float>(size.width());
  view.height = static_cast<float>(size.height());
  view.selected = 1;
  view.bookmarks = {2};
  view = fittedTo(view, treeLayout(*record, layoutOptions(view)).extent);
  view = zoomedAt(view, {view.width / 2, view.height / 2}, zoom);
  view.lod = followed({}, view.zoom);
  return treeDrawing(record, view, theme);
}

// Pictures with something in them: a gradient, and a bright square by the node's number.
TreeRecord picturedTree(const TreeSchedule& schedule, int side = 32) {
  TreeRecord record = creditedTree(schedule);
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    Image& image = record.nodes[node].image;
    image = {.width = side, .height = side, .rgb = {}};
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        for (const int value : {x * 255 / side, y * 255 / side, static_cast<int>(node * 37 % 256)})
          image.rgb.push_back(static_cast<std::uint8_t>(value));
  }
  return record;
}

bool waitForFrame(CanvasView& canvas) {
  QSignalSpy painted(&canvas, &CanvasView::painted);
  canvas.redraw();
  return painted.wait(20000);
}

QImage pictureOf(CanvasView& canvas) {
  return canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

QColor meanOf(const QImage& image, QRect cell) {
  cell &= image.rect();
  int red = 0, green = 0, blue = 0;
  for (int y = cell.top(); y <= cell.bottom(); ++y)
    for (int x = cell.left(); x <= cell.right(); ++x) {
      const QRgb pixel = image.pixel(x, y);
      red += qRed(pixel), green += qGreen(pixel), blue += qBlue(pixel);
    }
  const int count = cell.width() * cell.height();
  return {red / count, green / count, blue / count};
}

// The largest difference of a channel's mean between cells of 16 × 16 pixels, and where.
std::pair<int, QPoint> unlikeness(const QImage& a, const QImage& b) {
  std::pair<int, QPoint> worst{0, {}};
  for (int y = 0; y < a.height(); y += 16)
    for (int x = 0; x < a.width(); x += 16) {
      const QColor one = meanOf(a, {x, y, 16, 16}), other = meanOf(b, {x, y, 16, 16});
      const int here =
          std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                    std::abs(one.blue() - other.blue())});
      if (here > worst.first) worst = {here, {x, y}};
    }
  return worst;
}

// How many cells are not the ground: a comparison of two empty pictures says nothing.
int inkedCells(const QImage& image, QColor ground) {
  int count = 0;
  for (int y = 0; y < image.height(); y += 16)
    for (int x = 0; x < image.width(); x += 16)
      if (meanOf(image, {x, y, 16, 16}) != ground) ++count;
  return count;
}

QColor colorOf(Color color) { return {color.red, color.green, color.blue}; }

void keep(const QImage& image, const QString& name) {
  const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_CANVAS");
  if (!folder.isEmpty()) image.save(folder + "/" + name + ".png");
}

// Both painters' pictures of what one canvas shows.
struct Pair {
  QImage raster, gl;
};
Pair byBoth(CanvasView& canvas) {
  Pair pair;
  canvas.useGl(false);
  canvas.show();
  if (!QTest::qWaitForWindowExposed(&canvas) || !waitForFrame(canvas)) return pair;
  pair.raster = pictureOf(canvas);
  canvas.useGl(true);
  if (!waitForFrame(canvas)) return pair;
  pair.gl = pictureOf(canvas);
  return pair;
}

}  // namespace

class TestGlCanvas : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const GlProbe probe = probeGl(SoftwareGl::allowed);
    QVERIFY2(probe.usable, probe.why_not.c_str());
    QVERIFY(!probe.renderer.empty());
  }

  void software_gl_counts_as_none_unless_it_is_asked_for() {
    const GlProbe allowed = probeGl(SoftwareGl::allowed);
    const GlProbe strict = probeGl();
    QCOMPARE(strict.usable, !isSoftwareRenderer(allowed.renderer));
    QCOMPARE(strict.why_not.empty(), strict.usable);
    for (const char* name : {"llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "Google SwiftShader"})
      QVERIFY(isSoftwareRenderer(name));
    QVERIFY(!isSoftwareRenderer("NVIDIA GeForce RTX 3060/PCIe/SSE2"));
    QVERIFY(platformHasGl("wayland") && !platformHasGl("offscreen") && !platformHasGl("vnc"));
  }

  void a_tree_looks_alike_by_both_painters_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<float>("zoom");
    QTest::addColumn<double>("scale");
    for (const int kind : {0, 1})
      for (const float zoom : {.35F, 1.0F, 3.0F, 9.0F})
        QTest::addRow("%s zoom %.2f", kind ? "light" : "dark", static_cast<double>(zoom))
            << kind << zoom << 1.;
    QTest::addRow("larger text") << 0 << 1.0F << 1.5;
  }

  void a_tree_looks_alike_by_both_painters() {
    QFETCH(int, kind);
    QFETCH(float, zoom);
    QFETCH(double, scale);
    Canvas canvas;
    const Theme& looks = theme(kind ? ThemeKind::light : ThemeKind::dark);
    canvas.setLooks(looks, loadFonts(scale));
    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its, zoom); };
    const Pair pair = byBoth(canvas);
    QVERIFY(canvas.usesGl());
    QCOMPARE(pair.gl.size(), pair.raster.size());
    const QString name =
        QString("%1-%2-%3").arg(kind ? "light" : "dark").arg(static_cast<double>(zoom)).arg(scale);
    keep(pair.raster, name + "-raster");
    keep(pair.gl, name + "-gl");
    QVERIFY(inkedCells(pair.raster, colorOf(looks.canvas)) > 200);
    const auto [difference, where] = unlikeness(pair.raster, pair.gl);
    qInfo("largest difference of a cell: %d at %d,%d", difference, where.x(), where.y());
    QVERIFY2(difference <= 16,
             qPrintable(QString("%1 at %2,%3").arg(difference).arg(where.x()).arg(where.y())));
  }

  void a_grid_of_pictures_looks_alike_by_both_painters() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      Canvas canvas;
      canvas.setLooks(theme(kind), loadFonts(1));
      canvas.make = [](QSize size, const Theme& its) {
        GridView view{.width = static_cast<float>(size.width()),
                      .height = static_cast<float>(size.height()),
                      .step = 10,
                      .zoom = 1,
                      .corner = {5, 9},
                      .selected = 0,
                      .reference = 4,
                      .probed = 0,
                      .pixel = {12, 12}};
        return imageGridDrawing(gridOf(3, 4, 32), view, its);
      };
      const Pair pair = byBoth(canvas);
      const QString name = kind == ThemeKind::dark ? "grid-dark" : "grid-light";
      keep(pair.raster, name + "-raster");
      keep(pair.gl, name + "-gl");
      QVERIFY(inkedCells(pair.raster, colorOf(theme(kind).canvas)) > 200);
      QVERIFY(unlikeness(pair.raster, pair.gl).first <= 16);
    }
  }

  void paired_trees_look_alike_by_both_painters_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("colour");
    for (const int kind : {0, 1})
      for (const int colour : {0, 1})
        QTest::addRow("%s %s", kind ? "light" : "dark", colour ? "value" : "advantage")
            << kind << colour;
  }

  // One of them is mirrored, some nodes have no partner and are hatched, the colours have one
  // limit.
  void paired_trees_look_alike_by_both_painters() {
    QFETCH(int, kind);
    QFETCH(int, colour);
    const Theme& looks = theme(kind ? ThemeKind::light : ThemeKind::dark);
    PairedView view;
    view.setLooks(looks, loadFonts(1));
    view.setReducedMotion(true);
    view.resize(1400, 700);
    view.setSides(pairedSide("A", "first", shared(picturedTree(mockupSchedule())), {}),
                  pairedSide("B", "second", shared(picturedTree(windowSchedule(3, 2, 5, 3))), {}),
                  {});
    view.findChild<QComboBox*>("pairedColour")->setCurrentIndex(colour);
    view.show();
    const auto [first, second] = view.canvases();
    for (CanvasView* canvas : {static_cast<CanvasView*>(first), static_cast<CanvasView*>(second),
                               view.findChild<CanvasView*>("deltaColumn")}) {
      const Pair pair = byBoth(*canvas);
      QVERIFY(canvas->usesGl());
      QCOMPARE(pair.gl.size(), pair.raster.size());
      const QString name =
          canvas->objectName() + (kind ? "-light-" : "-dark-") + QString::number(colour);
      keep(pair.raster, name + "-raster");
      keep(pair.gl, name + "-gl");
      QVERIFY(inkedCells(pair.raster, colorOf(looks.canvas)) > 50);
      const auto [difference, where] = unlikeness(pair.raster, pair.gl);
      QVERIFY2(
          difference <= 16,
          qPrintable(
              QString("%1: %2 at %3,%4").arg(name).arg(difference).arg(where.x()).arg(where.y())));
    }
    QVERIFY(!itemsOf<HatchItem>(first->drawing()).empty());
  }

  void what_lies_under_the_mouse_is_the_same() {
    Canvas canvas;
    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    const auto targets = [&] {
      std::vector<std::int32_t> found;
      for (int y = 0; y < canvas.height(); y += 5)
        for (int x = 0; x < canvas.width(); x += 5) {
          const HitBox* hit =
              canvas.drawing().hitAt({static_cast<float>(x), static_cast<float>(y)});
          found.push_back(hit ? hit->target : -9);
        }
      return found;
    };
    canvas.show();
    QVERIFY(waitForFrame(canvas));
    const auto by_raster = targets();
    canvas.useGl(true);
    QVERIFY(waitForFrame(canvas));
    QCOMPARE(targets(), by_raster);
    QVERIFY(std::count(by_raster.begin(), by_raster.end(), -9) <
            static_cast<std::ptrdiff_t>(by_raster.size()));
    const auto* surface = canvas.findChild<GlSurface*>();
    QVERIFY(surface);
    QCOMPARE(surface->geometry(), canvas.rect());
    QVERIFY(surface->testAttribute(Qt::WA_TransparentForMouseEvents));
    QVERIFY(canvas.childAt(canvas.rect().center()) == nullptr);  // the mouse is the canvas's
  }

  void shapes_of_every_kind_look_alike() {
    Canvas canvas;
    canvas.make = [](QSize, const Theme& its) {
      Drawing drawing;
      auto& items = drawing.items;
      const Pen pen{its.accent, 2, {}};
      items.push_back(LineItem{{20, 20}, {200, 60}, {its.text, 3, {{6, 3}}}});
      items.push_back(CubicItem{{20, 90}, {90, 90}, {90, 190}, {200, 190}, {its.positive, 4}});
      items.push_back(PolylineItem{{{230, 20}, {300, 90}, {240, 90}, {330, 30}}, pen});
      items.push_back(PolygonItem{{{400, 20},
                                   {415, 60},
                                   {455, 60},
                                   {420, 85},
                                   {435, 130},
                                   {400, 100},
                                   {365, 130},
                                   {380, 85},
                                   {345, 60},
                                   {385, 60}},
                                  its.negative,
                                  pen});
      items.push_back(BoxItem{{480.5F, 20.5F, 90, 60}, its.band, {its.live, 1.5F, {{4, 2}}}, 8});
      items.push_back(BoxItem{{480, 100, 90, .4F}, its.text});
      items.push_back(CircleItem{{640, 60}, 30, its.reference, {its.text, 2}});
      // Not of 1 px: QPainter draws such a slope 0.7 px wide.
      items.push_back(HatchItem{{480, 120, 90, 70}, 6, {its.warning, 1.5F}});
      items.push_back(BoxItem{{20, 230, 300, 40}, its.positive});
      items.push_back(TextItem{{30, 250},
                               "A = +0.42 −σ ρ Ag",
                               its.text,
                               TextRole::figure,
                               TextAlign::left,
                               false,
                               its.canvas});
      items.push_back(
          TextItem{{640, 250}, "right, italic", its.text2, TextRole::body, TextAlign::right, true});
      items.push_back(
          TextItem{{450, 300}, "mono t5.5 key 1.2", its.text, TextRole::mono, TextAlign::centre});
      return drawing;
    };
    const Pair pair = byBoth(canvas);
    keep(pair.raster, "shapes-raster");
    keep(pair.gl, "shapes-gl");
    QVERIFY(inkedCells(pair.raster, colorOf(canvas.looks().canvas)) > 100);
    const auto [difference, where] = unlikeness(pair.raster, pair.gl);
    qInfo("largest difference of a cell: %d at %d,%d", difference, where.x(), where.y());
    QVERIFY(difference <= 16);
  }

  void the_screen_shows_what_was_painted() {
    Canvas canvas;
    canvas.resize(500, 400);  // fits at any density
    canvas.move(0, 0);
    QWidget over(&canvas);  // and widgets on the canvas lie on top
    over.setGeometry(300, 200, 100, 80);
    over.setAutoFillBackground(true);
    over.setPalette(QPalette(Qt::red));
    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    const Pair pair = byBoth(canvas);
    const auto shown = [&] {
      return canvas.screen()->grabWindow(0).toImage().copy(pair.gl.rect());
    };
    QTRY_VERIFY(unlikeness(shown().convertToFormat(QImage::Format_RGB32), pair.gl).first <= 2);
    QVERIFY(inkedCells(pair.gl, colorOf(canvas.looks().canvas)) > 100);
    const double ratio = canvas.devicePixelRatioF();
    QCOMPARE(shown().pixelColor(qRound(350 * ratio), qRound(240 * ratio)),
             over.palette().color(QPalette::Window));
  }

  void frames_come_for_changes_alone() {
    Canvas canvas;
    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    canvas.useGl(true);
    canvas.show();
    QVERIFY(waitForFrame(canvas));
    QTest::qWait(300);
    const int frames = canvas.frames(), made = canvas.made;
    QTest::qWait(400);
    QCOMPARE(canvas.frames(), frames);
    canvas.redraw();
    QTRY_COMPARE(canvas.made, made + 1);
    QVERIFY(canvas.paintSeconds() > 0);
  }

  void a_canvas_that_moves_to_another_window_paints_on() {
    QWidget other;
    Canvas canvas;  // goes first

    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    QSignalSpy lost(&canvas, &CanvasView::glLost);
    const Pair pair = byBoth(canvas);
    auto* surface = canvas.findChild<GlSurface*>();
    QCOMPARE(surface->contexts(), 1);
    other.resize(1000, 700);
    canvas.setParent(&other);
    canvas.move(20, 20);
    canvas.show();
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    QVERIFY(waitForFrame(canvas));
    QCOMPARE(surface->contexts(), 2);  // without AA_ShareOpenGLContexts each window has its own
    QVERIFY(canvas.usesGl());
    QVERIFY(unlikeness(pictureOf(canvas), pair.raster).first <= 16);
    QTest::qWait(6000);  // nor is it taken for lost later
    QCOMPARE(lost.count(), 0);
  }

  void two_canvases_keep_out_of_each_others_way() {
    QWidget window;
    window.resize(900, 700);
    Canvas upper(&window), lower(&window);
    upper.setGeometry(0, 0, 900, 350);
    lower.setGeometry(0, 350, 900, 350);
    const auto record = shared(picturedTree(mockupSchedule()));
    upper.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    lower.make = [](QSize, const Theme& its) {
      return Drawing{{BoxItem{{0, 0, 900, 350}, its.positive}}, {}, {}};
    };
    upper.useGl(true);
    lower.useGl(true);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(waitForFrame(upper) && waitForFrame(lower));
    QVERIFY(waitForFrame(upper));
    QCOMPARE(meanOf(pictureOf(lower), {400, 100, 16, 16}), colorOf(lower.looks().positive));
    QVERIFY(inkedCells(pictureOf(upper), colorOf(upper.looks().canvas)) > 100);
  }

  // Many sizes of many pictures, as zooming makes them.
  void textures_stay_below_their_bound() {
    Canvas canvas;
    float zoom = 1;
    const auto record = shared(picturedTree(mockupSchedule(), 200));
    canvas.make = [&](QSize, const Theme&) {
      Drawing drawing;
      for (std::size_t node = 0; node < 60; ++node)
        drawing.items.push_back(
            ImageItem{{static_cast<float>(node % 10) * 90, static_cast<float>(node / 10) * 90,
                       80 + zoom, 80 + zoom},
                      {record, &record->nodes[node % record->nodes.size()].image},
                      true});
      return drawing;
    };
    canvas.useGl(true);
    canvas.show();
    const auto* surface = canvas.findChild<GlSurface*>();
    for (int round = 0; round < 60; ++round) {
      zoom = static_cast<float>(round);
      canvas.refresh();
      QVERIFY(waitForFrame(canvas));
      QVERIFY(surface->textureBytes() > 0);
      QVERIFY(surface->textureBytes() <= std::size_t{64} << 20);
    }
    const QImage by_gl = pictureOf(canvas);
    canvas.useGl(false);
    QVERIFY(waitForFrame(canvas));
    QVERIFY(unlikeness(by_gl, pictureOf(canvas)).first <= 3);
  }

  void an_atlas_that_is_full_says_so_and_can_be_emptied() {
    QOffscreenSurface surface;
    QOpenGLContext context;
    context.setFormat(GlSurface::wantedFormat());
    QVERIFY(context.create());
    surface.setFormat(context.format());
    surface.create();
    QVERIFY(context.makeCurrent(&surface));
    SpriteAtlas atlas(std::size_t{2} * 4 * 128 * 128, 128);
    QImage picture(30, 30, QImage::Format_RGB32);
    picture.fill(Qt::red);
    int placed = 0;
    while (atlas.add(picture)) ++placed;
    QCOMPARE(placed, 2 * 16);
    QCOMPARE(atlas.bytes(), std::size_t{2} * 4 * 128 * 128);
    atlas.empty();
    const auto again = atlas.add(picture);
    QVERIFY(again && again->texture == atlas.whitePixel().texture);
    QVERIFY(!atlas.add(QImage(200, 20, QImage::Format_RGB32)));
    atlas.destroy();
    QCOMPARE(atlas.bytes(), std::size_t{0});
  }

  void a_lost_surface_leaves_the_canvas_to_the_raster_painter() {
    Canvas canvas;
    const auto record = shared(picturedTree(mockupSchedule()));
    canvas.make = [&](QSize size, const Theme& its) { return treeAt(record, size, its); };
    const Pair pair = byBoth(canvas);
    QSignalSpy lost(&canvas, &CanvasView::glLost);
    auto* surface = canvas.findChild<GlSurface*>();
    Q_EMIT surface->context()->aboutToBeDestroyed();  // and no other context comes
    QTRY_COMPARE_WITH_TIMEOUT(lost.count(), 1, 15000);
    QVERIFY(!canvas.usesGl());
    QVERIFY(lost[0][0].toString().endsWith("The canvas is now painted in software."));
    QVERIFY(waitForFrame(canvas));
    QCOMPARE(unlikeness(pictureOf(canvas), pair.raster).first, 0);
    QTest::qWait(200);
    QVERIFY(!canvas.findChild<GlSurface*>());
    QCOMPARE(lost.count(), 1);
  }
};

QTEST_MAIN(TestGlCanvas)
#include "tst_gl_canvas.moc"
