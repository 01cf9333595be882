#include "views/schedule_starts.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

namespace treegrpo {

ScheduleStartsView::ScheduleStartsView(QWidget* parent) : CanvasView(parent) {
  setObjectName("scheduleStarts");
  setAccessibleName(tr("Starts of the window over the training"));
  setAccessibleDescription(tr("Left and right show the iteration before and after."));
  setFocusPolicy(Qt::StrongFocus);
}

void ScheduleStartsView::setPlot(StartsPlot plot) {
  plot_ = std::move(plot);
  redraw();
}

Drawing ScheduleStartsView::draw() {
  return startsDrawing(plot_, roomWidth(), roomHeight(), looks());
}

bool ScheduleStartsView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(
      help->globalPos(),
      "<qt>" +
          tr("Bars: probability that an iteration's window starts at step i, for a drawn start "
             "Pr(i) = (1 − r) rⁱ / (1 − r^(T−w)); for a sliding one its share of the run's "
             "iterations. Dots: the start of each iteration. Those to come are fixed by seed and "
             "rule already.")
              .toHtmlEscaped(),
      this);
  return true;
}

void ScheduleStartsView::mousePressEvent(QMouseEvent* event) {
  const HitBox* hit = drawing().hitAt(placeOf(event->position()));
  if (event->button() == Qt::LeftButton && hit) return Q_EMIT iterationChosen(hit->target);
  CanvasView::mousePressEvent(event);
}

void ScheduleStartsView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left)
    return Q_EMIT iterationChosen(std::max(0, plot_.shown_iteration - 1));
  if (event->key() == Qt::Key_Right) return Q_EMIT iterationChosen(plot_.shown_iteration + 1);
  CanvasView::keyPressEvent(event);
}

}  // namespace treegrpo
