// Runs of the fake engine that tests of the window watch.
#pragma once

#include <string>

#include "record/run_config.h"

namespace treegrpo::test {

inline constexpr int patience = 20000;  // milliseconds: machines may be busy

// Two prompts an iteration; without a name one is made.
inline RunConfig smallConfig(int iterations, const std::string& name = {}) {
  RunConfig config;
  config.run.name = name;
  config.run.iterations = iterations;
  config.prompts.per_iteration = 2;
  config.evaluation.prompts = 7;
  return config;
}

}  // namespace treegrpo::test
