// `treegrpo train`: one run of a config, told line by line.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/interrupt.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/score_tables.h"
#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

struct Options {
  ConfigOptions config;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_config_file(command, options.config);
  add_store_option(command, options.store);
  add_run_options(command, options.config);
  command.add_option("--iterations", options.config.iterations,
                     "Iterations in total (run.iterations)");
  add_sets(command, options.config);
  command.add_flag("--json", options.json, "Events as one JSON object a line");
  command.footer(
      "Examples:\n"
      "  treegrpo train experiments/tiny/treegrpo.toml\n"
      "  treegrpo train experiments/tiny/treegrpo.toml --name w4 --set method.window=4 \\\n"
      "      --set optimizer.learning_rate=1e-4 --iterations 50 --json\n"
      "Ctrl+C ends the run at the next safe point with a checkpoint; once more ends it at once.");
}

// Events as JSON lines; what the contract has no event for goes to stderr. When nobody reads them
// any more the run is stopped, with its checkpoint.
class JsonListener {
 public:
  explicit JsonListener(RunControl& control) : control_(control) {}

  void operator()(RunId run, const Event& event) {
    if (const auto* finished = std::get_if<IterationFinished>(&event))
      iterations_ = finished->record->iteration + 1;
    if (const auto* warning = std::get_if<Warning>(&event)) note(warning->sentence);
    auto object = event_json(run, event);
    if (!object) return;
    if (std::holds_alternative<RunFailed>(event)) (*object)["iterations"] = iterations_;
    if (!failure_) print(*object);
  }

  // Why a line could not be written, if one could not.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  void print(const Json& object) {
    try {
      print_line(object);
    } catch (const Error& error) {
      failure_ = error;
      if (control_.stops_asked() == 0) control_.stop();
    }
  }

  RunControl& control_;
  std::optional<Error> failure_;
  std::int32_t iterations_ = 0;
};

// Events for people.
class TextListener {
 public:
  explicit TextListener(std::int32_t iterations) : planned_(iterations) {}

  void operator()(RunId run, const Event& event) {
    if (const auto* started = std::get_if<RunStarted>(&event)) tell(run, *started);
    if (const auto* finished = std::get_if<IterationFinished>(&event)) tell(*finished->record);
    if (const auto* evaluated = std::get_if<EvaluationFinished>(&event)) tell(*evaluated->record);
    if (const auto* written = std::get_if<CheckpointWritten>(&event)) tell(*written);
    if (const auto* warning = std::get_if<Warning>(&event)) tell(*warning);
    if (const auto* ended = std::get_if<RunFinished>(&event)) tell(*ended);
  }

 private:
  void tell(RunId run, const RunStarted& started) {
    print(fmt::format("Run {} '{}': {}, seed {}, {}, {} threads\n", run.value, started.name,
                      started.method, started.seed, started.device, started.threads));
  }
  void tell(const IterationRecord& record) {
    seconds_ += record.seconds.total;
    ++seen_;
    const std::int32_t done = record.iteration + 1;
    const double rate = seen_ / std::max(seconds_, 1e-9);
    line_.show(fmt::format("iteration {} of {}  reward {}  {} it/s  {} left", done, planned_,
                           decimal(record.reward), decimal(rate, 2),
                           duration((planned_ - done) / rate)));
  }
  void tell(const EvaluationRecord& record) {
    print(fmt::format("Held-out scores after {} iterations\n{}", record.iteration,
                      evaluation_table(record)));
  }
  void tell(const CheckpointWritten& written) { print("Checkpoint " + written.path + "\n"); }
  void tell(const Warning& warning) {
    line_.clear();
    note(warning.sentence);
  }
  void tell(const RunFinished& finished) {
    print(fmt::format("{} after {} iterations\n",
                      finished.status == RunStatus::finished ? "Finished" : "Stopped",
                      finished.iterations));
  }
  void print(const std::string& text) {
    line_.clear();
    fmt::print("{}", text);
    std::fflush(stdout);
  }

  std::int32_t planned_;
  int seen_ = 0;
  double seconds_ = 0;
  ProgressLine line_;
};

int work(const Options& options) {
  const RunConfig config = config_of(options.config);
  Workbench workbench = open_workbench(options.store);
  RunControl control;
  const StopOnSignal stop(control);

  RunId run;
  JsonListener json(control);
  TextListener text(config.run.iterations);
  const auto listener = [&](RunId id, const Event& event) {
    run = id;
    options.json ? json(id, event) : text(id, event);
  };
  const TrainResult result =
      with_places(options.config, [&] { return workbench.train(config, control, listener); });
  if (json.failure()) throw *json.failure();
  if (result.status == RunStatus::finished) return exit_done;
  if (!workbench.checkpoints(run).empty()) return exit_interrupted;
  throw Error("stopped at once, before a checkpoint was written; the finished iterations are in " +
              workbench.store().string());
}

}  // namespace

void add_train(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "train", "Trains a model by reinforcement learning", declare,
                       work);
}

}  // namespace treegrpo::cli
