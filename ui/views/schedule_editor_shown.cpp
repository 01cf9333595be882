// What the schedule editor shows of its draft.
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

#include "tree/sigmas.h"
#include "views/schedule_cost_panel.h"
#include "views/schedule_editor.h"
#include "views/schedule_keys.h"
#include "views/schedule_lanes.h"
#include "views/schedule_starts.h"
#include "views/schedule_table.h"

namespace treegrpo {
namespace {

constexpr int iterations_before = 30, iterations_shown = 60;
constexpr std::size_t most_words = 3;  // changes that the foot spells out

std::vector<double> sigmasOf(const RunConfig& config) {
  if (config.sampler.steps < 1 || !(config.sampler.shift > 0)) return {};
  return sigma_table(SigmaRule::uniform, config.sampler.steps, config.sampler.shift);
}

QString wordsOf(const DraftChange& change) {
  return QString::fromStdString(change.key + " " + change.before + " → " + change.after);
}

}  // namespace

void ScheduleEditor::tell() {
  problems_ = draft_problems(config_, shown_);
  const QSignalBlocker scrub(scrub_), box(shown_box_);
  const int last = std::max({base_.run.iterations - 1, iteration_, shown_});
  scrub_->setMaximum(last);
  shown_box_->setMaximum(last);
  scrub_->setValue(shown_);
  shown_box_->setValue(shown_);
  keys_->setConfig(config_, base_);
  showDrawing();
  showCost();
  showStarts();
  showProblems();
  showFoot();
  Q_EMIT draftChanged(problems_.empty(), static_cast<int>(draft_changes(base_, config_).size()));
}

void ScheduleEditor::showDrawing() {
  const TreeSchedule schedule = drawing();
  const std::vector<double> sigmas = sigmasOf(config_);
  std::vector<int> bad;
  for (const ScheduleProblem& problem : problems_)
    if (problem.step >= 0) bad.push_back(problem.step);
  lanes_->setSchedule(schedule, sigmas, bad);
  table_->sheet()->setSheet({schedule, drawn_schedule(base_, shown_), sigmas, problems_});
}

void ScheduleEditor::showCost() {
  ScheduleCost cost;
  cost.schedule = run_schedule(config_, shown_);
  cost.valid = problems_.empty();
  if (cost.valid) {
    cost.counts = counts(cost.schedule);
    cost.flat = flat_counts(cost.schedule);
    cost.iteration = estimate(config_, cost.counts, figures_);
    cost.expected_run = expected_nfe(base_);
    cost.expected_drawn = expected_nfe(config_);
    cost.methods = compared_methods(base_, config_, shown_);
  }
  cost.measured = measured_;
  cost.predicted = predicted_;
  cost_->setCost(std::move(cost));
}

// Past starts are the run's, coming ones the draft's.
void ScheduleEditor::showStarts() {
  StartsPlot plot;
  plot.run = window_starts(base_);
  plot.drawn = window_starts(config_);
  plot.live_iteration = iteration_;
  plot.shown_iteration = shown_;
  const std::vector<int> start = starts_of_iterations(config_, shown_, 1);
  plot.shown_start = start.empty() ? -1 : start.front();
  const int middle = std::max(shown_, iteration_);
  const bool past = !plot.run.empty();
  plot.first_iteration =
      past ? std::max(0, std::min(shown_, middle - iterations_before)) : iteration_ + 1;
  const int known = past ? std::max(0, iteration_ + 1 - plot.first_iteration) : 0;
  plot.starts = starts_of_iterations(base_, plot.first_iteration, known);
  const int to_come = std::max(1, iterations_shown - known);
  for (const int coming : starts_of_iterations(config_, plot.first_iteration + known, to_come))
    plot.starts.push_back(coming);
  starts_->setPlot(std::move(plot));
}

// The problem of the current cell if that has one, else the first; without problems what may
// surprise.
void ScheduleEditor::showProblems() {
  if (problems_.empty()) {
    const std::vector<std::string> notes = draft_notes(base_, config_, shown_);
    return sayOfDraft(notes.empty() ? QString() : "⚠ " + QString::fromStdString(notes.front()),
                      "warning", notes.size());
  }
  const QModelIndex cell = table_->currentIndex();
  QString words = cell.data(ScheduleModel::problem_role).toString();
  if (words.isEmpty()) words = QString::fromStdString(problems_.front().sentence);
  sayOfDraft("✕ " + words, "error", problems_.size());
}

void ScheduleEditor::sayOfDraft(const QString& words, const char* tone, std::size_t of) {
  problem_->setVisible(!words.isEmpty());
  problem_->setText(of > 1 ? tr("%1 (and %2 more)").arg(words).arg(of - 1) : words);
  if (problem_->property("tone") == tone) return;
  problem_->setProperty("tone", tone);
  problem_->style()->unpolish(problem_);
  problem_->style()->polish(problem_);
}

void ScheduleEditor::showFoot() {
  const std::vector<DraftChange> changes = draft_changes(base_, config_);
  const int count = static_cast<int>(changes.size());
  discard_->setEnabled(count > 0 || pending_ > 0);
  apply_->setEnabled(count > 0 && problems_.empty());
  apply_->setText(tr("&Apply at iteration %1").arg(iteration_ + 1));
  QStringList words;
  for (std::size_t at = 0; at < std::min(most_words, changes.size()); ++at)
    words.push_back(wordsOf(changes[at]));
  if (changes.size() > most_words) words.push_back(tr("…"));
  QStringList all;
  for (const DraftChange& change : changes) all.push_back(wordsOf(change));
  change_words_->setToolTip(all.join("\n"));
  if (count == 0 && pending_ > 0) {
    changes_->setText(tr("%1 changes wait for iteration %2").arg(pending_).arg(iteration_ + 1));
    return change_words_->clear();
  }
  changes_->setText(count == 0   ? tr("No changes")
                    : count == 1 ? tr("□ 1 change pending")
                                 : tr("□ %1 changes pending").arg(count));
  change_words_->setText(!problems_.empty() && count > 0 ? tr("They cannot be applied: see above.")
                         : count > 0
                             ? words.join(", ") + tr(". A checkpoint is written before they apply.")
                             : QString());
}

}  // namespace treegrpo
