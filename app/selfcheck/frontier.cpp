#include "selfcheck/frontier.h"

#include <ATen/ATen.h>

#include <utility>

#include "sampler/noise.h"

namespace treegrpo::selfcheck {
namespace {

std::vector<NoiseCounter> counters_of(std::uint64_t seed, std::int64_t count) {
  std::vector<NoiseCounter> counters;
  for (std::int64_t i = 0; i < count; ++i)
    counters.push_back(noise_counter({.seed = seed, .tree = static_cast<std::uint32_t>(i)}));
  return counters;
}

}  // namespace

std::vector<StepCase> step_cases() {
  struct Kind {
    const char* name;
    StepKind kind;
    double noise_level;
  };
  std::vector<StepCase> cases;
  for (const Kind& each :
       {Kind{"flow_sde", StepKind::flow_sde, .7}, Kind{"dance_sde", StepKind::dance_sde, .3},
        Kind{"cps", StepKind::cps, .8}, Kind{"ddim", StepKind::ddim, 1},
        Kind{"ode", StepKind::ode, 0}})
    for (const int step : {0, 1, 4, 8}) {
      if (each.kind == StepKind::ddim && step == 0) continue;  // sigma 1 is not defined there
      const StepSigmas sigmas{1 - step / 10., .9 - step / 10., .9};
      cases.push_back({std::string(each.name) + " step " + std::to_string(step), each.kind, sigmas,
                       each.noise_level});
    }
  return cases;
}

StepRequest Frontier::request(const StepCase& step, const at::Device& device) const {
  StepRequest request{.kind = step.kind,
                      .sigmas = step.sigmas,
                      .noise_level = step.noise_level,
                      .branch = branch,
                      .prediction = prediction.to(device),
                      .x = x.to(device)};
  if (step.noise_level > 0) request.counters = counters;
  return request;
}

Frontier make_frontier(std::int64_t parents, int branch, std::vector<std::int64_t> shape) {
  Frontier frontier;
  frontier.shape = std::move(shape);
  frontier.branch = branch;
  frontier.x = normal_noise(counters_of(1, parents), frontier.shape);
  frontier.prediction = normal_noise(counters_of(2, parents), frontier.shape);
  frontier.counters = counters_of(3, parents * branch);
  return frontier;
}

}  // namespace treegrpo::selfcheck
