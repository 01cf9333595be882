// Tensors in and out of safetensors files.
#pragma once

#include "weights/named_tensor.h"
#include "weights/safetensors.h"

namespace treegrpo {

// One tensor of an open file, on the CPU, in the file's type.
// Throws Error if its type has no counterpart in LibTorch.
at::Tensor read_tensor(const SafetensorsFile& file, const TensorEntry& entry);

// Every tensor of an open file, by name.
NamedTensors read_tensors(const SafetensorsFile& file);

// Writes tensors of any device as they are; gradients are not kept. See write_safetensors.
void write_tensors(const std::filesystem::path& path, const NamedTensors& tensors,
                   Metadata metadata);

}  // namespace treegrpo
