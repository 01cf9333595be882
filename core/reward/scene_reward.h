// The bundled task's detector as rewards. Their prompts must be captions of the grammar: an Error
// names one that is not.
#pragma once

#include <memory>

#include "reward/reward.h"

namespace treegrpo {

// The detector's graded score, in [0, 1].
std::unique_ptr<Reward> make_scene_reward();

// 1 if every condition of the caption is met, else 0. A metric: it says little to learn from.
std::unique_ptr<Reward> make_scene_strict_reward();

}  // namespace treegrpo
