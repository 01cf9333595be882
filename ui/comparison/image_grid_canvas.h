// The canvas of a grid of pictures: select, set the reference, zoom and move all of them or one.
#pragma once

#include <QString>
#include <cstdint>

#include "canvas/canvas_view.h"
#include "canvas/image_grid.h"

namespace treegrpo {

// Left click: select; right: reference; Shift held: the reference in place of the selected picture.
// Wheel: zoom; Shift and wheel: rows; drag: move all, with Alt one alone. Keys: arrows, R, + − 0,
// comma and full stop for the step, page keys.
class ImageGridCanvas : public CanvasView {
  Q_OBJECT

 public:
  explicit ImageGridCanvas(QWidget* parent = nullptr);

  // Selection and reference stay where the new grid has such cells, the step where it has it.
  void setGrid(ImageGrid grid);
  const ImageGrid& grid() const { return grid_; }
  const GridView& view() const { return view_; }

  void setStep(int step);
  void select(std::int32_t cell);        // -1: none
  void setReference(std::int32_t cell);  // likewise
  void scrollTo(float pixels);
  float mostScroll() const;

  QSize minimumSizeHint() const override { return {160, 140}; }

 Q_SIGNALS:
  void selected(int row, int column);
  void referenceSet(int row, int column);  // −1, −1: none any more
  void stepChanged(int step);
  void viewChanged();                          // zoom, place or size
  void pixelPointed(const QString& sentence);  // empty: none

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void roomChanged() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  enum class Drag : std::uint8_t { none, all, one };

  bool has(std::int32_t cell) const { return cell >= 0 && cell < grid_.count(); }
  void change(GridView view);
  void chooseBy(int columns, int rows);
  void toggleReference(std::int32_t cell);
  void zoomBy(Point anchor, int by);
  void moveBy(Point pixels);
  void probe(Point place);
  void showReference(bool on);
  void describe();
  Point middleOfSelected() const;
  QString pixelWords(std::int32_t cell, const QString& name) const;
  QString spoken(std::int32_t cell) const;
  QString nameOf(std::int32_t cell) const;

  ImageGrid grid_;
  GridView view_;
  Drag drag_ = Drag::none;
  std::int32_t dragged_ = -1;
  Point drag_at_;     // where the pictures were moved to, a whole pixel of theirs
  float turned_ = 0;  // of the wheel, less than a notch
  bool focus_by_key_ = false;
};

}  // namespace treegrpo
