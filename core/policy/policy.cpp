#include "policy/policy.h"

#include <ATen/ATen.h>

namespace treegrpo {

Conditioning Conditioning::rows(const at::Tensor& index) const {
  Conditioning selected{.parts = {}, .unconditional_row = unconditional_row};
  for (const at::Tensor& part : parts)
    selected.parts.push_back(part.index_select(0, index.to(part.device())));
  return selected;
}

}  // namespace treegrpo
