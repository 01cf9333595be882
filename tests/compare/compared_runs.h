// Runs to compare, made up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compare/comparison.h"

namespace treegrpo::test {

// A run with that reward in each of its iterations, each of 100 evaluations, 2 s and 27 images.
inline ComparedRun compared_run(const std::string& name, const std::string& method,
                                std::uint64_t seed, const std::vector<double>& rewards) {
  ComparedRun run{.name = name, .config = {}, .changes = {}, .scalars = {}};
  run.config.run.name = name;
  run.config.run.seed = seed;
  run.config.method.name = method;
  for (const double reward : rewards) {
    IterationRecord record;
    record.iteration = static_cast<std::int32_t>(run.scalars.iterations.size());
    record.reward = reward;
    record.reward_by_name = {{"scene", reward / 2}};
    record.nfe = 100;
    record.leaves = 27;
    record.seconds.total = 2;
    run.scalars.iterations.push_back(record);
  }
  return run;
}

}  // namespace treegrpo::test
