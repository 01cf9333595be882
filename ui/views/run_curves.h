// The curves of a run: a tab chooses which, a box chooses what they run along, all share one
// crosshair. A click on a point asks for its iteration.
#pragma once

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QWidget>
#include <cstdint>
#include <string>
#include <vector>

#include "canvas/run_plots.h"
#include "style/fonts.h"
#include "style/theme.h"
#include "views/plot_row.h"
#include "views/row_end.h"
#include "views/segmented_tabs.h"

namespace treegrpo {

class RunCurves : public QWidget {
  Q_OBJECT

 public:
  explicit RunCurves(QWidget* parent = nullptr);

  // A whole run; empty vectors: none, or one that has not begun.
  void setRun(std::vector<IterationRecord> iterations, std::vector<EvaluationRecord> evaluations,
              std::vector<ParameterChanged> changes);

  // What a run in progress adds. An iteration that is there already is taken anew, and what came
  // after it goes: a resumed run does that.
  void addIteration(const IterationRecord& record);
  void addEvaluation(const EvaluationRecord& record);
  void addChange(const ParameterChanged& change);

  // The iteration that the rest of the window shows; -1 none.
  void setCurrent(int iteration);

  void setLooks(const Theme& theme, const FontSet& fonts);
  void setHowToTrain(const QString& how);  // "press Space"

  // What is shown, as core/compare names it: of each plot its first metric, of those that the run
  // has; what they run along.
  std::vector<std::string> metrics() const;
  XAxis axis() const { return static_cast<XAxis>(axis_->currentIndex()); }

  // At the end of the row above the plots.
  void addButton(QWidget* button) { addAtEnd(*head_, button); }

 Q_SIGNALS:
  void iterationChosen(std::int32_t iteration);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeHead();
  QWidget* makePlots();
  QWidget* makeEmpty();
  CurveTab tab() const { return static_cast<CurveTab>(tabs_->currentIndex()); }
  void showPlots();

  RunHistory history_;
  std::int32_t current_ = -1;
  QBoxLayout* head_ = nullptr;
  QTabBar* tabs_ = nullptr;
  QComboBox* axis_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  QLabel* empty_words_ = nullptr;
  QLabel* empty_icon_ = nullptr;
  PlotRow* plots_ = nullptr;
  bool stale_ = true;
};

}  // namespace treegrpo
