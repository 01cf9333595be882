#include "record/event.h"

#include <array>
#include <utility>

namespace treegrpo {
namespace {

constexpr std::array<std::pair<RunStatus, const char*>, 7> status_names = {{
    {RunStatus::preparing, "preparing"},
    {RunStatus::running, "running"},
    {RunStatus::paused, "paused"},
    {RunStatus::finished, "finished"},
    {RunStatus::stopped, "stopped"},
    {RunStatus::failed, "failed"},
    {RunStatus::interrupted, "interrupted"},
}};

}  // namespace

std::string run_status_name(RunStatus status) {
  for (const auto& [value, name] : status_names)
    if (value == status) return name;
  return {};
}

RunStatus run_status_from_name(const std::string& name) {
  for (const auto& [value, known] : status_names)
    if (name == known) return value;
  throw Error("'" + name + "' is no status of a run");
}

}  // namespace treegrpo
