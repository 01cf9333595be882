#include "base/noise_key.h"

namespace treegrpo {
namespace {

// Folds one more value into a running hash.
std::uint64_t fold(std::uint64_t hash, std::uint64_t value) { return mix64(hash ^ mix64(value)); }

std::uint32_t low32(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high32(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

}  // namespace

std::uint64_t mix64(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

std::uint64_t prompt_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return mix64(hash);
}

NoiseCounter noise_counter(const NoiseKey& key) {
  // Seed and stream make the Philox key; the rest is hashed to 96 bits of the counter, by two
  // hashes that start apart. 96 bits: a clash among 2^40 keys has a chance of 2^-17.
  const std::uint64_t philox = fold(mix64(key.seed), static_cast<std::uint64_t>(key.stream) + 1);
  std::uint64_t wide = 0x7472656567727031ULL;
  std::uint64_t narrow = 0x6E6F697365303132ULL;
  const auto add = [&](std::uint64_t value) {
    wide = fold(wide, value);
    narrow = fold(narrow, value);
  };
  add(key.iteration);
  add(key.prompt_hash);
  add(key.tree);
  for (const std::int32_t child : key.path) add(static_cast<std::uint64_t>(child) + 1);
  add(~static_cast<std::uint64_t>(key.path.size()));
  return {.key = {low32(philox), high32(philox)},
          .high = {low32(wide), high32(wide), low32(narrow)}};
}

double uniform(const NoiseCounter& counter, std::uint32_t index) {
  const auto words = philox_block(counter, index);
  const std::uint64_t bits = (static_cast<std::uint64_t>(words[0]) << 32 | words[1]) >> 11;
  return static_cast<double>(bits) * 0x1.0p-53;
}

}  // namespace treegrpo
