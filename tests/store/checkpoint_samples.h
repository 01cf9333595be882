// Checkpoints as small as they get, whole as far as a store can tell.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/paths.h"

namespace treegrpo::test {

// The bytes of a safetensors file with one tensor of four bytes.
inline std::string sample_safetensors() {
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  std::string text(8, '\0');
  text[0] = static_cast<char>(header.size());
  return text + header + std::string(4, 'x');
}

inline void write_sample_checkpoint(const std::filesystem::path& folder, std::int32_t iterations) {
  for (const char* name : {"weights.safetensors", "optimizer.safetensors"})
    write_file_atomically(folder / name, sample_safetensors());
  write_file_atomically(
      folder / "state.json",
      "{\"version\": 1, \"iterations\": " + std::to_string(iterations) + ", \"config\": \"\"}\n");
}

}  // namespace treegrpo::test
