// Which process a run belongs to, and whether that process still lives.
#pragma once

#include <cstdint>
#include <string>

namespace treegrpo {

// A process, told apart from a later one that got the same number.
struct RunOwner {
  std::string host;
  std::int64_t pid = 0;
  std::string boot_id;       // of the kernel: changes when the machine starts
  std::int64_t started = 0;  // of the process, clock ticks since the machine started

  bool operator==(const RunOwner&) const = default;
};

// This process.
RunOwner current_owner();

// On this host: whether that very process runs. Elsewhere: whether its heartbeat (seconds since
// 1970) is at most heartbeat_limit_seconds old.
bool is_alive(const RunOwner& owner, double heartbeat);

inline constexpr double heartbeat_limit_seconds = 60;

}  // namespace treegrpo
