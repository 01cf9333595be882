// Whether the files of a checkpoint are there and whole, as far as that shows without reading their
// tensors. Private to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace treegrpo {

// What is wrong with the folder of a checkpoint after that many iterations, as the end of a
// sentence that begins with it ("lacks weights.safetensors"); none if state.json and each
// safetensors file that belongs in it are of the length they say.
std::optional<std::string> checkpoint_problem(const std::filesystem::path& folder,
                                              std::int64_t iterations, bool keeps_ema);

}  // namespace treegrpo
