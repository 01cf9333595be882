#include "views/schedule_lanes.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "action_keys.h"
#include "tree/schedule_draft.h"
#include "views/canvas_tip.h"

namespace treegrpo {
namespace {

const HitBox* handleAt(const Drawing& drawing, Point place) {
  const HitBox* hit = drawing.hitAt(place);
  return hit && hit->kind == HitKind::badge ? hit : nullptr;
}

}  // namespace

ScheduleLanesView::ScheduleLanesView(QWidget* parent) : CanvasView(parent) {
  setObjectName("scheduleLanes");
  setAccessibleName(tr("Lanes of the schedule"));
  setAccessibleDescription(tr(
      "Left and right choose a step, with Shift more; Space switches SDE and ODE, plus and minus "
      "the children, up and down the noise, T training; Alt and left or right moves the window."));
  setFocusPolicy(Qt::StrongFocus);
  setProperty(own_keys_property, "Space");
}

void ScheduleLanesView::setSchedule(const TreeSchedule& schedule, std::vector<double> sigmas,
                                    std::vector<int> bad_steps) {
  lanes_.schedule = schedule;
  lanes_.sigmas = std::move(sigmas);
  lanes_.bad_steps = std::move(bad_steps);
  const int last = std::max(0, steps() - 1);
  anchor_ = std::min(anchor_, last);
  cursor_ = std::min(cursor_, last);
  redraw();
}

void ScheduleLanesView::setColumns(int label_width, int column_width, int scrolled) {
  lanes_.label_width = static_cast<float>(label_width) / scale();
  lanes_.column_width = static_cast<float>(column_width) / scale();
  lanes_.scrolled = static_cast<float>(scrolled) / scale();
  redraw();
}

Drawing ScheduleLanesView::draw() {
  lanes_.first_marked = hasFocus() ? std::min(anchor_, cursor_) : -1;
  lanes_.last_marked = hasFocus() ? std::max(anchor_, cursor_) : -1;
  return scheduleDrawing(lanes_, roomWidth(), roomHeight(), looks());
}

int ScheduleLanesView::stepAt(QPointF widget) const {
  const float column =
      (placeOf(widget).x - lanes_.label_width + lanes_.scrolled) / lanes_.column_width;
  return std::clamp(static_cast<int>(std::floor(column)), 0, std::max(0, steps() - 1));
}

bool ScheduleLanesView::noisyAt(int step) const {
  return lanes_.schedule.steps[static_cast<std::size_t>(step)].noise_level > 0;
}

void ScheduleLanesView::mark(int step, bool extend) {
  cursor_ = std::clamp(step, 0, std::max(0, steps() - 1));
  if (!extend) anchor_ = cursor_;
  redraw();
}

void ScheduleLanesView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || steps() == 0) return CanvasView::mousePressEvent(event);
  const int step = stepAt(event->position());
  ++stroke_;
  last_step_ = step;
  if (const HitBox* handle = handleAt(drawing(), placeOf(event->position()))) {
    const auto which = static_cast<BlockHandle>(handle->target);
    drag_ = which == BlockHandle::whole   ? Drag::block
            : which == BlockHandle::first ? Drag::first_edge
                                          : Drag::last_edge;
    grabbed_ = step - noisy_block(lanes_.schedule).first;
    return;
  }
  drag_ = Drag::paint;
  paints_noise_ = !noisyAt(step);
  mark(step, false);
  Q_EMIT paintAsked(step, step, paints_noise_, stroke_);
}

void ScheduleLanesView::mouseMoveEvent(QMouseEvent* event) {
  if (drag_ == Drag::none) {
    const bool handle = handleAt(drawing(), placeOf(event->position())) != nullptr;
    setCursor(handle ? Qt::SizeHorCursor : Qt::ArrowCursor);
    return;
  }
  const int step = stepAt(event->position());
  if (step == last_step_) return;
  dragTo(step);
  last_step_ = step;
}

