// A stored tree grown again from one of its nodes, to look at: the path to it is replayed, what
// comes after draws noise of its own. Reads weights and changes nothing.
#pragma once

#include "engine/model_work.h"
#include "policy/policy.h"
#include "reward/reward_mix.h"

namespace treegrpo {

// As ModelWork::regrow, under the current weights; whose they are is left to the caller.
Regrown regrow(Policy& policy, const RewardMix& rewards, const RegrowOptions& options,
               const Proceed& proceed);

}  // namespace treegrpo
