#include "comparison/image_grid_canvas.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "action_keys.h"
#include "canvas/image_grid_drawing.h"
#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr float notch = 120;  // Qt's eighths of a degree
constexpr float wheel_pan = 60;

std::array<int, 3> colourAt(const Image& image, GridPixel at) {
  const auto from = static_cast<std::size_t>(3 * (at.y * image.width + at.x));
  return {image.rgb[from], image.rgb[from + 1], image.rgb[from + 2]};
}

}  // namespace

ImageGridCanvas::ImageGridCanvas(QWidget* parent) : CanvasView(parent) {
  setObjectName("imageGridCanvas");
  setFocusPolicy(Qt::StrongFocus);
  setProperty(own_keys_property, "PgUp; PgDown");
  setContextMenuPolicy(Qt::PreventContextMenu);  // the right button sets the reference
  setAccessibleName(tr("Pictures by prompt and run"));
  describe();
}

void ImageGridCanvas::setGrid(ImageGrid grid) {
  grid_ = std::move(grid);
  if (!has(view_.selected)) view_.selected = -1;
  if (!has(view_.reference)) view_.reference = -1;
  if (!has(view_.alone)) view_.alone = -1;
  view_.probed = -1;
  view_.step = std::clamp(view_.step, 0, grid_.steps);
  view_.scroll = std::min(view_.scroll, mostScroll());
  describe();
  redraw();
  Q_EMIT viewChanged();
}

void ImageGridCanvas::change(GridView view) {
  if (view == view_) return;
  view_ = view;
  redraw();
  Q_EMIT viewChanged();
}

void ImageGridCanvas::setStep(int step) {
  step = std::clamp(step, 0, grid_.steps);
  if (step == view_.step) return;
  view_.step = step;
  describe();
  redraw();
  Q_EMIT stepChanged(step);
}

void ImageGridCanvas::select(std::int32_t cell) {
  if (cell != -1 && !has(cell)) return;
  GridView chosen = gridRevealing(grid_, view_, cell);
  const bool other = chosen.selected != cell;
  chosen.selected = cell;
  change(chosen);
  describe();
  if (other && has(cell)) Q_EMIT selected(cell / grid_.columnCount(), cell % grid_.columnCount());
}

void ImageGridCanvas::setReference(std::int32_t cell) {
  if ((cell != -1 && !has(cell)) || cell == view_.reference) return;
  view_.reference = cell;
  describe();
  redraw();
  const int columns = grid_.columnCount();
  Q_EMIT referenceSet(cell < 0 ? -1 : cell / columns, cell < 0 ? -1 : cell % columns);
}

void ImageGridCanvas::toggleReference(std::int32_t cell) {
  if (has(cell)) setReference(cell == view_.reference ? -1 : cell);
}

float ImageGridCanvas::mostScroll() const {
  return std::max(0.f, GridPlaces(grid_, view_).contentHeight() - (view_.height - grid_head));
}

void ImageGridCanvas::scrollTo(float pixels) {
  GridView moved = view_;
  moved.scroll = std::clamp(pixels, 0.f, mostScroll());
  change(moved);
}

Drawing ImageGridCanvas::draw() {
  Drawing drawing = imageGridDrawing(grid_, view_, looks());
  if (grid_.cells.empty())
    drawing.items.emplace_back(TextItem{{view_.width / 2, view_.height / 2},
                                        "No pictures to compare yet.",
                                        looks().text2,
                                        TextRole::table,
                                        TextAlign::centre,
                                        false,
                                        no_color});
  if (focus_by_key_ && hasFocus())
    drawing.items.emplace_back(
        BoxItem{{0, 0, view_.width, view_.height}, no_color, {looks().ring, 2, {}}, 0});
  return drawing;
}

void ImageGridCanvas::roomChanged() {
  view_.width = roomWidth();
  view_.height = roomHeight();
  view_.scroll = std::min(view_.scroll, mostScroll());
  Q_EMIT viewChanged();
}

void ImageGridCanvas::mousePressEvent(QMouseEvent* event) {
  const Point place = placeOf(event->position());
  const std::int32_t cell = GridPlaces(grid_, view_).cellAt(place);
  if (event->button() == Qt::RightButton) return toggleReference(cell);
  if (event->button() != Qt::LeftButton || !has(cell)) return;
  if (!(event->modifiers() & Qt::AltModifier)) select(cell);
  drag_ = event->modifiers() & Qt::AltModifier ? Drag::one : Drag::all;
  dragged_ = cell;
  drag_at_ = place;
}

void ImageGridCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() == Qt::NoButton) drag_ = Drag::none;
  const Point place = placeOf(event->position());
  if (drag_ == Drag::none) return probe(place);
  moveBy({place.x - drag_at_.x, place.y - drag_at_.y});
}

// By whole pixels of the pictures; what is left is added to the next move.
void ImageGridCanvas::moveBy(Point pixels) {
  const StepPicture* picture = shownPicture(grid_, view_, dragged_).picture;
  if (!picture) return;
  const GridPlaces places(grid_, view_);
  const PicturePart part = places.part(dragged_, *picture->image);
  const int x = static_cast<int>(pixels.x / part.scale),
            y = static_cast<int>(pixels.y / part.scale);
  if (x == 0 && y == 0) return;
  drag_at_.x += static_cast<float>(x) * part.scale;
  drag_at_.y += static_cast<float>(y) * part.scale;
  const GridPixel corner{std::clamp(part.from.x - x, 0, picture->image->width - part.size.x),
                         std::clamp(part.from.y - y, 0, picture->image->height - part.size.y)};
  GridView moved = view_;
  if (drag_ == Drag::one) {
    moved.alone = dragged_;
    moved.alone_by = {corner.x - view_.corner.x, corner.y - view_.corner.y};
  } else {
    const GridPixel by = dragged_ == view_.alone ? view_.alone_by : GridPixel{};
    moved.corner = {corner.x - by.x, corner.y - by.y};
  }
  change(moved);
}

void ImageGridCanvas::mouseReleaseEvent(QMouseEvent*) { drag_ = Drag::none; }

void ImageGridCanvas::wheelEvent(QWheelEvent* event) {
  const QPoint by = event->angleDelta();
  event->accept();
  if (event->modifiers() & Qt::ShiftModifier || by.y() == 0)
    return scrollTo(view_.scroll - wheel_pan * static_cast<float>(by.x() + by.y()) / notch);
  turned_ += static_cast<float>(by.y()) / notch;
  const int whole = static_cast<int>(turned_);
  turned_ -= static_cast<float>(whole);
  if (whole != 0) zoomBy(placeOf(event->position()), whole);
}

// With the least zoom the picture that was moved alone goes back to the others.
void ImageGridCanvas::zoomBy(Point anchor, int by) {
  GridView zoomed = gridZoomed(grid_, view_, anchor, by);
  if (zoomed.zoom == 0) {
    zoomed.alone = -1;
    zoomed.alone_by = zoomed.corner = {};
  }
  change(zoomed);
}

Point ImageGridCanvas::middleOfSelected() const {
  return GridPlaces(grid_, view_).cell(std::max(0, view_.selected)).centre();
}

void ImageGridCanvas::chooseBy(int columns, int rows) {
  if (grid_.cells.empty()) return;
  if (!has(view_.selected)) return select(0);
  const int across = grid_.columnCount(), down = grid_.count() / across;
  const int column = std::clamp(view_.selected % across + columns, 0, across - 1);
  const int row = std::clamp(view_.selected / across + rows, 0, down - 1);
  select(row * across + column);
}

void ImageGridCanvas::keyPressEvent(QKeyEvent* event) {
  const float page = view_.height - grid_head;
  switch (event->key()) {
    case Qt::Key_Left:
      return chooseBy(-1, 0);
    case Qt::Key_Right:
      return chooseBy(1, 0);
    case Qt::Key_Up:
      return chooseBy(0, -1);
    case Qt::Key_Down:
      return chooseBy(0, 1);
    case Qt::Key_R:
      return toggleReference(view_.selected);
    case Qt::Key_Shift:
      return showReference(true);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(middleOfSelected(), 1);
    case Qt::Key_Minus:
      return zoomBy(middleOfSelected(), -1);
    case Qt::Key_0:
      return zoomBy(middleOfSelected(), -view_.zoom);
    case Qt::Key_Comma:
      return setStep(view_.step - 1);
    case Qt::Key_Period:
      return setStep(view_.step + 1);
    case Qt::Key_PageUp:
      return scrollTo(view_.scroll - page);
    case Qt::Key_PageDown:
      return scrollTo(view_.scroll + page);
    default:
      return CanvasView::keyPressEvent(event);
  }
}

void ImageGridCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Shift) showReference(false);
  CanvasView::keyReleaseEvent(event);
}

void ImageGridCanvas::showReference(bool on) {
  if (on == view_.show_reference) return;
  view_.show_reference = on;
  redraw();
}

void ImageGridCanvas::focusInEvent(QFocusEvent* event) {
  CanvasView::focusInEvent(event);
  focus_by_key_ =
      event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  redraw();
}

void ImageGridCanvas::focusOutEvent(QFocusEvent* event) {
  CanvasView::focusOutEvent(event);
  showReference(false);
  focus_by_key_ = false;
  redraw();
}

void ImageGridCanvas::leaveEvent(QEvent* event) {
  CanvasView::leaveEvent(event);
  probe({-1, -1});
}

void ImageGridCanvas::probe(Point place) {
  const GridPlaces places(grid_, view_);
  const std::int32_t cell = places.cellAt(place);
  const std::optional<GridPixel> pixel = places.pixelAt(cell, place);
  const std::int32_t probed = pixel ? cell : -1;
  if (probed == view_.probed && (!pixel || *pixel == view_.pixel)) return;
  view_.probed = probed;
  if (pixel) view_.pixel = *pixel;
  redraw();
  QString words = pixelWords(probed, nameOf(probed));
  if (has(probed) && has(view_.reference) && probed != view_.reference)
    words += "   " + pixelWords(view_.reference, tr("reference"));
  Q_EMIT pixelPointed(words.trimmed());
}

// "B at 12, 7: R 40 G 41 B 200"; nothing where a smaller picture has no such pixel.
QString ImageGridCanvas::pixelWords(std::int32_t cell, const QString& name) const {
  if (!has(cell)) return {};
  const StepPicture* picture =
      nearestStep(grid_.cells[static_cast<std::size_t>(cell)].pictures, view_.step);
  if (!picture || view_.pixel.x >= picture->image->width || view_.pixel.y >= picture->image->height)
    return {};
  const auto [red, green, blue] = colourAt(*picture->image, view_.pixel);
  return tr("%1 at %2, %3: R %4 G %5 B %6")
      .arg(name)
      .arg(view_.pixel.x)
      .arg(view_.pixel.y)
      .arg(red)
      .arg(green)
      .arg(blue);
}

QString ImageGridCanvas::nameOf(std::int32_t cell) const {
  if (!has(cell)) return {};
  return QString::fromStdString(
      grid_.columns[static_cast<std::size_t>(cell % grid_.columnCount())].letter);
}

QString ImageGridCanvas::spoken(std::int32_t cell) const {
  if (!has(cell)) return tr("no picture selected");
  const auto column = static_cast<std::size_t>(cell % grid_.columnCount());
  const auto row = static_cast<std::size_t>(cell / grid_.columnCount());
  const GridCell& here = grid_.cells[static_cast<std::size_t>(cell)];
  const StepPicture* picture = nearestStep(here.pictures, view_.step);
  QString words = QString::fromStdString(grid_.columns[column].letter + ", " + grid_.rows[row]);
  if (!picture)
    words += ": " + QString::fromStdString(here.missing);
  else if (picture->step == view_.step)
    words += tr(", step %1").arg(picture->step);
  else
    words += tr(", step %1, the nearest stored to %2").arg(picture->step).arg(view_.step);
  if (std::isfinite(here.reward))
    words += tr(", reward %1").arg(QString::fromStdString(fixedText(here.reward, 3)));
  return cell == view_.reference ? words + tr(", the reference") : words;
}

void ImageGridCanvas::describe() { setAccessibleDescription(spoken(view_.selected)); }

bool ImageGridCanvas::event(QEvent* event) {
  // Of the keys that are commands of the window only those that scroll are kept.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::NoModifier &&
        (key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown)) {
      event->accept();
      return true;
    }
  }
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const std::int32_t cell = GridPlaces(grid_, view_).cellAt(placeOf(QPointF(help->pos())));
  has(cell) ? QToolTip::showText(help->globalPos(), spoken(cell), this) : QToolTip::hideText();
  return true;
}

}  // namespace treegrpo
