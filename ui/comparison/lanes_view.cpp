#include "comparison/lanes_view.h"

#include <utility>

namespace treegrpo {

LanesView::LanesView(QWidget* parent) : CanvasView(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setToolTip(
      "The schedule of each run, a step a column. Thick: SDE and trained, with its branch factor; "
      "thin: SDE, not trained; dashed: ODE. Steps with a frame differ.");
}

void LanesView::setLanes(CompareLanes lanes) {
  lanes_ = std::move(lanes);
  updateGeometry();
  redraw();
}

QSize LanesView::sizeHint() const {
  return {200, static_cast<int>(compare_lane_height * static_cast<float>(lanes_.letters.size()))};
}

Drawing LanesView::draw() { return lanesDrawing(lanes_, static_cast<float>(width()), looks()); }

}  // namespace treegrpo
