// Where every random number comes from: a key that names what the noise is for, and the counter of
// the generator (base/philox) that turns it into words. Never a rank, a batch position or a thread:
// the same key gives the same noise anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/philox.h"

namespace treegrpo {

enum class NoiseStream : std::uint32_t {
  train = 0,
  evaluate = 1,
  probe = 2,
  sample = 3,
  data = 4,
  regrow = 5,
};

// Names one draw. The path is the child index at every step from the root, 0 on an ODE step; a
// root's own noise has the empty path. evaluate, probe and sample use iteration 0, so that two
// checkpoints share their noise.
struct NoiseKey {
  std::uint64_t seed = 0;
  NoiseStream stream = NoiseStream::train;
  std::uint32_t iteration = 0;
  std::uint64_t prompt_hash = 0;
  std::uint32_t tree = 0;
  std::span<const std::int32_t> path = {};
};

// The generator's state for one NoiseKey: a 64-bit Philox key and 96 bits of its counter; the last
// 32 bits count blocks of four words.
struct NoiseCounter {
  std::array<std::uint32_t, 2> key{};
  std::array<std::uint32_t, 3> high{};

  bool operator==(const NoiseCounter&) const = default;
};

NoiseCounter noise_counter(const NoiseKey& key);

// Block `index` of the stream: four independent 32-bit words.
TREEGRPO_HOST_DEVICE constexpr std::array<std::uint32_t, 4> philox_block(
    const NoiseCounter& counter, std::uint32_t index) {
  return philox4x32_10({index, counter.high[0], counter.high[1], counter.high[2]}, counter.key);
}

// A double in [0, 1) from the first 53 bits of a block.
double uniform(const NoiseCounter& counter, std::uint32_t index);

// A stable 64-bit hash of a prompt's text (FNV-1a, then mixed).
std::uint64_t prompt_hash(std::string_view text);

// The mixing step of splitmix64: every input bit reaches every output bit.
std::uint64_t mix64(std::uint64_t value);

}  // namespace treegrpo
