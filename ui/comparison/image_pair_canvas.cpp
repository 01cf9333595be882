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
  setContextMenuPolicy(Qt::PreventContextMenu);  // the right button sets the reference
  setToolTip(
      "Click: select. Right click or R: the reference. Shift held: the reference in place of the "
      "selected picture.\n"
      "Wheel: zoom. Drag: move, with Alt only one. Double click or 0: all of it.\n"
      "← →: select A or B; the divider of a wipe. Space: the other picture of a flicker. Comma, "
      "full stop: another step. E: the next "
      "error "
      "metric.");
  flicker_.setInterval(flicker_milliseconds);
  connect(&flicker_, &QTimer::timeout, this, &ImagePairCanvas::turn);
  describe();
}

void ImagePairCanvas::setPair(ImagePairSides sides) {
  sides_ = std::move(sides);
  renewDifference();
  describe();
  redraw();
}

void ImagePairCanvas::select(int side) {
  look_.selected = side;
  describe();
  redraw();
}

void ImagePairCanvas::setReference(int side) {
  if (side == look_.reference) return;
  look_.reference = side;
  renewDifference();
  describe();
  redraw();
  Q_EMIT referenceSet(side);
}

void ImagePairCanvas::describe() {
  const auto& selected = sides_[static_cast<std::size_t>(look_.selected)];
  const auto& reference = sides_[static_cast<std::size_t>(look_.reference)];
  QString words =
      QString("%1 selected, %2 is the reference")
          .arg(QString::fromStdString(selected.letter), QString::fromStdString(reference.letter));
  if (!selected.image || selected.image->empty())
    words += ": " + QString::fromStdString(selected.missing);
  else if (selected.stale)
    words += QString(", step %1, the nearest stored").arg(selected.step);
  else
    words += QString(", step %1").arg(selected.step);
  setAccessibleDescription(words);
}

