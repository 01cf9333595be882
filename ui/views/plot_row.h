// Plots in a row that share crosshair and zoom where they share their x axis, and the choice of
// that axis.
#pragma once

#include <QComboBox>
#include <QWidget>
#include <string>
#include <vector>

#include "style/fonts.h"
#include "views/curve_view.h"

namespace treegrpo {

class PlotRow : public QWidget {
  Q_OBJECT

 public:
  // Room for `most` plots, named `name`1, `name`2, …
  PlotRow(const QString& name, const QString& label, std::size_t most, QWidget* parent = nullptr);

  // As many as there is room for; crosshair and zoom stay.
  void setPlots(const std::vector<CurvePlot>& plots);
  // What the rest of the window shows, in plots of the first one's x axis; none: NaN.
  void setCurrent(double x);
  void clearHover();
  void showAll();  // of the axis
  void setLooks(const Theme& theme, const FontSet& fonts);

 Q_SIGNALS:
  void chosen(double x, const std::string& x_label);  // of a point that was clicked

 private:
  void hover(const std::string& x_label, double x);
  void showPart(const std::string& x_label, Range part);

  std::vector<CurveView*> views_;
};

// Iteration, NFE, wall time, images: in the order of XAxis.
QComboBox* axisChoice(const QString& name, QWidget* parent);

}  // namespace treegrpo
