// One plot of a run on the screen: crosshair under the pointer or by ← and →, tooltips with the
// definition of each curve.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/curve_drawing.h"
#include "canvas/tree_figures.h"

namespace treegrpo {

class CurveView : public CanvasView {
  Q_OBJECT

 public:
  explicit CurveView(QWidget* parent = nullptr);

  // What to show; the crosshair stays where it is.
  void setPlot(CurvePlot plot);
  const CurvePlot& plot() const { return plot_; }

  // The part of the x axis that shows; none: all of it.
  void setPart(Range part);

  // What the rest of the window shows, on the x axis; none: NaN.
  void setCurrent(double x);

  // Where the crosshair stands; none: NaN.
  void setHover(double x);

  QSize minimumSizeHint() const override { return inWidget({160, 96}); }

 Q_SIGNALS:
  void hovered(double x);                // NaN: the pointer has left
  void chosen(double x);                 // the x of a point that was clicked
  void partAsked(treegrpo::Range part);  // by wheel, + − 0, Shift+← →; none: all of the axis

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QString tipAt(Point place) const;
  // The x `by` points from the crosshair's; the last one without a crosshair.
  double neighbour(int by) const;
  bool zoomKey(const QKeyEvent& event);

  CurvePlot plot_;
};

}  // namespace treegrpo
