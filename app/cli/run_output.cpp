#include "cli/run_output.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/probe_table.h"
#include "cli/score_tables.h"

namespace treegrpo::cli {
namespace {

std::string run_text(RunId run, const RunStarted& started) {
  return fmt::format("Run {} '{}': {}, seed {}, {}, {} threads", run.value, started.name,
                     started.method, started.seed, started.device, started.threads);
}

// How a stopped run goes on.
std::string way_on(const TrainResult& result, const RunSummary& run,
                   const std::vector<CheckpointRow>& checkpoints) {
  const std::string resume = "'treegrpo resume " + run.name + "' goes on ";
  const std::int32_t from = checkpoints.empty() ? 0 : checkpoints.back().iterations;
  if (!checkpoints.empty() && from >= result.iterations)
    return fmt::format("stopped after {} iterations, with a checkpoint; {}from there",
                       result.iterations, resume);
  return fmt::format(
      "stopped at once after {} iterations, without a checkpoint: an unfinished iteration is "
      "dropped; {}from iteration {}",
      result.iterations, resume, from);
}

}  // namespace

void RunOutput::tell(RunId run, const Event& event) {
  run_ = run;
  if (const auto* resumed = std::get_if<RunResumed>(&event)) iterations_ = resumed->iteration;
  if (const auto* finished = std::get_if<IterationFinished>(&event))
    iterations_ = finished->record->iteration + 1;
  if (const auto* warning = std::get_if<Warning>(&event)) {
    line_.clear();
    note(warning->sentence);
  }
  if (form_ == OutputForm::json) {
    tell_json(event);
    return;
  }
  if (const std::string text = text_of(event); !text.empty()) print(text);
  if (const auto* finished = std::get_if<IterationFinished>(&event))
    show_progress(*finished->record);
}

int RunOutput::end(const TrainResult& result, Workbench& workbench) {
  line_.clear();
  if (failure_) throw *failure_;
  if (result.status == RunStatus::finished) return exit_done;
  note(way_on(result, workbench.find_run(std::to_string(run_.value)), workbench.checkpoints(run_)));
  return exit_interrupted;
}

void RunOutput::tell_json(const Event& event) {
  auto object = event_json(run_, event);
  if (!object) return;
  if (std::holds_alternative<RunFailed>(event)) (*object)["iterations"] = iterations_;
  print(json_line(*object));
}

std::string RunOutput::text_of(const Event& event) const {
  if (const auto* started = std::get_if<RunStarted>(&event)) return run_text(run_, *started) + "\n";
  if (const auto* resumed = std::get_if<RunResumed>(&event))
    return run_text(run_, resumed->run) + fmt::format(", from iteration {}\n", resumed->iteration);
  if (const auto* evaluated = std::get_if<EvaluationFinished>(&event))
    return fmt::format("Held-out scores after {} iterations\n{}", evaluated->record->iteration,
                       evaluation_table(*evaluated->record));
  if (const auto* probed = std::get_if<ProbeFinished>(&event))
    return probe_line(*probed->record) + "\n";
  if (const auto* written = std::get_if<CheckpointWritten>(&event))
    return "Checkpoint " + written->path + "\n";
  if (const auto* change = std::get_if<ParameterChanged>(&event))
    return fmt::format("From iteration {} {} = {} (was {})\n", change->iteration, change->key,
                       change->new_value,
                       change->old_value.empty() ? "not set" : change->old_value);
  if (const auto* ended = std::get_if<RunFinished>(&event))
    return fmt::format("{} after {} iterations\n",
                       ended->status == RunStatus::finished ? "Finished" : "Stopped",
                       ended->iterations);
  return {};
}

void RunOutput::show_progress(const IterationRecord& record) {
  seconds_ += record.seconds.total;
  ++seen_;
  const double rate = seen_ / std::max(seconds_, 1e-9);
  line_.show(fmt::format("iteration {} of {}  reward {}  {} it/s  {} left", iterations_, planned_,
                         decimal(record.reward), decimal(rate, 2),
                         duration((planned_ - iterations_) / rate)));
}

void RunOutput::print(const std::string& text) {
  line_.clear();
  if (failure_) return;
  try {
    print_text(text);
  } catch (const Error& error) {
    failure_ = error;
    if (control_.stops_asked() == 0) control_.stop();
  }
}

}  // namespace treegrpo::cli
