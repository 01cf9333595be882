#include "base/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/error.h"
#include "base/noise_key.h"
#include "base/paths.h"

namespace treegrpo {

std::string file_fingerprint(const std::filesystem::path& file) {
  constexpr std::size_t word_bytes = sizeof(std::uint64_t);
  std::ifstream stream = open_file(file);
  std::vector<char> chunk(std::size_t{1} << 20);  // a multiple of the word: only the last is cut
  std::uint64_t state = 0;
  std::uint64_t size = 0;
  while (stream) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    const auto read = static_cast<std::size_t>(stream.gcount());
    size += read;
    for (std::size_t at = 0; at < read; at += word_bytes) {
      std::uint64_t word = 0;
      std::memcpy(&word, chunk.data() + at, std::min(word_bytes, read - at));
      // One to one in the state and in the word: a single changed word always shows.
      state = mix64(state ^ word);
    }
  }
  if (stream.bad()) throw Error("cannot read '" + file.string() + "' to its end");
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx",
                static_cast<unsigned long long>(mix64(state ^ size)));
  return digits.data();
}

}  // namespace treegrpo
