// Images of a model as the bytes that records, files and scorers hold: the one place that rounds.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "record/image.h"

namespace treegrpo {

// [N, 3, H, W] in [0, 1] → N pictures, each channel rounded to 0…255, halves to even.
std::vector<Image> pictures_of(const at::Tensor& images);

}  // namespace treegrpo
