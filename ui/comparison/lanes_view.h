// Schedules of compared runs as lanes; a step says what each run does there.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/lanes_drawing.h"

namespace treegrpo {

class LanesView : public CanvasView {
  Q_OBJECT

 public:
  explicit LanesView(QWidget* parent = nullptr);

  void setLanes(CompareLanes lanes);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  Drawing draw() override;

 private:
  CompareLanes lanes_;
};

}  // namespace treegrpo
