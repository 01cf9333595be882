// The mouse on the tree canvas, and the keys that are no actions: digits, ?, Escape.
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/tree_frame.h"
#include "canvas/tree_parts.h"
#include "canvas/tree_walk.h"
#include "views/tree_canvas.h"
#include "views/tree_hover_card.h"
#include "views/tree_keys_overlay.h"
#include "views/tree_words.h"

namespace treegrpo {
namespace {

constexpr float least_band = 4;     // pixels; less is a click with an unsteady hand
constexpr float wheel_zoom = 1.2f;  // a notch
constexpr float wheel_pan = 60;
constexpr float notch = 120;  // Qt's eighths of a degree
constexpr int overlay_count = 7;

}  // namespace

// Nodes go on under the legend; there it alone answers.
const HitBox* TreeCanvas::under(Point point) const {
  const HitBox* hit = drawing().hitAt(point);
  const bool in_legend = point.y >= view_.height - legend_height;
  return hit && in_legend && hit->kind != HitKind::legend ? nullptr : hit;
}

std::int32_t TreeCanvas::nodeUnder(Point point) const {
  const HitBox* hit = under(point);
  if (!hit || hit->kind == HitKind::step || hit->kind == HitKind::legend) return -1;
  return has(hit->target) ? hit->target : -1;
}

void TreeCanvas::mousePressEvent(QMouseEvent* event) {
  hover_timer_.stop();
  card_->hide();
  drag_from_ = drag_at_ = placeOf(event->position());
  const bool left = event->button() == Qt::LeftButton;
  if (!tree_ || drag_ != Drag::none) return;
  if (event->button() == Qt::MiddleButton || (left && event->modifiers() & Qt::AltModifier)) {
    drag_ = Drag::pan;
    hover(-1);
    setCursor(Qt::ClosedHandCursor);
    return;
  }
  if (!left) return;
  refresh();  // what is pressed is what stands there now
  if (const HitBox* hit = under(drag_from_))
    press(HitBox(*hit), event->modifiers() & Qt::ControlModifier);
  else if (drag_from_.y >= axis_height && drag_from_.y < view_.height - legend_height)
    drag_ = Drag::band;
}

void TreeCanvas::press(const HitBox& hit, bool also) {
  switch (hit.kind) {
    case HitKind::legend:
      return pressLegend(hit.target);
    case HitKind::step:
      return chooseStep(hit.target);
    case HitKind::expander:
      return changeAround(toggledCollapse(view_, *tree_, hit.target), hit.target);
    case HitKind::node:
    case HitKind::edge:
    case HitKind::badge:
      break;
  }
  if (!has(hit.target)) return;
  if (also) return toggleAlso(hit.target);
  Q_EMIT nodeChosen(hit.target);
}

void TreeCanvas::pressLegend(std::int32_t entry) {
  if (entry == static_cast<std::int32_t>(LegendEntry::best)) return choose(figures_->best_leaf);
  showOverlay(static_cast<Overlay>((static_cast<int>(view_.overlay) + 1) % overlay_count));
}

void TreeCanvas::chooseStep(std::int32_t step) {
  placeNodes();
  std::set<std::int32_t> chosen;
  for (std::int32_t node = 0; node < nodeCount(); ++node)
    if (tree_->nodes[static_cast<std::size_t>(node)].step == step && layout_[node].shown)
      chosen.insert(node);
  Q_EMIT nodesChosen(chosen);
}

// The first one joins the node that is selected already, so that the set is all that is marked.
void TreeCanvas::toggleAlso(std::int32_t node) {
  std::set<std::int32_t> chosen = view_.also_selected;
  if (chosen.empty() && has(view_.selected)) chosen.insert(view_.selected);
  if (chosen.erase(node) == 0) chosen.insert(node);
  Q_EMIT nodesChosen(chosen);
}

Box TreeCanvas::band() const {
  return {std::min(drag_from_.x, drag_at_.x), std::min(drag_from_.y, drag_at_.y),
          std::abs(drag_from_.x - drag_at_.x), std::abs(drag_from_.y - drag_at_.y)};
}

void TreeCanvas::addBand(Drawing& drawing) const {
  if (drag_ == Drag::band)
    drawing.items.emplace_back(
        BoxItem{band(), faded(looks().ring, .12f), {looks().ring, 1, {}}, 0});
}

// A click on empty ground ends a selection of several.
void TreeCanvas::chooseBand(bool also) {
  const Box box = band();
  const bool clicked = box.width < least_band && box.height < least_band;
  if (clicked && (also || view_.also_selected.empty())) return;
  placeNodes();
  std::set<std::int32_t> chosen;
  if (also) chosen = view_.also_selected;
  for (std::int32_t node = 0; node < nodeCount() && !clicked; ++node)
    if (layout_[node].shown && box.contains(screenOf(view_, layout_[node].at))) chosen.insert(node);
  Q_EMIT nodesChosen(chosen);
}

void TreeCanvas::mouseMoveEvent(QMouseEvent* event) {
  pointer_ = placeOf(event->position());
  if (event->buttons() == Qt::NoButton) endDrag();  // let go where nobody told: in a menu, say
  if (drag_ == Drag::none) return hover(nodeUnder(pointer_));
  const Point before = drag_at_;
  drag_at_ = pointer_;
  if (drag_ == Drag::band) return redraw();
  TreeView moved = view_;
  moved.pan.x += drag_at_.x - before.x;
  moved.pan.y += drag_at_.y - before.y;
  moveTo(std::move(moved));
}

void TreeCanvas::mouseReleaseEvent(QMouseEvent* event) {
  const bool left = event->button() == Qt::LeftButton;
  if (drag_ == Drag::pan && (left || event->button() == Qt::MiddleButton)) endDrag();
  if (drag_ != Drag::band || !left) return;
  drag_at_ = placeOf(event->position());
  endDrag();
  chooseBand(event->modifiers() & Qt::ControlModifier);
}

void TreeCanvas::endDrag() {
  if (drag_ == Drag::none) return;
  if (drag_ == Drag::pan) unsetCursor();
  drag_ = Drag::none;
  redraw();
}

void TreeCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  const Point point = placeOf(event->position());
  const HitBox* hit = tree_ ? under(point) : nullptr;
  const bool part = hit && (hit->kind == HitKind::legend || hit->kind == HitKind::step ||
                            hit->kind == HitKind::expander);
  if (!tree_ || event->button() != Qt::LeftButton || event->modifiers() != Qt::NoModifier || part)
    return mousePressEvent(event);  // as two clicks
  hover(-1);
  const std::int32_t node = nodeUnder(point);
  glide([&] { fitSubtree(node); });
}

