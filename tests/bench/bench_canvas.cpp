// What a frame of the tree canvas costs, as JSON: making the drawing, a hit test, painting it with
// QPainter and on GL. For GL it needs a display (xvfb-run -a with QT_QPA_PLATFORM=xcb).
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "canvas/gl_probe.h"
#include "canvas/gl_surface.h"
#include "canvas/raster_painter.h"
#include "canvas/tree_drawing.h"
#include "comparison/paired_view.h"
#include "ui/canvas_trees.h"

namespace {

using namespace treegrpo;

constexpr int width = 1280, height = 800, rounds = 15;

double millisecondsOf(const std::function<void()>& work) {
  QElapsedTimer clock;
  clock.start();
  work();
  return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double medianOf(const std::function<void()>& work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(millisecondsOf(work));
  return median(times);
}

TreeView fitted(const TreeRecord& record) {
  TreeView view;
  view.width = width;
  view.height = height;
  view = fittedTo(view, treeLayout(record, layoutOptions(view)).extent);
  view.lod = followed({}, view.zoom);
  return view;
}

double hitMilliseconds(const Drawing& drawing) {
  constexpr int points = 1000;
  std::size_t found = 0;
  const double all = millisecondsOf([&] {
    for (int i = 0; i < points; ++i)
      if (drawing.hitAt({static_cast<float>(i * 37 % width), static_cast<float>(i * 53 % height)}))
        ++found;
  });
  return found > points ? 0 : all / points;  // uses what was found
}

double rasterMilliseconds(const Drawing& drawing) {
  ImageCache images;
  const PaintOptions options{
      .fonts = loadFonts(1), .background = theme(ThemeKind::dark).canvas, .images = &images};
  QImage image(width, height, QImage::Format_RGB32);
  return medianOf([&] {
    QPainter painter(&image);
    paint(painter, drawing, options);
  });
}

// Of the frames after the first, which fills the textures; without composition by the window.
double glMilliseconds(const Drawing& drawing) {
  std::vector<double> times;
  const FontSet fonts = loadFonts(1);
  GlSurface* surface = nullptr;
  GlSurface made(nullptr, [&] {
    times.push_back(millisecondsOf([&] {
      surface->show(drawing, fonts, 1, theme(ThemeKind::dark).canvas);
      QOpenGLContext::currentContext()->functions()->glFinish();
    }));
  });
  surface = &made;
  made.resize(width, height);
  QEventLoop loop;
  QObject::connect(&made, &QOpenGLWidget::frameSwapped, &loop, [&] {
    if (times.size() > rounds) return loop.quit();
    made.update();
  });
  QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
  static_cast<QWidget&>(made).show();
  loop.exec();
  if (!times.empty()) times.erase(times.begin());
  return median(times);
}

QJsonObject measured(const TreeSchedule& schedule, bool gl) {
  const auto record = test::shared(test::creditedTree(schedule));
  const TreeView view = fitted(*record);
  const Theme& looks = theme(ThemeKind::dark);
  const Drawing drawing = treeDrawing(record, view, looks);
  QJsonObject row{{"nodes", static_cast<qint64>(record->nodes.size())},
                  {"items", static_cast<qint64>(drawing.items.size())},
                  {"drawing_ms", medianOf([&] { treeDrawing(record, view, looks); })},
                  {"hit_test_ms", hitMilliseconds(drawing)},
                  {"raster_ms", rasterMilliseconds(drawing)}};
  if (gl) row["gl_ms"] = glMilliseconds(drawing);
  return row;
}

// The compare view with two trees of 151 nodes, panned between frames as a hand does: each frame
// moves both trees and the column of differences and paints all of it with QPainter.
QJsonObject pannedPair() {
  const TreeSchedule schedule = test::mockupSchedule();
  PairedView pair;
  const auto side = [&](const char* letter, unsigned seed) {
    return pairedSide(letter, letter, test::shared(test::creditedTree(schedule, seed)), {});
  };
  pair.setLooks(theme(ThemeKind::dark), loadFonts(1));
  pair.setReducedMotion(true);
  pair.resize(width, height);
  pair.setSides(side("A", 1), side("B", 2), {});
  pair.show();
  TreeCanvas& canvas = *pair.canvases()[0];
  QImage screen(pair.size(), QImage::Format_RGB32);
  std::vector<double> times;
  for (int frame = 0; frame < 4 * rounds; ++frame) {
    const QPointF from(300, 300), to = from + QPointF(frame % 20 < 10 ? 3 : -3, 1);
    const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton button) {
      QMouseEvent event(type, at, canvas.mapToGlobal(at), button, Qt::MiddleButton, {});
      QCoreApplication::sendEvent(&canvas, &event);
    };
    send(QEvent::MouseButtonPress, from, Qt::MiddleButton);
    const float before = canvas.view().pan.y;
    times.push_back(millisecondsOf([&] {
      send(QEvent::MouseMove, to, Qt::NoButton);
      pair.render(&screen);
    }));
    send(QEvent::MouseButtonRelease, to, Qt::MiddleButton);
    if (canvas.view().pan.y == before) qFatal("the trees were not panned");
  }
  return {{"nodes", static_cast<qint64>(pair.pairs().matched.size())},
          {"frame_ms", median(times)},
          {"slowest_frame_ms", *std::max_element(times.begin() + 1, times.end())}};
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  const GlProbe probe = probeGl(SoftwareGl::allowed);
  QJsonArray rows;
  for (const auto& schedule : {test::windowSchedule(3, 4, 2, 3), test::windowSchedule(2, 5, 3, 3),
                               test::windowSchedule(2, 6, 4, 3), test::windowSchedule(2, 8, 2, 3)})
    rows.append(measured(schedule, probe.usable));
  const QJsonObject report{{"benchmark", "canvas"},
                           {"size", QString("%1x%2").arg(width).arg(height)},
                           {"gl_renderer", QString::fromStdString(probe.renderer)},
                           {"gl_missing", QString::fromStdString(probe.why_not)},
                           {"trees", rows},
                           {"panned_pair", pannedPair()}};
  std::puts(QJsonDocument(report).toJson().constData());
}
