// Histograms of the rewards of the shown tree, with the leaves below the selected node marked.
#pragma once

#include <cstdint>
#include <memory>

#include "canvas/canvas_view.h"
#include "canvas/tree_figures.h"

namespace treegrpo {

class RewardView : public CanvasView {
  Q_OBJECT

 public:
  explicit RewardView(QWidget* parent = nullptr);

  // The tree and its figures, both or neither.
  void setTree(std::shared_ptr<const TreeRecord> record,
               std::shared_ptr<const TreeFigures> figures);

  // Whose leaves are marked; -1: none.
  void setNode(int node);

  QSize sizeHint() const override { return inWidget({303, 294}); }
  QSize minimumSizeHint() const override { return inWidget({160, 120}); }

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);  // the leaf of a mark that was clicked

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void roomChanged() override;

 private:
  bool hasRewards() const;
  Drawing waiting() const;
  void scrollTo(float place);
  QString tipAt(Point place) const;

  std::shared_ptr<const TreeRecord> record_;
  std::shared_ptr<const TreeFigures> figures_;
  std::int32_t node_ = -1;
  float scroll_ = 0;
};

}  // namespace treegrpo
