// Edits of the schedule over a training, each of which makes another config (keyframes.h).
#pragma once

#include <cstddef>

#include "record/run_config.h"

namespace treegrpo {

// Edits are made of the config as it is in one iteration (config_at); `edited` puts the result
// where that iteration has it from: into the keyframe that holds then, else into the config itself.
// What a keyframe cannot set (sampler.kind, credit.rule, …) is changed for the whole run.
RunConfig edited(const RunConfig& config, int iteration, const RunConfig& wanted);

// A keyframe that changes nothing yet; the config itself if there is one at that iteration, or if
// it is before the first that can be. Keyframes after it keep what they set.
RunConfig with_keyframe(RunConfig config, int iteration);
// Without it, the keyframe before it holds on, and later ones build upon that; as with `edited`,
// one that cannot any more keeps the schedule it had.
RunConfig without_keyframe(const RunConfig& config, std::size_t keyframe);
// To another iteration, as far as its neighbours let it.
RunConfig moved_keyframe(RunConfig config, std::size_t keyframe, int iteration);

}  // namespace treegrpo
