#include "views/schedule_keyframes.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

#include "action_keys.h"
#include "views/canvas_tip.h"

namespace treegrpo {

ScheduleKeyframesView::ScheduleKeyframesView(QWidget* parent) : CanvasView(parent) {
  setObjectName("scheduleKeyframes");
  setAccessibleName(tr("Keyframes of the schedule over the training"));
  setAccessibleDescription(
      tr("Left and right show the iteration before and after, Page Up and Page Down the keyframe "
         "before and after. Insert adds a keyframe, Delete removes it, Shift with left or right "
         "moves it."));
  setProperty(own_keys_property, "Left; Right; PgUp; PgDown; Ins; Del; +; -");
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

void ScheduleKeyframesView::setPlot(KeyframesPlot plot) {
  plot_ = std::move(plot);
  redraw();
}

Drawing ScheduleKeyframesView::draw() {
  return keyframesDrawing(plot_, roomWidth(), roomHeight(), looks());
}

int ScheduleKeyframesView::iterationAt(QPointF place) const {
  return keyframeIterationAt(plot_, roomWidth(), placeOf(place).x);
}

int ScheduleKeyframesView::shownLane() const {
  int lane = 0;
  for (std::size_t at = 0; at < plot_.lanes.size(); ++at)
    if (plot_.lanes[at].first <= plot_.shown_iteration) lane = static_cast<int>(at);
  return lane;
}

void ScheduleKeyframesView::stepToLane(int by) {
  int lane = shownLane();
  // Back goes to the beginning of this lane first.
  const bool inside = plot_.shown_iteration > plot_.lanes[static_cast<std::size_t>(lane)].first;
  if (by > 0 || !inside) lane += by;
  if (lane < 0 || lane >= static_cast<int>(plot_.lanes.size())) return;
  Q_EMIT iterationChosen(plot_.lanes[static_cast<std::size_t>(lane)].first);
}

void ScheduleKeyframesView::move(int way) {
  const int lane = shownLane();
  if (lane > 0)
    Q_EMIT moveAsked(lane - 1, plot_.lanes[static_cast<std::size_t>(lane)].first + way, 0);
}

void ScheduleKeyframesView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  const HitBox* hit = drawing().hitAt(placeOf(event->position()));
  ++stroke_;
  if (hit && hit->kind == HitKind::badge) {
    dragged_ = hit->target;
    return Q_EMIT iterationChosen(plot_.lanes[static_cast<std::size_t>(dragged_) + 1].first);
  }
  Q_EMIT iterationChosen(iterationAt(event->position()));
}

void ScheduleKeyframesView::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_ >= 0) return Q_EMIT moveAsked(dragged_, iterationAt(event->position()), stroke_);
  const HitBox* hit = drawing().hitAt(placeOf(event->position()));
  setCursor(hit && hit->kind == HitKind::badge ? Qt::SizeHorCursor : Qt::ArrowCursor);
}

void ScheduleKeyframesView::mouseReleaseEvent(QMouseEvent* event) {
  dragged_ = -1;
  CanvasView::mouseReleaseEvent(event);
}

void ScheduleKeyframesView::keyPressEvent(QKeyEvent* event) {
  const bool moves = event->modifiers() & Qt::ShiftModifier;
  if (plot_.lanes.empty()) return CanvasView::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const int way = event->key() == Qt::Key_Left ? -1 : 1;
      if (moves) return move(way);
      return Q_EMIT iterationChosen(std::max(0, plot_.shown_iteration + way));
    }
    case Qt::Key_PageUp:
      return stepToLane(-1);
    case Qt::Key_PageDown:
      return stepToLane(1);
    case Qt::Key_Insert:
    case Qt::Key_Plus:
      return Q_EMIT addAsked();
    case Qt::Key_Delete:
    case Qt::Key_Minus:
      return Q_EMIT removeAsked();
    default:
      return CanvasView::keyPressEvent(event);
  }
}

QString ScheduleKeyframesView::tipAt(Point place) const {
  const HitBox* hit = drawing().hitAt(place);
  if (!hit) return {};
  const auto lane = static_cast<std::size_t>(hit->target + (hit->kind == HitKind::badge ? 1 : 0));
  if (lane >= plot_.lanes.size()) return {};
  const KeyframeLane& at = plot_.lanes[lane];
  const QString words = tr("Iterations %1 to %2: %3.")
                            .arg(at.first)
                            .arg(at.end - 1)
                            .arg(QString::fromStdString(at.words));
  return hit->kind == HitKind::badge
             ? words + " " + tr("Drag, or Shift and left or right, moves the keyframe.")
             : words + " " +
                   tr("Above, the schedule of the iteration that is shown; what is edited there "
                      "holds from its keyframe on.");
}

bool ScheduleKeyframesView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  showTip(*help, tipAt(placeOf(help->pos())), this);
  return true;
}

}  // namespace treegrpo
