// Splits a caption into words, for the tokenizer and the caption reader.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace treegrpo {

// The words between white space; views into the caption.
inline std::vector<std::string_view> words_of(std::string_view caption) {
  constexpr std::string_view space = " \t\r\n";
  std::vector<std::string_view> words;
  std::size_t start = caption.find_first_not_of(space);
  while (start != std::string_view::npos) {
    const std::size_t end = std::min(caption.find_first_of(space, start), caption.size());
    words.push_back(caption.substr(start, end - start));
    start = caption.find_first_not_of(space, end);
  }
  return words;
}

}  // namespace treegrpo