void TreeCanvas::wheelEvent(QWheelEvent* event) {
  if (!tree_) return event->ignore();
  hover(-1);
  const QPoint turned = event->angleDelta();
  const float x = static_cast<float>(turned.x()) / notch,
              y = static_cast<float>(turned.y()) / notch;
  if (event->modifiers() & Qt::ShiftModifier || (turned.y() == 0 && turned.x() != 0)) {
    TreeView moved = view_;
    moved.pan.x += wheel_pan * (x + y);
    moveTo(std::move(moved));
  } else if (turned.y() != 0) {
    moveTo(zoomedAt(view_, placeOf(event->position()), std::pow(wheel_zoom, y)));
  }
  event->accept();
}

void TreeCanvas::leaveEvent(QEvent* event) {
  CanvasView::leaveEvent(event);
  hover(-1);
}

void TreeCanvas::hover(std::int32_t node) {
  if (node == view_.hovered) return;
  card_->hide();
  view_.hovered = node;
  view_.dim_others = false;
  node < 0 ? hover_timer_.stop() : hover_timer_.start();
  redraw();
}

void TreeCanvas::showCard() {
  if (has(view_.hovered))
    card_->showRows(cardRows(*tree_, *figures_, view_.hovered), widgetPlace(pointer_).toPoint());
}

void TreeCanvas::contextMenuEvent(QContextMenuEvent* event) {
  if (!tree_) return event->ignore();
  hover(-1);
  if (event->reason() == QContextMenuEvent::Mouse) {
    refresh();
    const std::int32_t node = nodeUnder(placeOf(QPointF(event->pos())));
    Q_EMIT contextMenuAsked(node, event->globalPos());
    return;
  }
  placeNodes();
  const bool on_node = has(view_.selected) && layout_[view_.selected].shown;
  const Point at = on_node ? screenOf(view_, layout_[view_.selected].at)
                           : Point{view_.width / 2, view_.height / 2};
  Q_EMIT contextMenuAsked(on_node ? view_.selected : -1, mapToGlobal(widgetPlace(at).toPoint()));
}

QString TreeCanvas::tipAt(Point point) const {
  if (!tree_) return {};
  if (const HitBox* hit = under(point)) return hitTip(*tree_, *hit, view_.overlay);
  if (stale_layout_ || point.y >= view_.height - legend_height) return {};
  const TreeFrame frame = treeFrame(tree_, layout_, *figures_, view_, looks());
  const float x = point.x - columnsLeft(frame);
  if (!figures_->rewarded || x < 0 || x > columnsWidth(frame)) return {};
  return x < plot_left ? advantageColumnTip() : rewardColumnTip();
}

bool TreeCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(placeOf(QPointF(help->pos())));
    tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip, this);
    return true;
  }
  if (event->type() == QEvent::NativeGesture && tree_) {
    const auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      moveTo(
          zoomedAt(view_, placeOf(gesture->position()), 1 + static_cast<float>(gesture->value())));
      return true;
    }
  }
  return CanvasView::event(event);
}

void TreeCanvas::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (event->text() == QLatin1String("?")) return event->isAutoRepeat() ? void() : showKeys();
  if (key == Qt::Key_Escape && (keys_ || card_->isVisible() || drag_ == Drag::band)) {
    hideKeys();
    hover(-1);
    return endDrag();
  }
  const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
  if (tree_ && plain && key >= Qt::Key_1 && key <= Qt::Key_9)
    return choose(nthChildOf(*tree_, view_, view_.selected, key - Qt::Key_0));
  CanvasView::keyPressEvent(event);
}

void TreeCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (!event->isAutoRepeat()) hideKeys();
  CanvasView::keyReleaseEvent(event);
}

void TreeCanvas::showKeys() {
  if (!keys_) keys_ = new TreeKeysOverlay(this);
}

void TreeCanvas::hideKeys() {
  delete keys_;
  keys_ = nullptr;
}

}  // namespace treegrpo
