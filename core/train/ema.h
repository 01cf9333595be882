// A running mean of the weights, which evaluations use where it is kept.
#pragma once

#include <cstdint>

#include "policy/policy.h"
#include "record/run_config.h"

namespace treegrpo {

// Decay of update t, from 0: min((1 + t)/(10 + t), decay), so that the first weights do not linger.
double ema_decay_at(std::int64_t update, double decay);

// After that many iterations: every `every` of them, ema ← d·ema + (1 − d)·current. Depends on the
// count alone, so a resumed run needs no state. Does nothing where ema.decay is 0.
void update_ema(Policy& policy, const EmaSection& ema, std::int32_t iterations_done);

}  // namespace treegrpo
