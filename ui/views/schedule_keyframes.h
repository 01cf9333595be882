// The keyframes of a schedule over the training: marks on an axis of iterations that are added,
// dragged, removed and walked through by keyboard. It tells what is asked; the editor does it.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/keyframes_drawing.h"

namespace treegrpo {

class ScheduleKeyframesView : public CanvasView {
  Q_OBJECT

 public:
  explicit ScheduleKeyframesView(QWidget* parent = nullptr);
  void setPlot(KeyframesPlot plot);

  QSize sizeHint() const override { return inWidget({812, 62}); }
  QSize minimumSizeHint() const override { return inWidget({300, 62}); }

 Q_SIGNALS:
  void iterationChosen(int iteration);
  void addAsked();
  void removeAsked();
  // stroke: moves of one drag have the same; 0: one of its own.
  void moveAsked(int keyframe, int iteration, int stroke);

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  int iterationAt(QPointF place) const;
  // Of the lane that is shown; 0 before the first keyframe.
  int shownLane() const;
  void stepToLane(int by);
  void move(int way);
  QString tipAt(Point place) const;

  KeyframesPlot plot_;
  int dragged_ = -1;  // the keyframe that the mouse holds
  int stroke_ = 0;
};

}  // namespace treegrpo
