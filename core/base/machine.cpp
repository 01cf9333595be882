#include "base/machine.h"

#include <sched.h>

#include <algorithm>
#include <fstream>

namespace treegrpo {
namespace {

constexpr int most_threads = 16;  // what the config promises for threads = 0

int available_cores() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
}

}  // namespace

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) return line.substr(colon + 2);
  }
  return "CPU";
}

int thread_count(int asked) {
  return asked > 0 ? asked : std::clamp(available_cores(), 1, most_threads);
}

}  // namespace treegrpo
