#include "comparison/compare_page.h"

#include <algorithm>
#include <utility>

namespace treegrpo {

void ComparePage::setAvailable(const std::vector<RunSummary>& runs) { available_ = runs; }

void ComparePage::setRuns(std::vector<RunSummary> summaries, std::vector<ComparedRun> runs) {
  summaries_ = std::move(summaries);
  runs_ = std::move(runs);
  letters_.assign(runs_.size(), QString());
  groups_.assign(runs_.size(), 0);
  fresh_ = true;
  read_ = {};
  probed_.clear();
  pages_->setCurrentIndex(runs_.empty() ? 0 : 1);
  fillChoices();
  curves_->setRuns(runs_);
  if (view() == View::probes) Q_EMIT probesAsked();
}

// The runs that can be shown as trees, and how far the iterations reach.
void ComparePage::fillChoices() {
  filling_ = true;
  for (int side = 0; side < 2; ++side) {
    const QVariant before = sides_[side]->currentData();
    sides_[side]->clear();
    for (std::size_t i = 0; i < summaries_.size(); ++i)
      sides_[side]->addItem((letters_[i].isEmpty() ? "" : letters_[i] + "   ") +
                                QString::fromStdString(summaries_[i].name),
                            QVariant::fromValue<qint64>(summaries_[i].run.value));
    const int again = sides_[side]->findData(before);
    const int fallback = std::min(side, static_cast<int>(summaries_.size()) - 1);
    sides_[side]->setCurrentIndex(again >= 0 ? again : fallback);
    const int last = summaries_.empty() ? 0 : summaries_[runOf(side)].iterations - 1;
    iterations_[side]->setRange(0, std::max(0, last));
  }
  filling_ = false;
}

void ComparePage::fillMenu() {
  menu_->clear();
  for (const RunSummary& run : available_) {
    QAction* action = menu_->addAction(QString::fromStdString(run.name));
    action->setCheckable(true);
    action->setChecked(std::ranges::count(summaries_, run.run, &RunSummary::run) > 0);
    connect(action, &QAction::toggled, this, [this, id = run.run](bool on) {
      std::vector<RunId> chosen = this->runs();
      std::erase(chosen, id);
      if (on) chosen.push_back(id);
      Q_EMIT runsAsked(chosen);
    });
  }
  if (available_.empty()) menu_->addAction("This workspace has no runs")->setEnabled(false);
}

std::vector<RunId> ComparePage::runs() const {
  std::vector<RunId> runs;
  for (const RunSummary& run : summaries_) runs.push_back(run.run);
  return runs;
}

std::size_t ComparePage::runOf(int side) const {
  return static_cast<std::size_t>(std::max(0, sides_[side]->currentIndex()));
}

QString ComparePage::letterOf(int side) const {
  const QString& letter = letters_[runOf(side)];
  // Two runs of one group, or two iterations of one run.
  return side == 1 && letter == letters_[runOf(0)] ? letter + "′" : letter;
}

PairPlace ComparePage::place() const {
  if (summaries_.empty()) return {};
  return {{summaries_[runOf(0)].run, iterations_[0]->value()},
          {summaries_[runOf(1)].run, iterations_[1]->value()},
          {prompt_->currentIndex() < 0 ? 0 : prompt_->currentIndex()}};
}

// The second side keeps to the first while they are linked.
void ComparePage::lookAt(std::int32_t iteration) {
  if (filling_ || summaries_.empty()) return;
  filling_ = true;
  for (int side = 0; side < 2; ++side)
    iterations_[side]->setRange(0, std::max(0, summaries_[runOf(side)].iterations - 1));
  iterations_[1]->setEnabled(!linked_->isChecked());
  if (linked_->isChecked()) iterations_[1]->setValue(iteration);
  filling_ = false;
  curves_->setCurrent(iterations_[0]->value());
  Q_EMIT placeChanged();
  askForIteration();
}

// Where something of it shows.
void ComparePage::askForIteration() {
  if (summaries_.empty()) return;
  if (view() == View::pictures || curves_->wantsAllSamples()) Q_EMIT iterationAsked();
}
void ComparePage::setLooks(const Theme& theme, const FontSet& fonts) {
  trees_->setLooks(theme, fonts);
  grid_->setLooks(theme, fonts);
  probes_->setLooks(theme, fonts);
  images_->setLooks(theme, fonts);
  differences_->setLooks(theme, fonts);
  curves_->setLooks(theme, fonts);
}

void ComparePage::setReducedMotion(bool reduced) {
  trees_->setReducedMotion(reduced);
  images_->setReducedMotion(reduced);
}

void ComparePage::setHowToCompare(const QString& how) {
  empty_words_->setText(
      tr("Select two or more runs in the list and %1, or choose them under “Runs…”.").arg(how));
}

}  // namespace treegrpo
