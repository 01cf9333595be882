#include "selfcheck/timings.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "base/clock.h"
#include "selfcheck/frontier.h"
#include "selfcheck/model_checks.h"
#include "selfcheck/tiny_run.h"
#include "train/compute_device.h"

namespace treegrpo::selfcheck {
namespace {

constexpr int prompts = 8;
constexpr std::int64_t forward_rows = 216;  // leaves of an iteration: 8 prompts of 27
constexpr int short_runs = 20;              // of a case of milliseconds, in one repeat

using Milliseconds = std::vector<std::pair<std::string, double>>;  // "" is the whole

// One thing to time; run() answers with the milliseconds of a call, whole or by phase.
struct Case {
  std::string name;
  at::Device device = at::Device(at::kCPU);
  std::function<Milliseconds()> run;
};

// The mean of `runs` calls, waiting for the device before and after.
Milliseconds timed(const at::Device& device, int runs, const std::function<void()>& work) {
  wait_for(device);
  const double start = monotonic_seconds();
  for (int i = 0; i < runs; ++i) work();
  wait_for(device);
  return {{"", 1e3 * (monotonic_seconds() - start) / runs}};
}

void add_steps(const at::Device& device, std::vector<Case>& cases) {
  struct Size {
    const char* name;
    std::int64_t parents;
    std::vector<std::int64_t> shape;
  };
  const StepCase step{"", StepKind::flow_sde, {.8, .7, .9}, .7};
  for (const Size& size : {Size{"72 parents of 8x8x8", 72, {8, 8, 8}},
                           Size{"9 parents of 16x64x64", 9, {16, 64, 64}}}) {
    const auto frontier =
        std::make_shared<const Frontier>(make_frontier(size.parents, 3, size.shape));
    const StepRequest request = frontier->request(step, device);
    for (const StepPath path : {StepPath::fused, StepPath::tensors}) {
      if (path == StepPath::fused && step_path(device) != path) continue;
      // The request points into the frontier.
      cases.push_back({std::string("step, 3 children of ") + size.name +
                           (path == StepPath::fused ? ", fused" : ", tensor operations"),
                       device, [frontier, request, path, device] {
                         return timed(device, short_runs, [&] { take_step(request, path); });
                       }});
    }
  }
}

void add_forwards(const Machine& machine, const at::Device& device, std::vector<Case>& cases) {
  for (const char* precision : {"fp32", "bf16"}) {
    const auto prediction = std::make_shared<const Prediction>(
        make_prediction(machine, device, precision_from_name(precision), forward_rows));
    const int runs = device.is_cuda() ? short_runs : 1;
    cases.push_back(
        {"network forward of " + std::to_string(forward_rows) + " rows, " + precision, device,
         [prediction, device, runs] { return timed(device, runs, [&] { prediction->make(); }); }});
  }
}

void add_iteration(const Machine& machine, const std::string& method, const std::string& precision,
                   const at::Device& device, std::vector<Case>& cases) {
  RunConfig config = tiny_config(method, device, prompts);
  config.run.precision = precision;
  const auto run = std::make_shared<TinyRun>(machine, config);
  cases.push_back({"iteration of " + method + ", " + precision, device, [run]() -> Milliseconds {
                     const PhaseSeconds seconds = run->iterate().seconds;
                     return {{"", 1e3 * seconds.total},
                             {"sample", 1e3 * seconds.sample},
                             {"decode", 1e3 * seconds.decode},
                             {"reward", 1e3 * seconds.reward},
                             {"train", 1e3 * seconds.train}};
                   }});
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// What the repeats of one case came to, part by part.
nlohmann::ordered_json summary(const Case& each, const std::vector<Milliseconds>& repeats) {
  nlohmann::ordered_json json = {{"name", each.name},
                                 {"device", each.device.is_cuda() ? "cuda" : "cpu"},
                                 {"repeats", repeats.size()}};
  for (std::size_t part = 0; part < repeats.front().size(); ++part) {
    std::vector<double> values;
    for (const Milliseconds& repeat : repeats) values.push_back(repeat[part].second);
    const std::string& phase = repeats.front()[part].first;
    if (phase.empty()) {
      json["median_ms"] = median(values);
      json["fastest_ms"] = *std::ranges::min_element(values);
      json["slowest_ms"] = *std::ranges::max_element(values);
    } else {
      json["median_ms_by_phase"][phase] = median(values);
    }
  }
  return json;
}

}  // namespace

nlohmann::ordered_json timings(const Machine& machine, int repeats) {
  std::vector<Case> cases;
  for (const at::Device& device : machine.devices()) {
    add_steps(device, cases);
    add_forwards(machine, device, cases);
    add_iteration(machine, "treegrpo", "fp32", device, cases);
    add_iteration(machine, "treegrpo", "bf16", device, cases);
    add_iteration(machine, "dancegrpo", "fp32", device, cases);
  }
  for (const Case& each : cases) each.run();  // what is slow the first time only
  std::vector<std::vector<Milliseconds>> found(cases.size());
  for (int repeat = 0; repeat < repeats; ++repeat)
    for (std::size_t i = 0; i < cases.size(); ++i) found[i].push_back(cases[i].run());
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < cases.size(); ++i) list.push_back(summary(cases[i], found[i]));
  return list;
}

}  // namespace treegrpo::selfcheck
