#include "comparison/delta_view.h"

#include <QMouseEvent>
#include <utility>

namespace treegrpo {

DeltaView::DeltaView(QWidget* parent) : CanvasView(parent) {
  setObjectName("deltaColumn");
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  setAccessibleName("Reward differences of paired leaves");
  setToolTip(
      "Reward of each leaf of B less that of the leaf at the same path in A. A click selects the "
      "pair.");
}

void DeltaView::setColumn(DeltaColumn column) {
  column_ = std::move(column);
  redraw();
}

Drawing DeltaView::draw() { return deltaDrawing(column_, roomWidth(), roomHeight(), looks()); }

void DeltaView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  refresh();
  if (const HitBox* hit = drawing().hitAt(placeOf(event->position())))
    Q_EMIT leafChosen(hit->target);
}

}  // namespace treegrpo
