#include "window/schedule_commands.h"

#include "workbench/measured_figures.h"

namespace treegrpo {

ScheduleCommands::ScheduleCommands(const Parts& parts) : QObject(parts.parent), parts_(parts) {
  connect(&parts_.history, &History::runRead, this, &ScheduleCommands::refresh);
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
  askForBytes();
  showCost();
  showRun();
  measureMemory();
}

void ScheduleCommands::showRun() {
  if (!parts_.editor.isVisible()) return;
  const std::vector<IterationRecord>& iterations = parts_.history.iterations();
  parts_.editor.setRun(parts_.history.config(),
                       iterations.empty() ? -1 : iterations.back().iteration);
  showPending();
}

void ScheduleCommands::showCost() {
  if (!parts_.editor.isVisible()) return;
  const std::vector<IterationRecord>& iterations = parts_.history.iterations();
  MeasuredFigures figures = measured_figures(parts_.history.config(), iterations, summary_);
  if (memory_ && memory_of_ == parts_.history.run()) figures.memory = *memory_;
  MeasuredIteration measured;
  if (!iterations.empty()) {
    const IterationRecord& record = iterations.back();
    measured = {.iteration = record.iteration,
                .nfe = static_cast<double>(record.nfe),
                .trained_passes = static_cast<double>(record.trained_passes),
                .seconds = record.seconds.sample + record.seconds.train,
                .peak_bytes = static_cast<double>(record.peak_bytes)};
  }
  parts_.editor.setMeasured(parts_.history.config(), figures, measured);
}

void ScheduleCommands::showPending() { parts_.editor.setPending(parts_.session.pendingEdits()); }

void ScheduleCommands::askForBytes() {
  const RunId run = parts_.history.run();
  if (summary_.run != run) {
    summary_ = parts_.history.summary();
    asked_at_ = summary_.iterations;
  }
  const auto iterations = static_cast<int>(parts_.history.iterations().size());
  if (!parts_.editor.isVisible() || iterations == 0 || asked_at_ > iterations / 2) return;
  asked_at_ = iterations;
  parts_.session.ask<RunSummary>(
      [run](Workbench& workbench) { return workbench.find_run(std::to_string(run.value)); }, this,
      [this](const RunSummary& summary) {
        if (summary.run != parts_.history.run()) return;
        summary_ = summary;
        showCost();
      });
}

void ScheduleCommands::measureMemory() {
  Session& session = parts_.session;
  if (!parts_.editor.isVisible() || !session.trainsHere() || session.computing() ||
      session.run() == memory_of_ || session.run() != parts_.history.run())
    return;
  memory_of_ = session.run();
  memory_.reset();
  session.compute<std::optional<MemoryFigures>>(
      {}, [](ModelWork& model, const Proceed&) { return model.memory(); }, this,
      [this](const std::optional<MemoryFigures>& figures) {
        memory_ = figures;
        showCost();
      },
      tr("Measure memory"));
}

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
