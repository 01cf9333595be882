// The lane plot of a schedule, over the columns of its table: steps are painted SDE or ODE by
// dragging, the noisy block is moved or widened by its handle; all of it by keys, too.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/schedule_drawing.h"

namespace treegrpo {

class ScheduleLanesView : public CanvasView {
  Q_OBJECT

 public:
  explicit ScheduleLanesView(QWidget* parent = nullptr);

  void setSchedule(const TreeSchedule& schedule, std::vector<double> sigmas,
                   std::vector<int> bad_steps);
  // Where the columns of the table below stand, in pixels of the widget.
  void setColumns(int label_width, int column_width, int scrolled);

  QSize sizeHint() const override { return inWidget({812, 200}); }
  QSize minimumSizeHint() const override { return inWidget({300, 130}); }

 Q_SIGNALS:
  // stroke: of one drag, so that it can be undone at once; 0 for each edit alone.
  void paintAsked(int first, int last, bool noisy, int stroke);
  void moveAsked(int start, int stroke);
  void childrenAsked(int first, int last, int change);
  void noiseAsked(int first, int last, double change);
  void trainAsked(int first, int last);

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  enum class Drag { none, paint, block, first_edge, last_edge };

  int steps() const { return static_cast<int>(lanes_.schedule.steps.size()); }
  int stepAt(QPointF widget) const;
  bool noisyAt(int step) const;
  void mark(int step, bool extend);
  void dragTo(int step);
  void dragEdge(int step);
  bool editByKey(int key);
  QString tipAt(Point place) const;

  ScheduleLanes lanes_;
  int anchor_ = 0, cursor_ = 0;  // steps between which keys act
  Drag drag_ = Drag::none;
  int stroke_ = 0, grabbed_ = 0, last_step_ = 0;
  bool paints_noise_ = false;
};

}  // namespace treegrpo
