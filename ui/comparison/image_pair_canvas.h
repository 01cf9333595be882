// The canvas with the pictures of a pair of nodes.
#pragma once

#include <QTimer>
#include <cstdint>

#include "canvas/canvas_view.h"
#include "comparison/image_pair_drawing.h"

namespace treegrpo {

// Wheel: zoom; drag: pan, with Alt the second alone; double click or
// 0: all of it; Space or Shift held: the other one of a flicker; ← →: the divider of a wipe.
class ImagePairCanvas : public CanvasView {
  Q_OBJECT

 public:
  explicit ImagePairCanvas(QWidget* parent = nullptr);

  void setPair(ImagePairSide first, ImagePairSide second);
  void setMode(ImageMode mode);
  void setMetric(ErrorMetric metric);
  // Where pictures may not come and go by themselves, a flicker waits for Space.
  void setReducedMotion(bool reduced);
  const ImagePairLook& look() const { return look_; }

  QSize sizeHint() const override { return inWidget({320, 300}); }
  QSize minimumSizeHint() const override { return inWidget({160, 140}); }

 Q_SIGNALS:
  void pixelPointed(const QString& words);  // empty: none

 protected:
  Drawing draw() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  enum class Drag : std::uint8_t { none, pan, second, divider };
  void fitAll();
  void zoomAt(Point place, float factor);
  void renewDifference();
  void runFlicker();
  void say(Point place);
  ImagePlaces places() const;

  ImagePairSide first_, second_;
  FalseColours difference_;
  ImagePairLook look_;
  QTimer flicker_;
  bool reduced_ = false;
  Drag drag_ = Drag::none;
  Point dragged_;
};

}  // namespace treegrpo
