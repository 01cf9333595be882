// `treegrpo evaluate`: held-out scores of a model file or of a run's checkpoint.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/score_tables.h"
#include "cli/terminal.h"
#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string model;
  std::string run;
  std::string store;
  std::optional<std::int32_t> checkpoint;
  std::string prompts;
  ConfigOptions config;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  CLI::Option* model = command.add_option("--model", options.model, "Model file (safetensors)");
  CLI::Option* run = command.add_option("--run", options.run, "Id or name of a run");
  run->excludes(model);
  command
      .add_option("--checkpoint", options.checkpoint,
                  "Checkpoint of the run: iterations done (default: the last)")
      ->needs(run);
  add_store_option(command, options.store);
  command.add_option("--prompts", options.prompts,
                     "File with a prompt a line, all of them used (default: prompts.held_out)");
  command.add_option("--config", options.config.file,
                     "Config file (default: that of the run, else every key's default)");
  add_sets(command, options.config);
  command.add_flag("--json", options.json, "One JSON object with the keys of an evaluation event");
  command.footer(
      "Examples:\n  treegrpo evaluate --run demo-1\n"
      "  treegrpo evaluate --run demo-1 --checkpoint 40 --json\n"
      "  treegrpo evaluate --model resources/models/tiny.safetensors --set model.guidance_scale=2");
}

// What is evaluated; run and iterations only where it is a run's.
struct Subject {
  ModelFiles model;
  RunConfig config;
  std::optional<RunSummary> run;
  std::int32_t iterations = 0;
};

Subject subject_of_run(const Options& options, Workbench& workbench) {
  Subject subject;
  subject.run = workbench.find_run(options.run);
  const RunId run = subject.run->run;
  subject.iterations = workbench.checkpoint(run, options.checkpoint).iterations;
  subject.model = workbench.model_of(run, subject.iterations);
  subject.config = workbench.readable_config(run, workbench.config(run, subject.iterations));
  return subject;
}

Subject subject_of(const Options& options, Workbench& workbench) {
  Subject subject;
  if (!options.run.empty())
    subject = subject_of_run(options, workbench);
  else
    subject.model.model = options.model;
  const std::string fingerprint = subject.config.model.fingerprint;
  if (!options.config.file.empty()) subject.config = load_config(options.config.file);
  // Of the file that is named here, not of the one that a config was made for.
  subject.config.model.fingerprint = fingerprint;
  if (!options.prompts.empty()) {
    subject.config.prompts.held_out = options.prompts;
    set_field(subject.config, "evaluation.prompts=100000");
  }
  for (const std::string& set : options.config.sets) set_field(subject.config, set);
  return subject;
}

std::string heading(const Options& options, const Subject& subject) {
  if (!subject.run) return "Held-out scores of " + options.model + "\n";
  return fmt::format("Held-out scores of run {} '{}' after {} iterations\n", subject.run->run.value,
                     subject.run->name, subject.iterations);
}

Json evaluation_json(const Subject& subject, const EvaluationRecord& record) {
  const RunId run = subject.run ? subject.run->run : RunId{};
  Json object =
      *event_json(run, EvaluationFinished{std::make_shared<const EvaluationRecord>(record)});
  if (!subject.run) object["run"] = object["iteration"] = nullptr;
  return object;
}

int work(const Options& options) {
  if (options.model.empty() && options.run.empty())
    throw Error("evaluate needs --model FILE or --run RUN", ErrorKind::usage);
  Workbench workbench = open_workbench(options.store);
  const Subject subject = subject_of(options, workbench);
  const auto evaluate = [&] {
    return workbench.evaluate({.model = subject.model, .config = subject.config});
  };
  EvaluationRecord record =
      options.config.file.empty() ? evaluate() : with_places(options.config, evaluate);
  record.iteration = subject.iterations;
  if (options.json)
    print_line(evaluation_json(subject, record));
  else
    print_text(heading(options, subject) + evaluation_table(record));
  return exit_done;
}

}  // namespace

void add_evaluate(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "evaluate",
                       "Scores a model or a run's checkpoint on held-out prompts", declare, work);
}

}  // namespace treegrpo::cli
