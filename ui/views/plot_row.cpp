#include "views/plot_row.h"

#include <QHBoxLayout>

namespace treegrpo {

PlotRow::PlotRow(const QString& name, const QString& label, std::size_t most, QWidget* parent)
    : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  for (std::size_t i = 0; i < most; ++i) {
    auto* view = new CurveView(this);
    view->setObjectName(name + QString::number(i + 1));
    view->setAccessibleName(label.arg(i + 1));
    connect(view, &CurveView::hovered, this,
            [this, view](double x) { hover(view->plot().x_label, x); });
    connect(view, &CurveView::partAsked, this,
            [this, view](Range part) { showPart(view->plot().x_label, part); });
    connect(view, &CurveView::chosen, this,
            [this, view](double x) { Q_EMIT chosen(x, view->plot().x_label); });
    row->addWidget(view, 1);
    views_.push_back(view);
  }
}

void PlotRow::setPlots(const std::vector<CurvePlot>& plots) {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    views_[i]->setVisible(i < plots.size());
    if (i < plots.size()) views_[i]->setPlot(plots[i]);
  }
}

void PlotRow::setCurrent(double x) {
  for (CurveView* view : views_)
    if (view->plot().x_label == views_.front()->plot().x_label) view->setCurrent(x);
}

void PlotRow::clearHover() {
  for (CurveView* view : views_) view->setHover(no_value);
}

void PlotRow::showAll() {
  for (CurveView* view : views_) view->setPart({});
}

void PlotRow::setLooks(const Theme& theme, const FontSet& fonts) {
  for (CurveView* view : views_) view->setLooks(theme, fonts);
}

void PlotRow::hover(const std::string& x_label, double x) {
  for (CurveView* view : views_)
    if (view->plot().x_label == x_label) view->setHover(x);
}

void PlotRow::showPart(const std::string& x_label, Range part) {
  for (CurveView* view : views_)
    if (view->plot().x_label == x_label) view->setPart(part);
}

QComboBox* axisChoice(const QString& name, QWidget* parent) {
  auto* axis = new QComboBox(parent);
  axis->setObjectName(name);
  axis->setProperty("small", true);
  axis->setAccessibleName("Along");
  axis->setToolTip(
      "What the curves run along: iterations, latents predicted while sampling (NFE), seconds "
      "spent (evaluation left out) or images made.");
  axis->addItems({"iteration", "NFE", "wall time", "images"});
  return axis;
}

}  // namespace treegrpo
