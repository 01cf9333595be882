// The schedule over a training: [[schedule.keyframe]] changes what it is made from, from an
// iteration on. A window that is fixed, slides or is drawn, another method, other steps: a keyframe
// holds settings as --set takes them, and later keyframes build upon earlier ones.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/run_config.h"

namespace treegrpo {

// The config as it makes the schedule of one iteration: the keyframes up to that iteration set, and
// none left. A keyframe that sets a window's rule or start counts a shifting window's shifts from
// itself (method.shift_from), unless it sets that too. Throws Error (configuration) that begins
// with the keyframe's key if it holds no such setting.
RunConfig config_at(const RunConfig& config, int iteration);

// Whether a keyframe may set it: what only schedules are made from.
bool is_keyframe_key(std::string_view key);

// Which keyframe holds in an iteration: the last that is not later; none before the first.
std::optional<std::size_t> keyframe_at(const RunConfig& config, int iteration);

// Which keyframe up to that iteration sets a key, so that the config's own value has no effect.
std::optional<std::size_t> keyframe_that_sets(const RunConfig& config, std::string_view key,
                                              int iteration);

// The iterations from one keyframe to the next: [first, end). The last span ends with the run, but
// holds one iteration at least.
struct KeyframeSpan {
  int first = 0, end = 1;
};
KeyframeSpan span_at(const RunConfig& config, int iteration);

// All of them, the one before the first keyframe included.
std::vector<KeyframeSpan> keyframe_spans(const RunConfig& config);

// "key=value key=value" of settings as a keyframe holds them, which have no spaces inside.
std::string keyframe_text(const std::vector<std::string>& settings);

// "schedule.keyframe.2": how a keyframe is named in sentences and by --set.
std::string keyframe_name(std::size_t keyframe);

// Throws a configuration Error unless iterations rise and every setting can be read.
void check_keyframes(const RunConfig& config);

}  // namespace treegrpo
