// A small generator for drawing captions and scenes: the same numbers from the same seed with every
// compiler and library (std::distributions differ between them). Not for noise: that is Philox.
#pragma once

#include <cstdint>

namespace treegrpo {

// SplitMix64 (Steele, Lea and Flood 2014): any seed is a good seed, and the state is one number.
struct Random {
  std::uint64_t state = 0;

  std::uint64_t next() {
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  // In [low, high).
  float uniform(float low, float high) {
    return low + (high - low) * static_cast<float>(uniform());
  }

  // 0 to n - 1; n must be positive and below 2^31.
  int below(int n) {
    return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(n)) >> 32);
  }
};

}  // namespace treegrpo
