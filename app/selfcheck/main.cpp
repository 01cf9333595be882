// treegrpo-selfcheck: whether this machine computes what it should, and how fast. One JSON object
// on stdout, progress on stderr. Exit 0 if no check failed, 1 if one did, 2 on wrong usage.
#include <ATen/Parallel.h>
#include <torch/headeronly/version.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>

#include "base/error.h"
#include "cuda/cuda_device.h"
#include "cuda/fused_step.h"
#include "selfcheck/check.h"
#include "selfcheck/timings.h"
#include "train/compute_device.h"
#include "train/engine_guard.h"

using namespace treegrpo;
using namespace treegrpo::selfcheck;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* usage =
    "usage: treegrpo-selfcheck [--require-gpu] [--no-timings] [--repeats N]\n"
    "Checks the engine on this machine, CPU against GPU where there is one, and times it.\n"
    "  --require-gpu  a check that is skipped for want of a GPU has failed\n"
    "  --no-timings   checks only\n"
    "  --repeats N    of each timing, 1 to 1000; 5 if not given\n";

struct Options {
  bool require_gpu = false;
  bool timings = true;
  int repeats = 5;
  bool help = false;
};

// Throws Error on what it does not know.
Options options_of(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--require-gpu") {
      options.require_gpu = true;
    } else if (argument == "--no-timings") {
      options.timings = false;
    } else if (argument == "--help" || argument == "-h") {
      options.help = true;
    } else if (argument == "--repeats" && i + 1 < count) {
      const char* text = arguments[++i];
      const char* end = text + std::strlen(text);
      const auto [stopped, failure] = std::from_chars(text, end, options.repeats);
      if (failure != std::errc() || stopped != end || options.repeats < 1 || options.repeats > 1000)
        throw Error("--repeats is a number from 1 to 1000, found '" + std::string(text) + "'");
    } else {
      throw Error("'" + argument + "' is no option of this program, or lacks its number");
    }
  }
  return options;
}

Json described(const Machine& machine) {
  Json devices = Json::array();
  for (const DeviceInfo& device : compute_devices())
    devices.push_back(
        {{"kind", device.kind}, {"name", device.name}, {"memory_bytes", device.memory_bytes}});
  std::size_t gpu = 0;
  const auto named = cuda_devices();
  for (Json& device : devices)
    if (device["kind"] == "cuda" && gpu < named.size())
      device["capability"] = named[gpu++].capability;
  Json json = {{"program", "treegrpo-selfcheck"},
               {"libtorch", TORCH_VERSION},
               {"cuda_kernels", has_cuda_kernels()},
               {"threads", at::get_num_threads()},
               {"devices", devices}};
  if (!machine.gpu) json["no_gpu"] = machine.why_no_gpu;
  return json;
}

const char* name_of(Outcome outcome) {
  if (outcome == Outcome::skipped) return "skipped";
  return outcome == Outcome::passed ? "passed" : "failed";
}

Json json_of(const Check& check, const Report& report) {
  Json json = {
      {"name", check.name}, {"outcome", name_of(report.outcome)}, {"asks", check.sentence}};
  if (!report.reason.empty()) json["reason"] = report.reason;
  if (!report.numbers.empty()) json["numbers"] = report.numbers;
  return json;
}

// True if no check failed.
bool add_checks(const Machine& machine, bool require_gpu, Json& json) {
  json["checks"] = Json::array();
  bool passed = true;
  for (const Check& check : checks()) {
    Report report = run_check(check, machine);
    if (require_gpu && report.outcome == Outcome::skipped) report.outcome = Outcome::failed;
    std::fprintf(stderr, "%-12s %s %s\n", check.name, name_of(report.outcome),
                 report.reason.c_str());
    passed = passed && report.outcome != Outcome::failed;
    json["checks"].push_back(json_of(check, report));
  }
  return passed;
}

bool self_check(const Options& options) {
  const Machine machine = this_machine();
  Json json = described(machine);
  const bool passed = add_checks(machine, options.require_gpu, json);
  if (options.timings) {
    std::fprintf(stderr, "timing, %d repeats\n", options.repeats);
    json["timings"] = timings(machine, options.repeats);
  }
  json["passed"] = passed;
  std::printf("%s\n", json.dump(2).c_str());
  return passed;
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  try {
    options = options_of(count, arguments);
  } catch (const Error& error) {
    std::fprintf(stderr, "treegrpo-selfcheck: %s\n%s", error.what(), usage);
    return 2;
  }
  if (options.help) {
    std::fputs(usage, stdout);
    return 0;
  }
  try {
    return guarded([&] { return self_check(options); }) ? 0 : 1;
  } catch (const Error& error) {
    std::fprintf(stderr, "treegrpo-selfcheck: %s\n", error.what());
    return 1;
  }
}
