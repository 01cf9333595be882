// The film strip under the tree: the way to the selected node and on to its best leaf. A click or
// ← and → ask for a node; the wheel scrolls where it is wider than the view.
#pragma once

#include <cstdint>
#include <memory>

#include "canvas/canvas_view.h"
#include "canvas/tree_figures.h"

namespace treegrpo {

// Its windowTitle says what it shows ("Path to t5.5, and on to its best leaf"), for a dock to take.
class FilmStrip : public CanvasView {
  Q_OBJECT

 public:
  explicit FilmStrip(QWidget* parent = nullptr);

  // The tree and its figures, both or neither; the node stays if the tree has it.
  void setTree(std::shared_ptr<const TreeRecord> record,
               std::shared_ptr<const TreeFigures> figures);

  // The selected node, -1: none. Kept in view until the user scrolls; new data never scrolls.
  void setNode(std::int32_t node);

  QSize sizeHint() const override { return inWidget({600, 94}); }
  QSize minimumSizeHint() const override { return inWidget({120, 60}); }

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void roomChanged() override;

 private:
  bool hasNode() const;
  Drawing strip(float scroll) const;
  void keepInView();
  float room() const;  // that the strip can be scrolled
  void showTitle();
  QString tipOf(std::int32_t node) const;

  std::shared_ptr<const TreeRecord> record_;
  std::shared_ptr<const TreeFigures> figures_;
  std::int32_t node_ = -1;
  float scroll_ = 0;
  bool stale_scroll_ = false;  // the selected picture may have to be brought in
  bool following_ = true;      // the selected node, until the wheel is turned
};

}  // namespace treegrpo
