// The column of reward differences between two trees.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/delta_drawing.h"

namespace treegrpo {

class DeltaView : public CanvasView {
  Q_OBJECT

 public:
  explicit DeltaView(QWidget* parent = nullptr);

  void setColumn(DeltaColumn column);

  QSize sizeHint() const override { return inWidget({180, 300}); }
  QSize minimumSizeHint() const override { return inWidget({120, 120}); }

 Q_SIGNALS:
  void leafChosen(std::int32_t leaf);  // of the first tree

 protected:
  Drawing draw() override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  DeltaColumn column_;
};

}  // namespace treegrpo
