// The curves of compared runs: grouped over their seeds, with bands, along one x axis that all
// plots share; what is partial about them in words; how soon a target is reached.
#pragma once

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabBar>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "comparison/compare_answer.h"
#include "comparison/compared_samples.h"
#include "comparison/depth_view.h"
#include "style/fonts.h"
#include "style/theme.h"
#include "views/plot_row.h"
#include "views/row_end.h"
#include "views/segmented_tabs.h"

namespace treegrpo {

class CompareCurves : public QWidget {
  Q_OBJECT

 public:
  enum class Tab : std::uint8_t { overview, reward, kl_ratio, cost, distributions, one_metric };

  explicit CompareCurves(QWidget* parent = nullptr);

  void setRuns(std::vector<ComparedRun> runs);
  // Of the two trees of the pair; of all runs and prompts, a group each, as asked for.
  void setSamples(ComparedSamples samples);
  void setAllSamples(ComparedSamples samples);
  bool wantsAllSamples() const {
    return tab() == Tab::distributions && scope_->currentIndex() == 1;
  }
  // The iteration that the rest of the view shows; -1 none.
  void setCurrent(std::int32_t iteration);
  void setLooks(const Theme& theme, const FontSet& fonts);

  // As the controls say, of the metric of the first plot.
  ComparisonOptions options() const;
  // Metrics of the plots that the runs are measured by; of distributions none.
  std::vector<std::string> metrics() const;
  bool showsDistributions() const { return tab() == Tab::distributions; }
  bool showsRuns() const { return raw_->isChecked(); }
  // At the end of the row above the plots.
  void addButton(QWidget* button) { addAtEnd(*head_->itemAt(1)->widget()->layout(), button); }
  // Whether what is shown is still being worked out, on a thread of its own.
  bool working() const { return working_; }

 Q_SIGNALS:
  // The groups as they are lettered, whenever they change; remarks about them.
  void groupsChanged(const std::vector<treegrpo::ComparedGroup>& groups,
                     const QStringList& remarks);
  void iterationChosen(std::int32_t iteration);
  void allSamplesAsked();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeHead();
  QWidget* makeControls();
  QWidget* makePlots();
  void fillMetrics();
  std::vector<std::string> metricsOf(Tab tab) const;
  bool measured(const std::string& metric) const;  // by any run
  Tab tab() const { return static_cast<Tab>(tabs_->currentIndex()); }
  void work();
  void show(const CompareAnswer& answer);
  void showPlots();
  void askForSamples();
  double currentX() const;

  std::shared_ptr<const std::vector<ComparedRun>> runs_;
  ComparedSamples pair_, all_;
  std::vector<CurvePlot> curves_;  // as they were answered
  std::int32_t current_ = -1;
  int asked_ = 0;  // requests so far: an older answer is passed over
  bool working_ = false;

  QBoxLayout* head_ = nullptr;
  QTabBar* tabs_ = nullptr;
  QComboBox* axis_ = nullptr;
  QComboBox* band_ = nullptr;
  QComboBox* group_ = nullptr;
  QComboBox* metric_ = nullptr;
  QSpinBox* smooth_ = nullptr;
  QCheckBox* raw_ = nullptr;
  QLineEdit* target_ = nullptr;
  QLabel* reached_ = nullptr;
  QComboBox* scope_ = nullptr;
  PlotRow* plots_ = nullptr;
  DepthView* depths_ = nullptr;
};

}  // namespace treegrpo
