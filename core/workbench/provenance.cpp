#include "workbench/provenance.h"

#include <algorithm>
#include <fstream>
#include <thread>

namespace treegrpo {
namespace {

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t colon = line.find(": ");
    return colon == std::string::npos ? "" : line.substr(colon + 2);
  }
  return {};
}

int usable_cores() {
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(cores, 1, 16);
}

std::string best_device(const Engine& engine) {
  const auto devices = engine.devices();
  const bool has_cuda = std::any_of(devices.begin(), devices.end(),
                                    [](const DeviceInfo& device) { return device.kind == "cuda"; });
  return has_cuda ? "cuda" : "cpu";
}

}  // namespace

std::string program_version() { return TREEGRPO_VERSION; }
std::string program_commit() { return TREEGRPO_COMMIT; }

RunConfig resolved_for_machine(RunConfig config, const Engine& engine) {
  if (config.run.threads == 0) config.run.threads = usable_cores();
  if (config.run.device == "auto") config.run.device = best_device(engine);
  return config;
}

RunProvenance provenance_of(const RunConfig& config, const Engine& engine) {
  return {.version = program_version(),
          .commit = program_commit(),
          .host = {},
          .cpu = cpu_name(),
          .device = config.run.device,
          .torch = engine.torch_version(),
          .threads = config.run.threads};
}

}  // namespace treegrpo
