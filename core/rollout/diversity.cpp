#include "rollout/diversity.h"

#include <ATen/ATen.h>

#include <cmath>

#include "record/tree_record.h"

namespace treegrpo {

double mean_pairwise_distance(const at::Tensor& latents) {
  if (latents.size(0) < 2) return no_value;
  const at::Tensor rows = latents.detach().to(at::kCPU, at::kFloat).flatten(1);
  return at::pdist(rows).mean().item<double>() / std::sqrt(static_cast<double>(rows.size(1)));
}

}  // namespace treegrpo
