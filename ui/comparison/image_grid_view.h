// Pictures by prompt and by run or checkpoint, all at one step: the canvas with its step slider,
// zoom and pixel readout.
#pragma once

#include <QWidget>

#include "comparison/image_grid_canvas.h"
#include "comparison/step_slider.h"

class QLabel;
class QScrollBar;

namespace treegrpo {

// Takes plain values and tells what the user wants. GUI thread.
class ImageGridView : public QWidget {
  Q_OBJECT

 public:
  explicit ImageGridView(QWidget* parent = nullptr);

  // The first grid is shown at its last step.
  void setGrid(ImageGrid grid);
  void setLooks(const Theme& theme, const FontSet& fonts);
  ImageGridCanvas& canvas() { return *canvas_; }

 Q_SIGNALS:
  void selected(int row, int column);
  void referenceSet(int row, int column);  // −1, −1: none any more

 private:
  QWidget* makeHead();
  void showStep(int step);
  void showView();
  void showFoot(const QString& pixel);

  ImageGridCanvas* canvas_;
  StepSlider* step_ = nullptr;
  QLabel* zoom_ = nullptr;
  QLabel* foot_ = nullptr;
  QScrollBar* rows_ = nullptr;
  bool empty_ = true;
};

}  // namespace treegrpo
