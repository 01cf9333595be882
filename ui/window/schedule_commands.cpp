#include "window/schedule_commands.h"

#include <algorithm>

namespace treegrpo {
namespace {

double ratio(double of, double by) { return by > 0 ? of / by : no_value; }

// What this machine takes for a row, as the run's own iteration says.
MeasuredFigures figuresOf(const RunConfig& config, const IterationRecord& record,
                          const RunSummary& run) {
  MeasuredFigures figures = nothing_measured();
  const double guidance = config.model.guidance_scale == 1 ? 1 : 2;
  const double passes =
      std::max(1, config.objective.updates) * (config.model.train_guidance ? guidance : 1);
  figures.forward_seconds =
      ratio(record.seconds.sample, guidance * static_cast<double>(record.nfe));
  figures.train_seconds =
      ratio(record.seconds.train, passes * static_cast<double>(record.trained_passes));
  figures.thumbnail_bytes =
      ratio(static_cast<double>(run.image_bytes),
            static_cast<double>(run.iterations) * static_cast<double>(record.leaves));
  return figures;
}

}  // namespace

ScheduleCommands::ScheduleCommands(const Parts& parts) : QObject(parts.parent), parts_(parts) {
  connect(&parts_.history, &History::runRead, this, &ScheduleCommands::showRun);
  connect(&parts_.history, &History::changeAdded, this, &ScheduleCommands::showRun);
  connect(&parts_.history, &History::iterationAdded, this, &ScheduleCommands::refresh);
  connect(&parts_.session, &Session::warned, this, &ScheduleCommands::showPending);
  connect(&parts_.session, &Session::stateChanged, this, &ScheduleCommands::showPending);
  connect(&parts_.editor, &ScheduleEditor::applyAsked, this, &ScheduleCommands::apply);
  connect(&parts_.editor, &ScheduleEditor::discardAsked, this, [this] {
    parts_.session.discardEdits();
    showPending();
  });
}

void ScheduleCommands::refresh() {
  const std::vector<IterationRecord>& iterations = parts_.history.iterations();
  if (!iterations.empty() && parts_.editor.isVisible()) showCost(iterations.back());
  showRun();
}

void ScheduleCommands::showRun() {
  if (!parts_.editor.isVisible()) return;
  const std::vector<IterationRecord>& iterations = parts_.history.iterations();
  parts_.editor.setRun(parts_.history.config(),
                       iterations.empty() ? -1 : iterations.back().iteration);
  showPending();
}

void ScheduleCommands::showCost(const IterationRecord& record) {
  parts_.editor.setMeasured(figuresOf(parts_.history.config(), record, parts_.history.summary()),
                            {.iteration = record.iteration,
                             .nfe = static_cast<double>(record.nfe),
                             .trained_passes = static_cast<double>(record.trained_passes),
                             .seconds = record.seconds.sample + record.seconds.train});
}

void ScheduleCommands::showPending() { parts_.editor.setPending(parts_.session.pendingEdits()); }

// The trees of an iteration grow together, so the next tree is one of the next iteration.
void ScheduleCommands::apply(const QStringList& overrides) {
  const bool in_progress = parts_.session.state() != RunState::idle;
  if (!in_progress || parts_.session.run() != parts_.history.run())
    return Q_EMIT newRunAsked(parts_.editor.draft());
  parts_.session.discardEdits();  // what is drawn now says it all
  parts_.session.edit(overrides);
  showPending();
}

}  // namespace treegrpo
