// Runs side by side: two of their trees face to face, the pictures of the selected pair, what
// differs in their configs, and the curves of all of them. It takes values and tells by signals
// what is to be read; it knows no store.
#pragma once

#include <QBoxLayout>
#include <QComboBox>
#include <QMenu>
#include <QProgressBar>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "compare/comparison.h"
#include "comparison/compare_curves.h"
#include "comparison/config_differences.h"
#include "comparison/image_grid_view.h"
#include "comparison/image_pair.h"
#include "comparison/iteration_read.h"
#include "comparison/paired_view.h"
#include "comparison/probe_runs_view.h"
#include "style/fonts.h"
#include "style/theme.h"
#include "workbench/workbench.h"

namespace treegrpo {

// Two trees of one prompt, by run and iteration.
struct PairPlace {
  struct Side {
    RunId run;
    std::int32_t iteration = 0;
    bool operator==(const Side&) const = default;
  };
  Side first, second;
  PromptId prompt;
  bool operator==(const PairPlace&) const = default;
};

struct PairTree {
  std::shared_ptr<const TreeRecord> tree;  // null: none, `missing` says why
  QString missing;
};

class ComparePage : public QWidget {
  Q_OBJECT

 public:
  explicit ComparePage(QWidget* parent = nullptr);

  // All runs that could be compared.
  void setAvailable(const std::vector<RunSummary>& runs);
  // Those that are, in order.
  void setRuns(std::vector<RunSummary> summaries, std::vector<ComparedRun> runs);
  // The prompts of the first side's iteration.
  void setPrompts(const std::vector<PromptSummary>& prompts);
  // Pictures and samples of every prompt and run, as iterationAsked() asks for them; again as the
  // reading goes on.
  void setIteration(const IterationRead& read);
  // Probes of the first of `of` runs, as probesAsked() asks for them; likewise.
  void setProbes(std::vector<std::vector<std::shared_ptr<const ProbeRecord>>> probes, int of);
  // The trees of place().
  void setTrees(PairTree first, PairTree second);

  PairPlace place() const;
  std::vector<RunId> runs() const;
  void setIgnoredKeys(const QStringList& keys) { differences_->setIgnored(keys); }
  void setLooks(const Theme& theme, const FontSet& fonts);
  void setReducedMotion(bool reduced);
  void setHowToCompare(const QString& how);  // "press Ctrl+Return"
  bool working() const { return curves_->working(); }
  PairedView& trees() { return *trees_; }

  // What is shown, for a figure of it.
  enum class View : std::uint8_t { trees, pictures, probes };
  View view() const { return static_cast<View>(view_->currentIndex()); }
  const std::vector<RunSummary>& summaries() const { return summaries_; }
  const PairedView& trees() const { return *trees_; }
  const CompareCurves& curves() const { return *curves_; }
  int prompts() const { return prompt_->count(); }
  std::int32_t probeSeed() const { return probes_->seed(); }

  // At the end of the row above the views, or above the curves.
  void addViewButton(QWidget* button) { addAtEnd(*head_, button); }
  void addCurvesButton(QWidget* button) { curves_->addButton(button); }

 Q_SIGNALS:
  void runsAsked(const std::vector<treegrpo::RunId>& runs);
  void placeChanged();    // its trees are to be read
  void iterationAsked();  // what all runs have at its first iteration is to be read
  void probesAsked();     // and those of all runs
  void readingCancelled();
  void ignoredKeysChanged(const QStringList& keys);

 private:
  // compare_page_built.cpp
  QWidget* makeHead();
  QWidget* makeProgress();
  QWidget* makeBody();
  QWidget* makeViews();
  QWidget* makeEmpty();
  QSpinBox* iterationBox(const char* name, const QString& label, QWidget* parent);

  // compare_page.cpp
  void fillChoices();
  void fillMenu();
  void lookAt(std::int32_t iteration);
  void askForIteration();
  QString letterOf(int side) const;
  std::size_t runOf(int side) const;

  // compare_page_shown.cpp
  void showGroups(const std::vector<ComparedGroup>& groups, const QStringList& remarks);
  void showConfigs(const std::vector<ComparedGroup>& groups);
  void choosePartner(const std::vector<ComparedGroup>& groups);
  void showLast();
  void showSamples(const PairTree& first, const PairTree& second);
  void showIteration();
  void showCells();
  void showProbes();
  void showProgress(int done, int of, const QString& words);

  std::vector<RunSummary> available_, summaries_;
  std::vector<ComparedRun> runs_;
  std::vector<QString> letters_;     // of each run, that of its group
  std::vector<std::size_t> groups_;  // likewise, its number
  IterationRead read_;
  std::vector<std::vector<std::shared_ptr<const ProbeRecord>>> probed_;  // of the first runs
  bool filling_ = false;
  bool fresh_ = true;  // the partner of A is still to be chosen

  QBoxLayout* head_ = nullptr;
  QComboBox* sides_[2] = {};
  QSpinBox* iterations_[2] = {};
  QToolButton* linked_ = nullptr;
  QToolButton* add_ = nullptr;
  QMenu* menu_ = nullptr;
  QComboBox* prompt_ = nullptr;
  QToolButton* remarks_ = nullptr;
  QWidget* progress_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  QTabBar* view_ = nullptr;
  QStackedWidget* views_ = nullptr;
  PairedView* trees_ = nullptr;
  ImageGridView* grid_ = nullptr;
  ProbeRunsView* probes_ = nullptr;
  ImagePair* images_ = nullptr;
  ConfigDifferences* differences_ = nullptr;
  CompareCurves* curves_ = nullptr;
  QLabel* empty_words_ = nullptr;
};

}  // namespace treegrpo
