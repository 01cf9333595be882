#include "workbench/provenance.h"

#include <algorithm>

#include "base/machine.h"
#include "engine/library_environment.h"

namespace treegrpo {
namespace {

std::string best_device(const Engine& engine) {
  const auto devices = engine.devices();
  const bool has_cuda = std::any_of(devices.begin(), devices.end(),
                                    [](const DeviceInfo& device) { return device.kind == "cuda"; });
  return has_cuda ? "cuda" : "cpu";
}

std::string told(const RunProvenance& made) {
  const std::string commit = made.commit.empty() ? "" : " (" + made.commit + ")";
  return "version " + made.version + commit + " with LibTorch " + made.torch + " on " + made.cpu;
}

}  // namespace

std::string program_version() { return TREEGRPO_VERSION; }
std::string program_commit() { return TREEGRPO_COMMIT; }

RunConfig resolved_for_machine(RunConfig config, const Engine& engine) {
  config.run.threads = thread_count(config.run.threads);
  if (config.run.device == "auto") config.run.device = best_device(engine);
  return config;
}

RunProvenance provenance_of(const RunConfig& config, const Engine& engine) {
  return {.version = program_version(),
          .commit = program_commit(),
          .host = {},
          .cpu = processor_name(),
          .device = config.run.device,
          .torch = engine.torch_version(),
          .threads = config.run.threads,
          .wait_policy = wait_policy()};
}

std::string told_apart(const RunProvenance& there, const RunProvenance& here) {
  if (told(there) == told(here)) return {};
  return "the run was made by " + told(there) + " and goes on by " + told(here) +
         "; its numbers may differ a little from those it would have had there";
}

}  // namespace treegrpo
