// The JSON header of a safetensors file, parsed and checked without looking at the tensors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weights/safetensors.h"

namespace treegrpo {

struct SafetensorsHeader {
  Metadata metadata;
  std::vector<TensorEntry> entries;  // sorted by name; offsets from the start of the data
};

// json: the header's text; data_bytes: what follows it in the file. Throws Error (without the
// file's name) unless the tensors cover the data exactly, in range, each name once.
SafetensorsHeader parse_safetensors_header(std::string_view json, std::uint64_t data_bytes);

// The header's text, padded with spaces to a multiple of 8. Entries in the order of their data.
std::string safetensors_header_text(const SafetensorsHeader& header);

// Bytes of a tensor. Throws Error if the product overflows or does not end on a byte.
std::uint64_t tensor_bytes(Dtype dtype, const std::vector<std::int64_t>& shape);

}  // namespace treegrpo
