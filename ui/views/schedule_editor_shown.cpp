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

#include "canvas/number_text.h"
#include "tree/draft_changes.h"
#include "tree/method.h"
#include "tree/sigmas.h"
#include "views/schedule_cost_panel.h"
#include "views/schedule_editor.h"
#include "views/schedule_keyframes.h"
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

// What makes the schedule from a keyframe on, in a few words.
std::string wordsOf(const RunConfig& config) {
  const MethodSection& method = config.method;
  const Method& row = method_named(method.name);
  if (method.name == "custom") return "steps as drawn";
  if (!row.windowed) return std::string(row.title);
  const std::string rest =
      ", w " + std::to_string(method.window) +
      (method.name == "treegrpo" ? ", k " + std::to_string(method.branch) : std::string());
  const std::string start = std::to_string(method.window_start);
  if (method.window_rule == "fixed") return "fixed at " + start + rest;
  if (method.window_rule == "shifting")
    return "sliding from " + start + ", every " + std::to_string(method.shift_every) + rest;
  return "drawn, r " + fixedText(method.window_ratio, 2) + rest;
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
  keys_->setConfig(drawn(), ofRun());
  showDrawing();
  showCost();
  showStarts();
  showKeyframes();
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
    cost.expected_run = expected_nfe(base_, shown_);
    cost.expected_drawn = expected_nfe(config_, shown_);
    cost.changes_over_training =
        !config_.schedule.keyframe.empty() || !base_.schedule.keyframe.empty();
    cost.training_run = expected_nfe_of_run(span_costs(base_));
    cost.training_drawn = expected_nfe_of_run(span_costs(config_));
    cost.methods = compared_methods(ofRun(), drawn(), shown_);
  }
  cost.measured = measured_;
  cost.predicted = predicted_;
  cost_->setCost(std::move(cost));
}

// Past starts are the run's, coming ones the draft's.
void ScheduleEditor::showStarts() {
  StartsPlot plot;
  plot.run = window_starts(base_, shown_);
  plot.drawn = window_starts(config_, shown_);
  plot.live_iteration = iteration_;
  plot.shown_iteration = shown_;
  plot.shown_start = starts_of_iterations(config_, shown_, 1).front();
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

void ScheduleEditor::showKeyframes() {
  KeyframesPlot plot;
  plot.live_iteration = iteration_;
  plot.shown_iteration = shown_;
  for (const SpanCost& cost : span_costs(config_)) {
    const RunConfig then = config_at(config_, cost.span.first);
    plot.lanes.push_back({cost.span.first, cost.span.end,
                          fixedText(cost.expected_nfe, 0) + " NFE, " + wordsOf(then),
                          draft_of(then) != draft_of(config_at(base_, cost.span.first))});
  }
  keyframes_->setPlot(std::move(plot));
  const int next = newKeyframe();
  const auto held = keyframe_at(config_, next);
  add_keyframe_->setEnabled(!held || config_.schedule.keyframe[*held].iteration != next);
  add_keyframe_->setToolTip(tr("Adds a keyframe at iteration %1, from which on the schedule can be "
                               "another one.")
                                .arg(next));
  add_keyframe_->setAccessibleName(tr("Add a keyframe at iteration %1").arg(next));
  remove_keyframe_->setEnabled(keyframe_at(config_, shown_).has_value());
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
