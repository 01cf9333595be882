// The canvas with the pictures of a pair of nodes.
#pragma once

#include <QTimer>
#include <cstdint>

#include "canvas/canvas_view.h"
#include "comparison/image_pair_drawing.h"

namespace treegrpo {

// Left click: select; right: reference; Shift held: the reference in place of the selected picture.
// Wheel: zoom; drag: pan, with Alt one alone; double click: all of it. Keys: ← and → select, move
// the divider of a wipe or turn a flicker; R, comma and full stop for the step, E and Shift+E for
// the metric, + − 0.
class ImagePairCanvas : public CanvasView {
  Q_OBJECT

 public:
  explicit ImagePairCanvas(QWidget* parent = nullptr);

  void setPair(ImagePairSides sides);
  void setMode(ImageMode mode);
  void setMetric(ErrorMetric metric);
  // Where pictures may not come and go by themselves, a flicker waits for ← and →.
  void setReducedMotion(bool reduced);
  const ImagePairLook& look() const { return look_; }

  void select(int side);
  void setReference(int side);

  QSize sizeHint() const override { return inWidget({320, 300}); }
  QSize minimumSizeHint() const override { return inWidget({160, 140}); }

 Q_SIGNALS:
  void pixelPointed(const QString& words);  // empty: none
  void referenceSet(int side);
  void stepAsked(int by);
  void metricAsked(int by);

 protected:
  Drawing draw() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  enum class Drag : std::uint8_t { none, both, first, second, divider };
  void fitAll();
  void zoomAt(Point place, float factor);
  void renewDifference();
  void runFlicker();
  void say(Point place);
  void goTo(int side);
  void turn();
  void showReference(bool on);
  void describe();
  int sideAt(Point place) const;
  std::array<Box, 2> places() const;

  ImagePairSides sides_;
  FalseColours difference_;
  ImagePairLook look_;
  QTimer flicker_;
  bool reduced_ = false;
  Drag drag_ = Drag::none;
  Point dragged_;
};

}  // namespace treegrpo
