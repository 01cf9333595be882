#include "tree/draft_changes.h"

#include <algorithm>
#include <initializer_list>

#include "record/config_fields.h"
#include "tree/keyframes.h"

namespace treegrpo {
namespace {

bool of_draft(const ConfigField& field) {
  return field.list.empty() &&
         (field.key.starts_with("method.") || field.key.starts_with("sampler.") ||
          field.key.starts_with("schedule.") || field.key == "credit.rule");
}

// What makes one list of another: the items that differ, all where it became shorter.
template <class Item>
void add_items(std::vector<std::string>& overrides, const RunConfig& to, const std::string& list,
               const std::vector<Item>& before, const std::vector<Item>& after,
               std::initializer_list<const char*> fields) {
  const bool shrinks = after.size() < before.size();
  if (shrinks) overrides.push_back(list + "=[]");
  for (std::size_t at = 0; at < after.size(); ++at) {
    if (!shrinks && at < before.size() && before[at] == after[at]) continue;
    const std::string key = list + "." + std::to_string(at) + ".";
    for (const char* field : fields)
      overrides.push_back(key + field + "=" + get_field(to, key + field));
  }
}

std::string frame_words(const RunConfig& config, std::size_t at) {
  if (at >= config.schedule.keyframe.size()) return "none";
  const Keyframe& keyframe = config.schedule.keyframe[at];
  return "at " + std::to_string(keyframe.iteration) + ": " +
         (keyframe.set.empty() ? "as before" : keyframe.set);
}

}  // namespace

std::vector<DraftChange> changed_keys(const RunConfig& from, const RunConfig& to) {
  std::vector<DraftChange> changes;
  for (const ConfigField& field : config_fields()) {
    if (!of_draft(field)) continue;
    const std::string before = get_field(from, field.key), after = get_field(to, field.key);
    if (before != after) changes.push_back({field.key, before, after});
  }
  return changes;
}

std::vector<std::string> schedule_overrides(const RunConfig& from, const RunConfig& to) {
  std::vector<std::string> overrides;
  for (const DraftChange& change : changed_keys(from, to))
    overrides.push_back(change.key + "=" + change.after);
  add_items(overrides, to, "schedule.step", from.schedule.step, to.schedule.step,
            {"branch", "noise_level", "train"});
  return overrides;
}

std::vector<std::string> draft_overrides(const RunConfig& from, const RunConfig& to) {
  std::vector<std::string> overrides = schedule_overrides(from, to);
  add_items(overrides, to, "schedule.keyframe", from.schedule.keyframe, to.schedule.keyframe,
            {"iteration", "set"});
  return overrides;
}

std::vector<DraftChange> draft_changes(const RunConfig& from, const RunConfig& to) {
  std::vector<DraftChange> changes = changed_keys(from, to);
  if (from.schedule.step != to.schedule.step) {
    const auto words = [](const std::vector<StepPlan>& steps) {
      return steps.empty() ? std::string("by the method") : std::string("drawn");
    };
    DraftChange drawn{"schedule.step", words(from.schedule.step), words(to.schedule.step)};
    if (drawn.before == drawn.after) drawn.after += " anew";
    changes.push_back(std::move(drawn));
  }
  const std::size_t frames = std::max(from.schedule.keyframe.size(), to.schedule.keyframe.size());
  for (std::size_t at = 0; at < frames; ++at) {
    DraftChange change{keyframe_name(at), frame_words(from, at), frame_words(to, at)};
    if (change.before != change.after) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace treegrpo
