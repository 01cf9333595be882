// One method ready to train: model, optimiser and trainer, with nobody listening.
#pragma once

#include <filesystem>

#include "record/iteration_record.h"
#include "train/run_setup.h"
#include "train/trainer.h"

namespace treegrpo::bench {

// Not movable: the trainer refers to its neighbours.
class MethodRun {
 public:
  // model: a file, such as resources/models/tiny.safetensors.
  MethodRun(const RunConfig& config, const std::filesystem::path& model);
  MethodRun(const MethodRun&) = delete;

  // Trains one iteration and tells what it came to, its seconds by phase among it. cpu_seconds: of
  // all threads of the process.
  struct Timed {
    IterationRecord record;
    double cpu_seconds = 0;
  };
  Timed iterate(std::int32_t iteration);

  const RunConfig& config() const { return config_; }
  const RunSetup& setup() const { return setup_; }

 private:
  RunConfig config_;
  RunSetup setup_;
  AdamW optimizer_;
  CommandPoll commands_{{}, nullptr};
  RunHooks hooks_;
  IterationRecord last_;
  Trainer trainer_;
};

// Of all threads of this process, so far.
double process_cpu_seconds();

}  // namespace treegrpo::bench
