// A model's file with the weights of a checkpoint in place of its own. No LibTorch.
#pragma once

#include <filesystem>

#include "weights/safetensors.h"

namespace treegrpo {

// Writes to `out` every tensor of `model`, those that `weights` has from there, and the model's
// metadata with `about` added. `out` is the old file or the new one, whole; it may be `model`
// itself. Throws Error where `weights` has a tensor that the model has not, or of another shape or
// type, and where a file cannot be read or written.
void write_merged_model(const std::filesystem::path& model, const std::filesystem::path& weights,
                        const std::filesystem::path& out, const Metadata& about);

}  // namespace treegrpo
