// Random words and normals, written once for the host and for a CUDA device: Philox4x32-10 (Salmon
// et al. 2011), where the same counter and key give the same words anywhere, and Box-Muller in
// double, so that two libraries' logarithms and cosines differ far below a float's last bit.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

// Marks a function that a CUDA kernel calls too; nothing to any other compiler.
#ifdef __CUDACC__
#define TREEGRPO_HOST_DEVICE __host__ __device__
#else
#define TREEGRPO_HOST_DEVICE
#endif

namespace treegrpo {

// Four independent words of a counter and a key.
TREEGRPO_HOST_DEVICE constexpr std::array<std::uint32_t, 4> philox4x32_10(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = 0xD2511F53ULL * counter[0];
    const std::uint64_t b = 0xCD9E8D57ULL * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

// A word in (0, 1]: the logarithm of Box-Muller must not see 0.
TREEGRPO_HOST_DEVICE constexpr double unit_of(std::uint32_t word) {
  return (static_cast<double>(word) + 1) * 0x1.0p-32;
}

// Four standard normals of four words, two of each pair in order.
TREEGRPO_HOST_DEVICE inline std::array<float, 4> box_muller(
    const std::array<std::uint32_t, 4>& words) {
  std::array<float, 4> normals{};
  for (unsigned pair = 0; pair < 4; pair += 2) {
    const double radius = std::sqrt(-2 * std::log(unit_of(words[pair])));
    const double angle = 2 * std::numbers::pi * unit_of(words[pair + 1]);
    normals[pair] = static_cast<float>(radius * std::cos(angle));
    normals[pair + 1] = static_cast<float>(radius * std::sin(angle));
  }
  return normals;
}

}  // namespace treegrpo
