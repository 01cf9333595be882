#include "bench/method_run.h"

#include <ctime>

namespace treegrpo::bench {

MethodRun::MethodRun(const RunConfig& config, const std::filesystem::path& model)
    : config_(config),
      setup_(set_up_run({.model = model, .weights = {}}, config)),
      optimizer_(setup_.policy->parameters(Weights::current), optimizer_options(config)),
      trainer_({.policy = *setup_.policy,
                .optimizer = optimizer_,
                .prompts = setup_.prompts,
                .rewards = setup_.rewards,
                .commands = commands_,
                .hooks = hooks_},
               config_) {
  hooks_.iteration_finished = [this](IterationRecord& record, std::vector<TreeRecord>&&) {
    last_ = record;
  };
}

MethodRun::Timed MethodRun::iterate(std::int32_t iteration) {
  const double start = process_cpu_seconds();
  trainer_.iterate(iteration);
  return {.record = last_, .cpu_seconds = process_cpu_seconds() - start};
}

double process_cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace treegrpo::bench
