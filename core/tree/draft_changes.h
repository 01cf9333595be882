// What a draft of a schedule changes in a config: for whoever applies it, and for whoever reads it.
#pragma once

#include <string>
#include <vector>

#include "record/run_config.h"

namespace treegrpo {

// One change as a person reads it.
struct DraftChange {
  std::string key, before, after;
};

// The keys of a draft (method, sampler, schedule, credit.rule) that differ; none of a list.
std::vector<DraftChange> changed_keys(const RunConfig& from, const RunConfig& to);

// changed_keys, the steps of a custom schedule as one and each keyframe as one.
std::vector<DraftChange> draft_changes(const RunConfig& from, const RunConfig& to);

// "key=value" each: what makes `to` of `from`, in an order that set_field takes; of draft keys.
std::vector<std::string> draft_overrides(const RunConfig& from, const RunConfig& to);

// The same without the keyframes.
std::vector<std::string> schedule_overrides(const RunConfig& from, const RunConfig& to);

}  // namespace treegrpo
