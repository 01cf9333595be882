// `treegrpo schedule`: what a config's trees look like and cost, before anything runs.
#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/json_output.h"
#include "cli/terminal.h"
#include "workbench/schedule_preview.h"

namespace treegrpo::cli {
namespace {

struct Options {
  ConfigOptions config;
  std::int32_t iteration = 0;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_config_file(command, options.config);
  command.add_option("--iteration", options.iteration, "Iteration, from 0 (default: 0)")
      ->check(CLI::Range(0, 1'000'000'000));
  add_sets(command, options.config);
  command.add_flag("--json", options.json, "One JSON object");
  command.footer(
      "Examples:\n  treegrpo schedule experiments/tiny/treegrpo.toml\n"
      "  treegrpo schedule experiments/tiny/treegrpo.toml --iteration 7 --set method.window=4");
}

void print_table(const SchedulePreview& preview) {
  const auto& counts = preview.counts;
  fmt::print("Iteration {}, per prompt: {} {}, {} leaves\n", preview.iteration,
             preview.schedule.roots, preview.schedule.roots == 1 ? "root" : "roots", counts.leaves);
  fmt::print("  sampling predicts {} latents, training {} parents of {} edges; {} rows in all\n",
             counts.nfe, counts.trained_passes, counts.trained_edges, preview.forward_passes);
  fmt::print("{:>6}{:>8}{:>8}{:>8}{:>8}  {}\n", "step", "sigma", "next", "branch", "noise", "");
  for (std::size_t step = 0; step < preview.schedule.steps.size(); ++step) {
    const StepPlan& plan = preview.schedule.steps[step];
    const char* kind = plan.train ? "trains" : plan.noise_level > 0 ? "noisy" : "ODE";
    fmt::print("{:>6}{:>8}{:>8}{:>8}{:>8}  {}\n", step, decimal(preview.sigmas[step]),
               decimal(preview.sigmas[step + 1]), plan.branch, decimal(plan.noise_level), kind);
  }
}

// The schedule over the training, if it changes.
void print_spans(const std::vector<SpanCost>& spans) {
  if (spans.size() < 2) return;
  fmt::print("\n{:>12}{:>8}{:>9}  {}\n", "iterations", "leaves", "latents", "a prompt, on average");
  for (const SpanCost& cost : spans)
    fmt::print("{:>12}{:>8}{:>9}\n", fmt::format("{}–{}", cost.span.first, cost.span.end - 1),
               cost.counts.leaves, decimal(cost.expected_nfe));
  fmt::print("{:>12}{:>8}{:>9}\n", "all", "", decimal(expected_nfe_of_run(spans)));
}

int work(const Options& options) {
  const RunConfig config = config_of(options.config);
  const SchedulePreview preview =
      with_places(options.config, [&] { return preview_schedule(config, options.iteration); });
  if (options.json)
    print_line(schedule_json(preview));
  else {
    print_table(preview);
    print_spans(preview.spans);
  }
  return exit_done;
}

}  // namespace

void add_schedule(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "schedule", "Shows the trees a config grows, and their cost",
                       declare, work);
}

}  // namespace treegrpo::cli
