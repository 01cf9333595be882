// What pretraining sees: captions and renderings, a function of seed and picture number alone, so
// that a resumed run sees what an uninterrupted one would have seen.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace treegrpo {

struct Pictures {
  at::Tensor images;  // [N, 3, 32, 32] in [0, 1]
  at::Tensor tokens;  // [N, caption_tokens] int64
};

// Pictures first … first + count − 1 of the endless stream of that seed, captions by the
// pretraining mix, held-out ones among them.
Pictures draw_pictures(std::uint64_t seed, std::int64_t first, std::int64_t count);

}  // namespace treegrpo
