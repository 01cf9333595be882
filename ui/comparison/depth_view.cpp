#include "comparison/depth_view.h"

#include <QHelpEvent>
#include <QToolTip>
#include <set>
#include <utility>

namespace treegrpo {

DepthView::DepthView(QWidget* parent) : CanvasView(parent) {
  setObjectName("depthHistograms");
  setAccessibleName("Advantages by depth");
}

// For screen readers all rows.
void DepthView::setHistograms(DepthHistograms histograms) {
  histograms_ = std::move(histograms);
  std::set<int> steps;
  for (const DepthSample& sample : histograms_.samples)
    for (const auto& [step, values] : sample.advantages) steps.insert(step);
  QStringList words;
  for (const int step : steps) words << QString::fromStdString(depthWords(histograms_, step));
  setAccessibleDescription(words.join(". "));
  redraw();
}

Drawing DepthView::draw() {
  return depthHistogramsDrawing(histograms_, roomWidth(), roomHeight(), looks());
}

bool DepthView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const HitBox* hit = drawing().hitAt(placeOf(help->pos()));
  const QString words =
      hit ? QString::fromStdString(depthWords(histograms_, hit->target)) : QString();
  words.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), words, this);
  return true;
}

}  // namespace treegrpo
