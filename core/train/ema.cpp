#include "train/ema.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cassert>

namespace treegrpo {

double ema_decay_at(std::int64_t update, double decay) {
  const auto t = static_cast<double>(update);
  return std::min((1 + t) / (10 + t), decay);
}

void update_ema(Policy& policy, const EmaSection& ema, std::int32_t iterations_done) {
  const std::int32_t every = std::max(1, ema.every);
  if (ema.decay <= 0 || iterations_done % every != 0) return;
  const c10::NoGradGuard no_grad;
  const double decay = ema_decay_at(iterations_done / every - 1, ema.decay);
  const NamedTensors current = policy.parameters(Weights::current);
  const NamedTensors kept = policy.parameters(Weights::ema);
  assert(current.size() == kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i)
    kept[i].tensor.lerp_(current[i].tensor.to(kept[i].tensor.scalar_type()), 1 - decay);
}

}  // namespace treegrpo
