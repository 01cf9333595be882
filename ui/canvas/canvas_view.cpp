#include "canvas/canvas_view.h"

#include <QGuiApplication>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "canvas/gl_probe.h"
#include "canvas/gl_surface.h"
#include "canvas/mirrored.h"
#include "canvas/raster_painter.h"

namespace treegrpo {
namespace {

constexpr int frame_milliseconds = 33;
constexpr int unfocused_milliseconds = 200;
constexpr int input_milliseconds = 500;  // after which nobody waits for a frame

FontSet atScaleOne(FontSet fonts) {
  fonts.scale = 1;
  return fonts;
}

}  // namespace

CanvasView::CanvasView(QWidget* parent)
    : QWidget(parent),
      theme_(&theme(ThemeKind::dark)),
      fonts_(loadFonts(1)),
      scale_(static_cast<float>(uiScale(1))) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, [this] { requestFrame(); });
}

// While the members that it paints are still there.
CanvasView::~CanvasView() { delete surface_; }

void CanvasView::setLooks(const Theme& theme, const FontSet& fonts) {
  theme_ = &theme;
  fonts_ = atScaleOne(fonts);
  images_.clear();
  const float before = std::exchange(scale_, static_cast<float>(fonts.scale));
  if (scale_ != before) {
    updateGeometry();
    roomChanged();
  }
  redraw();
}

Point CanvasView::placeOf(QPointF widget) const {
  const float x = static_cast<float>(widget.x()) / scale_;
  return {mirrored_ ? roomWidth() - x : x, static_cast<float>(widget.y()) / scale_};
}

QPointF CanvasView::widgetPlace(Point place) const {
  const float x = mirrored_ ? roomWidth() - place.x : place.x;
  return QPointF(x, place.y) * static_cast<double>(scale_);
}

// Until the next frame: at once for a user's hand, else as far as frame rate and budget allow.
int CanvasView::dueMilliseconds() const {
  const bool used = (since_input_.isValid() && since_input_.elapsed() < input_milliseconds) ||
                    budget_->hurried(monotonic_seconds());
  const int least = used || isActiveWindow() ? frame_milliseconds : unfocused_milliseconds;
  const auto passed = since_painted_.isValid() ? since_painted_.elapsed() : 1'000'000;
  const int pause = static_cast<int>(std::max<qint64>(0, least - passed));
  if (used) return pause;
  const double wait = budget_->wait(thread_seconds(), monotonic_seconds());
  return std::max(pause, static_cast<int>(1000 * wait));
}

void CanvasView::redraw() {
  stale_ = true;
  if (!isVisible()) return;
  const int due = dueMilliseconds();
  if (!timer_.isActive() || timer_.remainingTime() > due) timer_.start(due);
}

bool CanvasView::event(QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
    case QEvent::NativeGesture:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
      since_input_.start();
      break;
    default:
      break;
  }
  return QWidget::event(event);
}

void CanvasView::setMirrored(bool on) {
  mirrored_ = on;
  redraw();
}

void CanvasView::renew() {
  drawing_ = draw();
  turned_ = mirrored_ ? mirrored(drawing_, roomWidth()) : Drawing();
  stale_ = false;
}

void CanvasView::refresh() {
  renew();
  requestFrame();
}

void CanvasView::requestFrame() {
  if (surface_) {
    surface_->update();
  } else {
    update();
  }
}

void CanvasView::useGl(bool on) {
  if (on == usesGl()) return;
  if (!on) {
    surface_->hide();
    surface_->deleteLater();  // it may be what called
    surface_ = nullptr;
    update();
    return;
  }
  if (!platformHasGl(QGuiApplication::platformName())) {
    fallBack(tr("This display has no OpenGL."));
    return;
  }
  surface_ = new GlSurface(this, [this] {
    paintFrame([this] { surface_->show(shown(), fonts_, scale_, theme_->canvas); });
  });
  connect(surface_, &GlSurface::lost, this, &CanvasView::fallBack);
  surface_->setGeometry(rect());
  surface_->lower();  // under whatever lies on the canvas
  surface_->show();
}

void CanvasView::fallBack(const QString& reason) {
  useGl(false);
  Q_EMIT glLost(tr("%1 The canvas is now painted in software.").arg(reason));
}

void CanvasView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  stale_ = true;
  if (surface_) surface_->setGeometry(rect());
  roomChanged();
}

void CanvasView::paintFrame(const std::function<void()>& show) {
  QElapsedTimer clock;
  clock.start();
  if (stale_) renew();
  show();
  const double seconds = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
  budget_->settle(thread_seconds(), monotonic_seconds());
  paint_seconds_ += seconds;
  ++frames_;
  since_painted_.start();
  Q_EMIT painted();
}

void CanvasView::paintEvent(QPaintEvent*) {
  if (surface_) return;
  paintFrame([this] {
    QPainter painter(this);
    painter.scale(static_cast<double>(scale_), static_cast<double>(scale_));
    paint(painter, shown(), {.fonts = fonts_, .background = theme_->canvas, .images = &images_});
  });
}

}  // namespace treegrpo
