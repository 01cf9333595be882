// The advantages of compared samples by depth; a row says its numbers.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/depth_histograms.h"

namespace treegrpo {

class DepthView : public CanvasView {
  Q_OBJECT

 public:
  explicit DepthView(QWidget* parent = nullptr);

  void setHistograms(DepthHistograms histograms);

  QSize minimumSizeHint() const override { return inWidget({160, 96}); }

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;

 private:
  DepthHistograms histograms_;
};

}  // namespace treegrpo
