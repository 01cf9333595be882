// `treegrpo demo`: the bundled model, a few minutes of TreeGRPO, and what it did to the pictures.
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/interrupt.h"
#include "cli/open_workbench.h"
#include "cli/score_tables.h"
#include "cli/terminal.h"
#include "image/codec.h"

namespace treegrpo::cli {
namespace {

struct Options {
  ConfigOptions config;
  std::string store;
  std::string sheet;
  double minutes = 3;
};

// More than any demonstration gets to: its end is the time.
constexpr int iterations_without_end = 1'000'000;

// Held-out prompts of the scores before and after, 120 a task: twice as exact as the run's own.
constexpr int reported_prompts = 840;

void declare(CLI::App& command, Options& options) {
  command.add_option("--minutes", options.minutes, "Minutes of training (default: 3)")
      ->check(CLI::Range(.01, 1e5));
  add_store_option(command, options.store);
  add_run_options(command, options.config);
  command.get_option("--name")->description(
      "Name of the run, unique in its store (default: demo-1, demo-2, …)");
  add_sets(command, options.config);
  command.add_option("--out", options.sheet,
                     "PNG file of the pictures before and after (default: beside the store)");
  command.footer(
      "Examples:\n  treegrpo demo\n  treegrpo demo --minutes 10 --seed 1\n"
      "Ctrl+C ends it at the next safe point; the run and its checkpoint stay in the store.");
}

ConfigOptions config_options(const Options& options) {
  ConfigOptions config = options.config;
  config.file = resource_path("experiments/tiny/treegrpo.toml").string();
  return config;
}

RunConfig demo_config(const ConfigOptions& options, Workbench& workbench) {
  RunConfig config = config_of(options);
  config.run.iterations = iterations_without_end;
  if (!options.name) config.run.name = workbench.free_name("demo");
  return config;
}

// Shows the progress line, remembers the scores and ends the training when its time is over.
class DemoListener {
 public:
  DemoListener(double budget_seconds, RunControl& control)
      : budget_seconds_(budget_seconds), control_(control) {}

  void operator()(RunId run, const Event& event) {
    run_ = run;
    if (const auto* started = std::get_if<RunStarted>(&event)) tell(*started);
    if (const auto* finished = std::get_if<IterationFinished>(&event)) tell(*finished->record);
    if (const auto* evaluated = std::get_if<EvaluationFinished>(&event))
      held_out_ = evaluated->record->reward;
    if (const auto* warning = std::get_if<Warning>(&event)) {
      line_.clear();
      note(warning->sentence);
    }
  }

  ProgressLine& line() { return line_; }
  RunId run() const { return run_; }
  double seconds() const { return seconds_; }

 private:
  void tell(const RunStarted& started) {
    fmt::print("Training the bundled model with {} for {:g} minutes: run '{}', {}, {} threads\n",
               started.method, budget_seconds_ / 60, started.name, started.device, started.threads);
    std::fflush(stdout);
    line_.show("scoring the held-out prompts before training …");
  }
  void tell(const IterationRecord& record) {
    seconds_ += record.seconds.total;
    ++iterations_;
    std::string text = fmt::format("iteration {}  reward {}  {} it/s  {} left", iterations_,
                                   decimal(record.reward), decimal(iterations_ / seconds_, 2),
                                   duration(budget_seconds_ - seconds_));
    if (held_out_) text += "  held-out " + decimal(*held_out_);
    line_.show(text);
    if (seconds_ >= budget_seconds_ && control_.stops_asked() == 0) control_.stop();
  }

  const double budget_seconds_;
  RunControl& control_;
  ProgressLine line_;
  RunId run_;
  int iterations_ = 0;
  double seconds_ = 0;
  std::optional<double> held_out_;  // the latest score
};

std::filesystem::path sheet_path(const Options& options, const Workbench& workbench,
                                 const std::string& run) {
  if (!options.sheet.empty()) return options.sheet;
  const auto folder = std::filesystem::absolute(workbench.store()).parent_path();
  return folder / (run + "-before-after.png");
}

ContactSheet sheet_of(Workbench& workbench, const BeforeAfter& pictures, const std::string& run,
                      std::int32_t iterations) {
  ContactSheet sheet = workbench.compare(pictures);
  sheet.title = fmt::format("TreeGRPO: {} iterations", iterations);
  sheet.subtitle = fmt::format("run {}; the same prompts from the same noise, none picked", run);
  return sheet;
}

int stopped_early(const TrainResult& result, const RunSummary& run) {
  note(
      fmt::format("stopped after {} iterations; run '{}' and its checkpoint are in the store, and "
                  "'treegrpo resume {} --iterations N' goes on with it",
                  result.iterations, run.name, run.name));
  return exit_interrupted;
}

void report(Workbench& workbench, const Options& options, DemoListener& listener,
            const RunSummary& run, std::int32_t iterations) {
  RunConfig config = workbench.config(run.run, iterations);
  const BeforeAfter pictures{.before = {.model = model_path(config), .weights = {}},
                             .after = workbench.model_of(run.run, {}),
                             .config = config};
  config.evaluation.prompts = reported_prompts;
  listener.line().show("scoring the held-out prompts before and after training …");
  const auto before = workbench.evaluate({.model = pictures.before, .config = config});
  const auto after = workbench.evaluate({.model = pictures.after, .config = config});
  listener.line().show("drawing the same prompts before and after …");
  const auto sheet = sheet_path(options, workbench, run.name);
  write_png(sheet, contact_sheet(sheet_of(workbench, pictures, run.name, iterations)));
  listener.line().clear();

  fmt::print("{} iterations in {}. Held-out scores ± their standard errors:\n{}", iterations,
             duration(listener.seconds()), before_after_table(before, after));
  fmt::print("{}\n\n", before_after_sentence(before, after));
  fmt::print("store     {}\npictures  {}\n", std::filesystem::absolute(workbench.store()).string(),
             sheet.string());
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  RunControl control;
  const StopOnSignal stop(control);
  DemoListener listener(60 * options.minutes, control);
  const ConfigOptions config = config_options(options);
  const TrainResult result = with_places(config, [&] {
    return workbench.train(demo_config(config, workbench), control,
                           [&](RunId run, const Event& event) { listener(run, event); });
  });
  listener.line().clear();
  const RunSummary run = workbench.find_run(std::to_string(listener.run().value));
  if (StopOnSignal::was_interrupted()) return stopped_early(result, run);
  StopOnSignal::end_at_once_from_now_on();
  report(workbench, options, listener, run, result.iterations);
  return exit_done;
}

}  // namespace

void add_demo(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "demo",
                       "Trains the bundled model for some minutes and shows what that did", declare,
                       work);
}

}  // namespace treegrpo::cli
