// The pictures of a pair of nodes, or of any two pictures of the grid: side by side, wiped, in
// turn, or their difference, with one step, zoom and pan; the numbers of both nodes below.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QTabBar>
#include <QWidget>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "canvas/image_grid.h"
#include "comparison/image_pair_canvas.h"
#include "comparison/paired_side.h"
#include "comparison/step_slider.h"

namespace treegrpo {

class ImagePair : public QWidget {
  Q_OBJECT

 public:
  // The pictures of one side by their steps.
  struct Pictures {
    std::string letter;
    std::size_t run = 0;                // its colour
    std::vector<StepPicture> pictures;  // none: `missing` says why
    std::string missing;
  };

  explicit ImagePair(QWidget* parent = nullptr);

  void setTrees(PairedSide first, PairedSide second);
  // Shows two nodes of these trees (-1: none) at their step; other steps show what lies on the way
  // from the root through the node to its best leaf.
  void setNodes(std::int32_t first, std::int32_t second);
  // Shows any two pictures, of up to `last` steps, at the step that is shown.
  void setPictures(Pictures first, Pictures second, int last);
  void setStep(int step);
  int step() const { return step_; }
  void setLooks(const Theme& theme, const FontSet& fonts);
  void setReducedMotion(bool reduced) { canvas_->setReducedMotion(reduced); }
  ImagePairCanvas& canvas() { return *canvas_; }

 Q_SIGNALS:
  void stepChanged(int step);

 private:
  QWidget* makeHead();
  QWidget* makeModes();
  QWidget* makeMetric();
  Pictures picturesOf(std::size_t side) const;
  void showPair();
  void showCaption();
  void showNumbers();

  std::array<PairedSide, 2> sides_;
  std::array<std::int32_t, 2> nodes_ = {-1, -1};
  std::array<Pictures, 2> pictures_;
  int step_ = 0, last_ = 0;
  QTabBar* mode_ = nullptr;
  QComboBox* metric_ = nullptr;
  StepSlider* slider_ = nullptr;
  ImagePairCanvas* canvas_ = nullptr;
  QLabel* caption_ = nullptr;
  QLabel* numbers_ = nullptr;
};

}  // namespace treegrpo