void ImagePairCanvas::setMode(ImageMode mode) {
  look_.mode = mode;
  look_.turn = 0;
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

// Of the other picture, measured from the reference.
void ImagePairCanvas::renewDifference() {
  difference_ = {};
  const auto& reference = sides_[static_cast<std::size_t>(look_.reference)].image;
  const auto& other = sides_[static_cast<std::size_t>(1 - look_.reference)].image;
  if (look_.mode == ImageMode::difference && reference && other)
    difference_ = falseColours(*other, *reference, look_.metric, looks());
}

std::array<Box, 2> ImagePairCanvas::places() const {
  return imagePlaces(shownSides(sides_, look_), look_, roomWidth(), roomHeight());
}

// The side whose picture lies at a place; -1: none. A difference is the other one's.
int ImagePairCanvas::sideAt(Point place) const {
  const std::array<Box, 2> now = places();
  if (!now[0].contains(place) && !now[1].contains(place)) return -1;
  switch (look_.mode) {
    case ImageMode::side_by_side:
      return now[1].contains(place) ? 1 : 0;
    case ImageMode::wipe:
      return place.x < now[0].left + look_.wipe * now[0].width ? 0 : 1;
    case ImageMode::flicker:
      return look_.turn;
    case ImageMode::difference:
      return 1 - look_.reference;
  }
  return -1;
}

Drawing ImagePairCanvas::draw() {
  return imagePairDrawing(sides_, difference_, look_, roomWidth(), roomHeight(), looks());
}

void ImagePairCanvas::fitAll() {
  look_.zoom = 1;
  look_.pan = {};
  redraw();
}

// What lies under the place stays there: in both pictures, as they stand to their own middles.
void ImagePairCanvas::zoomAt(Point place, float factor) {
  const float before = look_.zoom;
  look_.zoom = std::clamp(before * factor, 1 / most_zoom, most_zoom);
  const float by = look_.zoom / before;
  const std::array<Box, 2> now = places();
  const std::size_t under = now[1].contains(place) ? 1 : 0;
  const Point pan = look_.pan[under];
  const Point middle{now[under].centre().x - pan.x, now[under].centre().y - pan.y};
  const Point off{place.x - middle.x, place.y - middle.y};
  for (Point& each : look_.pan)
    each = {off.x - by * (off.x - each.x), off.y - by * (off.y - each.y)};
  redraw();
}

void ImagePairCanvas::mousePressEvent(QMouseEvent* event) {
  dragged_ = placeOf(event->position());
  refresh();
  const int side = sideAt(dragged_);
  if (event->button() == Qt::RightButton && side >= 0) return setReference(side);
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  const bool alone = event->modifiers() & Qt::AltModifier;
  if (drawing().hitAt(dragged_)) {
    drag_ = Drag::divider;
  } else if (alone) {
    drag_ = side == 0 ? Drag::first : Drag::second;
  } else {
    drag_ = Drag::both;
    if (side >= 0) select(side);
  }
}

void ImagePairCanvas::mouseMoveEvent(QMouseEvent* event) {
  const Point now = placeOf(event->position());
  say(now);
  if (event->buttons() == Qt::NoButton) drag_ = Drag::none;
  if (drag_ == Drag::none) return;
  const Point by{now.x - dragged_.x, now.y - dragged_.y};
  dragged_ = now;
  if (drag_ == Drag::divider) {
    const Box box = places()[0];
    look_.wipe = std::clamp((now.x - box.left) / box.width, 0.f, 1.f);
  }
  for (const std::size_t side : {0, 1})
    if (drag_ == Drag::both || drag_ == (side == 0 ? Drag::first : Drag::second))
      look_.pan[side] = {look_.pan[side].x + by.x, look_.pan[side].y + by.y};
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

// ← and →: what they do depends on how the pictures are compared.
void ImagePairCanvas::goTo(int side) {
  if (look_.mode == ImageMode::wipe)
    look_.wipe = std::clamp(look_.wipe + (side == 0 ? -key_step : key_step), 0.f, 1.f);
  else if (look_.mode == ImageMode::flicker)
    look_.turn = side;
  else
    return select(side);
  redraw();
}

void ImagePairCanvas::turn() {
  look_.turn = 1 - look_.turn;
  redraw();
}

void ImagePairCanvas::showReference(bool on) {
  if (on == look_.show_reference) return;
  look_.show_reference = on;
  redraw();
}

void ImagePairCanvas::keyPressEvent(QKeyEvent* event) {
  const Point middle = places()[0].centre();
  switch (event->key()) {
    case Qt::Key_Left:
      return goTo(0);
    case Qt::Key_Right:
      return goTo(1);
    case Qt::Key_Space:
      return turn();
    case Qt::Key_R:
      return setReference(look_.selected);
    case Qt::Key_Shift:
      return showReference(true);
    case Qt::Key_Comma:
      Q_EMIT stepAsked(-1);
      return;
    case Qt::Key_Period:
      Q_EMIT stepAsked(1);
      return;
    case Qt::Key_E:
      Q_EMIT metricAsked(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
      return;
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

void ImagePairCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Shift) showReference(false);
  CanvasView::keyReleaseEvent(event);
}

void ImagePairCanvas::focusOutEvent(QFocusEvent* event) {
  CanvasView::focusOutEvent(event);
  showReference(false);
}

void ImagePairCanvas::leaveEvent(QEvent* event) {
  CanvasView::leaveEvent(event);
  Q_EMIT pixelPointed({});
}

void ImagePairCanvas::say(Point place) {
  const std::array<Box, 2> now = places();
  const ImagePairSides shown = shownSides(sides_, look_);
  QStringList words{pixelText(shown[0], now[0], place), pixelText(shown[1], now[1], place)};
  words.removeAll(QString());
  Q_EMIT pixelPointed(words.join("   "));
}

}  // namespace treegrpo
