#include "store/run_owner.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>

#include "base/clock.h"

namespace treegrpo {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id;
}

// Field 22 of /proc/PID/stat (proc(5)); 0 if it cannot be read. The name in field 2 may hold spaces
// and ends at the last ')'.
std::int64_t start_ticks(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::istringstream fields(line.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 22; ++field) fields >> skipped;
  std::int64_t ticks = 0;
  fields >> ticks;
  return ticks;
}

bool process_runs(const RunOwner& owner) {
  if (::kill(static_cast<pid_t>(owner.pid), 0) != 0 && errno == ESRCH) return false;
  const std::int64_t started = start_ticks(owner.pid);
  return started == 0 || owner.started == 0 || started == owner.started;
}

}  // namespace

RunOwner current_owner() {
  const std::int64_t pid = ::getpid();
  return {.host = host_name(), .pid = pid, .boot_id = boot_id(), .started = start_ticks(pid)};
}

bool is_alive(const RunOwner& owner, double heartbeat) {
  if (owner.host == host_name()) return owner.boot_id == boot_id() && process_runs(owner);
  return unix_seconds() - heartbeat <= heartbeat_limit_seconds;
}

}  // namespace treegrpo
