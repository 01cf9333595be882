#include "comparison/image_pair_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "action_keys.h"

namespace treegrpo {
namespace {

constexpr int flicker_milliseconds = 500;
constexpr float key_step = .05f, wheel_zoom = 1.2f, key_zoom = 1.5f, most_zoom = 64;

// "12, 40 40 200" of the pixel of a picture at a place; empty: none is there.
QString pixelText(const ImagePairSide& side, const Box& box, Point place) {
  if (!side.image || side.image->empty() || !box.contains(place)) return {};
  const auto x =
      static_cast<int>((place.x - box.left) / box.width * static_cast<float>(side.image->width));
  const auto y =
      static_cast<int>((place.y - box.top) / box.height * static_cast<float>(side.image->height));
  const auto at = static_cast<std::size_t>(3 * (y * side.image->width + x));
  const auto& rgb = side.image->rgb;
  return QString("%1 at %2, %3: %4 %5 %6")
      .arg(QString::fromStdString(side.letter))
      .arg(x)
      .arg(y)
      .arg(rgb[at])
      .arg(rgb[at + 1])
      .arg(rgb[at + 2]);
}

}  // namespace

ImagePairCanvas::ImagePairCanvas(QWidget* parent) : CanvasView(parent) {
  setObjectName("imagePairCanvas");
  setAccessibleName("Pictures of the selected pair");
  setFocusPolicy(Qt::StrongFocus);
  setProperty(own_keys_property, "Space");
  setToolTip(
      "Wheel: zoom. Drag: move, with Alt only B. Double click or 0: all of it. Space: the other "
      "picture of a flicker. ← →: the divider of a wipe.");
  flicker_.setInterval(flicker_milliseconds);
  connect(&flicker_, &QTimer::timeout, this, [this] {
    look_.second = !look_.second;
    redraw();
  });
}

void ImagePairCanvas::setPair(ImagePairSide first, ImagePairSide second) {
  first_ = std::move(first);
  second_ = std::move(second);
  renewDifference();
  redraw();
}

void ImagePairCanvas::setMode(ImageMode mode) {
  look_.mode = mode;
  look_.second = false;
  renewDifference();
  runFlicker();
  redraw();
}

void ImagePairCanvas::setMetric(ErrorMetric metric) {
  look_.metric = metric;
  renewDifference();
  redraw();
}

void ImagePairCanvas::setReducedMotion(bool reduced) {
  reduced_ = reduced;
  runFlicker();
}

void ImagePairCanvas::runFlicker() {
  look_.mode == ImageMode::flicker && !reduced_ ? flicker_.start() : flicker_.stop();
}

void ImagePairCanvas::renewDifference() {
  difference_ = {};
  if (look_.mode == ImageMode::difference && first_.image && second_.image)
    difference_ = falseColours(*second_.image, *first_.image, look_.metric, looks());
}

ImagePlaces ImagePairCanvas::places() const {
  return imagePlaces(first_, second_, look_, roomWidth(), roomHeight());
}

Drawing ImagePairCanvas::draw() {
  return imagePairDrawing(first_, second_, difference_, look_, roomWidth(), roomHeight(), looks());
}

void ImagePairCanvas::fitAll() {
  look_.zoom = 1;
  look_.pan = look_.second_pan = {};
  redraw();
}

// What lies under the place stays there: in both pictures, as they stand to their own middles.
void ImagePairCanvas::zoomAt(Point place, float factor) {
  const float before = look_.zoom;
  look_.zoom = std::clamp(before * factor, 1 / most_zoom, most_zoom);
  const float by = look_.zoom / before;
  const ImagePlaces now = places();
  const Box& under = now.second.contains(place) ? now.second : now.first;
  const Point& pan = &under == &now.second ? look_.second_pan : look_.pan;
  const Point middle{under.centre().x - pan.x, under.centre().y - pan.y};
  const Point off{place.x - middle.x, place.y - middle.y};
  for (Point* each : {&look_.pan, &look_.second_pan})
    *each = {off.x - by * (off.x - each->x), off.y - by * (off.y - each->y)};
  redraw();
}

void ImagePairCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  dragged_ = placeOf(event->position());
  refresh();
  const bool alone = event->modifiers() & Qt::AltModifier;
  drag_ = drawing().hitAt(dragged_) ? Drag::divider : alone ? Drag::second : Drag::pan;
}

void ImagePairCanvas::mouseMoveEvent(QMouseEvent* event) {
  const Point now = placeOf(event->position());
  say(now);
  if (event->buttons() == Qt::NoButton) drag_ = Drag::none;
  if (drag_ == Drag::none) return;
  const Point by{now.x - dragged_.x, now.y - dragged_.y};
  dragged_ = now;
  if (drag_ == Drag::divider) {
    const Box box = places().first;
    look_.wipe = std::clamp((now.x - box.left) / box.width, 0.f, 1.f);
  } else {
    if (drag_ == Drag::pan) look_.pan = {look_.pan.x + by.x, look_.pan.y + by.y};
    look_.second_pan = {look_.second_pan.x + by.x, look_.second_pan.y + by.y};
  }
  redraw();
}

void ImagePairCanvas::mouseReleaseEvent(QMouseEvent*) { drag_ = Drag::none; }

void ImagePairCanvas::mouseDoubleClickEvent(QMouseEvent*) { fitAll(); }

void ImagePairCanvas::wheelEvent(QWheelEvent* event) {
  constexpr float notch = 120;
  zoomAt(placeOf(event->position()),
         std::pow(wheel_zoom, static_cast<float>(event->angleDelta().y()) / notch));
  event->accept();
}

void ImagePairCanvas::keyPressEvent(QKeyEvent* event) {
  const Point middle = places().first.centre();
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
      look_.wipe =
          std::clamp(look_.wipe + (event->key() == Qt::Key_Left ? -key_step : key_step), 0.f, 1.f);
      return redraw();
    case Qt::Key_Space:
    case Qt::Key_Shift:
      look_.second = !look_.second;
      return redraw();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomAt(middle, key_zoom);
    case Qt::Key_Minus:
      return zoomAt(middle, 1 / key_zoom);
    case Qt::Key_0:
      return fitAll();
    default:
      return CanvasView::keyPressEvent(event);
  }
}

void ImagePairCanvas::leaveEvent(QEvent* event) {
  CanvasView::leaveEvent(event);
  Q_EMIT pixelPointed({});
}

void ImagePairCanvas::say(Point place) {
  const ImagePlaces now = places();
  QStringList words{pixelText(first_, now.first, place), pixelText(second_, now.second, place)};
  words.removeAll(QString());
  Q_EMIT pixelPointed(words.join("   "));
}

}  // namespace treegrpo
