// What an iteration costs, as JSON on stdout; tests/bench/run.sh makes the page of it.
//
//   bench_iteration [--threads N] [--rounds N] [--part methods|sampling|store|peak|series]...
//                   [--method NAME]... [--reward NAME]
//   bench_iteration --part reference: what another implementation of the same is checked against
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/error.h"
#include "base/machine.h"
#include "base/paths.h"
#include "bench/blas_check.h"
#include "bench/iteration_cost.h"
#include "bench/method_run.h"
#include "bench/peak_memory.h"
#include "bench/reference.h"
#include "bench/sampling_cost.h"
#include "bench/store_cost.h"
#include "engine/library_environment.h"
#include "train/iteration_summary.h"
#include "workbench/provenance.h"

namespace {

using namespace treegrpo;
using namespace treegrpo::bench;
using Json = nlohmann::ordered_json;

struct Options {
  int threads = 0;
  int rounds = 5;
  std::vector<std::string> parts;
  std::vector<std::string> methods;
  std::string reward;
  std::string peak_of;

  bool wants(const std::string& part) const {
    return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
  }
};

// Those asked for; all if none is.
std::vector<Case> wanted_methods(const Options& options) {
  std::vector<Case> cases = methods(options.threads);
  if (!options.methods.empty())
    std::erase_if(cases, [&](const Case& each) {
      return std::ranges::find(options.methods, each.name) == options.methods.end();
    });
  if (!options.reward.empty())
    for (Case& each : cases) each.config.reward = {{.name = options.reward}};
  if (cases.empty()) throw Error("none of these methods is measured here");
  return cases;
}

Json machine(const Options& options) {
  return {{"made", utc_now()},
          {"commit", program_commit()},
          {"cpu", processor_name()},
          {"threads", thread_count(options.threads)},
          {"wait_policy", wait_policy()},
          {"torch", TREEGRPO_TORCH_VERSION}};
}

Json measure(const Options& options) {
  const std::filesystem::path model = resource_path("models/tiny.safetensors");
  const std::vector<Case> cases = wanted_methods(options);
  Json json{{"machine", machine(options)}};
  if (options.wants("methods")) json["iteration"] = method_costs(cases, model, options.rounds);
  if (options.wants("sampling")) json["sampling"] = sampling_costs(cases, model, options.rounds);
  if (options.wants("store"))
    json.update(store_cost(cases.front().config, model, 4 * options.rounds + 2));
  if (options.wants("peak")) json.update(peak_memory(cases, options.threads));
  if (options.wants("series"))
    json["series"] = series_costs(series(options.threads), model, (options.rounds + 1) / 2);
  // For another implementation of the same, so only where it is asked for.
  if (!options.parts.empty() && options.wants("reference"))
    json.update(reference(cases.front().config, model));
  return json;
}

// Highest resident memory of this process once a method has trained.
std::int64_t peak_of(const Options& options) {
  Options one = options;
  one.methods = {options.peak_of};
  MethodRun run(wanted_methods(one).front().config, resource_path("models/tiny.safetensors"));
  for (const std::int32_t iteration : {0, 1}) run.iterate(iteration);
  return peak_resident_bytes();
}

// libgomp has read the environment before main: set, and begin again.
void restart_with_library_environment(char** arguments) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  set_library_environment();
  execv("/proc/self/exe", arguments);
}

}  // namespace

int main(int argc, char** argv) {
  restart_with_library_environment(argv);
  Options options;
  CLI::App app("What an iteration of each method costs, as JSON.");
  app.add_option("--threads", options.threads, "compute threads; 0: the machine's cores");
  app.add_option("--rounds", options.rounds, "repeats of everything")->check(CLI::Range(1, 1000));
  app.add_option("--part", options.parts, "only these parts")
      ->check(CLI::IsMember({"methods", "sampling", "store", "peak", "series", "reference"}));
  app.add_option("--method", options.methods, "only these methods; ratios are to the first");
  app.add_option("--reward", options.reward, "another reward than the task's");
  app.add_option("--peak-of", options.peak_of, "print the peak memory of one method");
  CLI11_PARSE(app, argc, argv);
  try {
    check_blas();
    if (options.peak_of.empty())
      std::puts(measure(options).dump(1).c_str());
    else
      std::printf("%lld\n", static_cast<long long>(peak_of(options)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_iteration: %s\n", error.what());
    return 1;
  }
  return 0;
}
