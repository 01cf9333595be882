// How colourful a picture is, whatever its prompt (Hasler and Süsstrunk 2003): a fast, visible
// reward and an honest picture of reward hacking.
#pragma once

#include <memory>

#include "reward/reward.h"

namespace treegrpo {

// M = √(σ_rg² + σ_yb²) + .3 √(μ_rg² + μ_yb²) over channels in [0, 1], rg = R − G, yb = (R + G)/2 −
// B.
std::unique_ptr<Reward> make_colorfulness_reward();

}  // namespace treegrpo