void ScheduleLanesView::dragTo(int step) {
  if (drag_ == Drag::block) {
    Q_EMIT moveAsked(step - grabbed_, stroke_);
  } else if (drag_ == Drag::paint) {
    mark(step, true);
    Q_EMIT paintAsked(std::min(step, last_step_), std::max(step, last_step_), paints_noise_,
                      stroke_);
  } else {
    dragEdge(step);
  }
}

// The edge follows the pointer; one step always stays noisy, and the last step never is.
void ScheduleLanesView::dragEdge(int step) {
  const NoisyBlock block = noisy_block(lanes_.schedule);
  if (drag_ == Drag::last_edge) {
    const int last = std::clamp(step, block.first, std::max(block.first, steps() - 2));
    if (last >= block.end) Q_EMIT paintAsked(block.end, last, true, stroke_);
    if (last < block.end - 1) Q_EMIT paintAsked(last + 1, block.end - 1, false, stroke_);
  } else {
    const int first = std::clamp(step, 0, block.end - 1);
    if (first < block.first) Q_EMIT paintAsked(first, block.first - 1, true, stroke_);
    if (first > block.first) Q_EMIT paintAsked(block.first, first - 1, false, stroke_);
  }
}

void ScheduleLanesView::mouseReleaseEvent(QMouseEvent* event) {
  drag_ = Drag::none;
  CanvasView::mouseReleaseEvent(event);
}

bool ScheduleLanesView::editByKey(int key) {
  const int first = std::min(anchor_, cursor_), last = std::max(anchor_, cursor_);
  switch (key) {
    case Qt::Key_Space:
      Q_EMIT paintAsked(first, last, !noisyAt(cursor_), 0);
      return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      Q_EMIT childrenAsked(first, last, 1);
      return true;
    case Qt::Key_Minus:
      Q_EMIT childrenAsked(first, last, -1);
      return true;
    case Qt::Key_Up:
      Q_EMIT noiseAsked(first, last, .05);
      return true;
    case Qt::Key_Down:
      Q_EMIT noiseAsked(first, last, -.05);
      return true;
    case Qt::Key_T:
      Q_EMIT trainAsked(first, last);
      return true;
    default:
      return false;
  }
}

void ScheduleLanesView::keyPressEvent(QKeyEvent* event) {
  if (steps() == 0) return CanvasView::keyPressEvent(event);
  const bool left = event->key() == Qt::Key_Left, right = event->key() == Qt::Key_Right;
  if (left || right) {
    const int way = left ? -1 : 1;
    if (event->modifiers() & Qt::AltModifier)
      Q_EMIT moveAsked(noisy_block(lanes_.schedule).first + way, 0);
    else
      mark(cursor_ + way, event->modifiers() & Qt::ShiftModifier);
    return;
  }
  if (event->key() == Qt::Key_Home) return mark(0, event->modifiers() & Qt::ShiftModifier);
  if (event->key() == Qt::Key_End) return mark(steps() - 1, event->modifiers() & Qt::ShiftModifier);
  if (!editByKey(event->key())) CanvasView::keyPressEvent(event);
}

void ScheduleLanesView::focusInEvent(QFocusEvent* event) {
  CanvasView::focusInEvent(event);
  redraw();
}

void ScheduleLanesView::focusOutEvent(QFocusEvent* event) {
  CanvasView::focusOutEvent(event);
  redraw();
}

QString ScheduleLanesView::tipAt(Point place) const {
  const HitBox* hit = drawing().hitAt(place);
  if (!hit) return {};
  if (hit->kind == HitKind::badge)
    return tr(
        "The steps that draw noise. Drag the bar to move them, an end to widen them; Alt and "
        "left or right moves them, too.");
  const auto step = static_cast<std::size_t>(hit->target);
  const std::vector<std::int64_t> latents = frontiers(lanes_.schedule);
  if (step >= latents.size()) return {};
  return tr("Step %1 evaluates w = %2 latents: the roots times the children of all steps before. "
            "The band's height is log w. Lane: solid is SDE, dashed is ODE; a disc trains. Drag "
            "across to paint.")
      .arg(step)
      .arg(latents[step]);
}

bool ScheduleLanesView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  showTip(*help, tipAt(placeOf(help->pos())), this);
  return true;
}

}  // namespace treegrpo
