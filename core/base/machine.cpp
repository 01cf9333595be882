#include "base/machine.h"

#include <malloc.h>
#include <pwd.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>

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

std::string user_and_host() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const passwd* user = ::getpwuid(::geteuid());
  return (user != nullptr ? std::string(user->pw_name) : std::to_string(::geteuid())) + "@" +
         host.data();
}

int thread_count(int asked) {
  return asked > 0 ? asked : std::clamp(available_cores(), 1, most_threads);
}

void keep_freed_memory() {
  constexpr int growth = 64 << 20;  // bytes; a heap grows and shrinks by no less
  mallopt(M_MMAP_MAX, 0);           // what is mapped by itself is unmapped when it is freed
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TOP_PAD, growth);
}

void give_back_memory() { malloc_trim(0); }

}  // namespace treegrpo
