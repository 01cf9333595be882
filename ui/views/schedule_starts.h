// The starts of a schedule's window over the training; a press on one shows that iteration.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/starts_drawing.h"

namespace treegrpo {

class ScheduleStartsView : public CanvasView {
  Q_OBJECT

 public:
  explicit ScheduleStartsView(QWidget* parent = nullptr);
  void setPlot(StartsPlot plot);

  QSize sizeHint() const override { return inWidget({812, 150}); }
  QSize minimumSizeHint() const override { return inWidget({300, 110}); }

 Q_SIGNALS:
  void iterationChosen(int iteration);

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  StartsPlot plot_;
};

}  // namespace treegrpo
