#include "scene/vocabulary.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "scene/words.h"

namespace treegrpo {
namespace {

// The order is part of every trained model: append only.
constexpr std::array<std::string_view, 27> words{
    "",         "a",     "an",      "and",     "of",        "left",   "right",
    "above",    "below", "two",     "three",   "four",      "red",    "orange",
    "yellow",   "green", "cyan",    "blue",    "purple",    "circle", "square",
    "triangle", "cross", "circles", "squares", "triangles", "crosses"};

std::string known_words() {
  std::string list;
  for (const std::string_view word : vocabulary().subspan(1)) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace

std::span<const std::string_view> vocabulary() { return words; }

std::array<std::int64_t, caption_tokens> tokenize(std::string_view caption) {
  const std::vector<std::string_view> spoken = words_of(caption);
  if (spoken.size() > caption_tokens) {
    throw configuration_error("the caption \"" + std::string(caption) + "\" has " +
                              std::to_string(spoken.size()) + " words; at most " +
                              std::to_string(caption_tokens) + " can be read: shorten it");
  }
  std::array<std::int64_t, caption_tokens> tokens{};
  for (std::size_t i = 0; i < spoken.size(); ++i) {
    const auto found = std::find(words.begin() + 1, words.end(), spoken[i]);
    if (found == words.end()) {
      throw configuration_error("the word \"" + std::string(spoken[i]) + "\" of the caption \"" +
                                std::string(caption) +
                                "\" is not in the vocabulary; known words: " + known_words());
    }
    tokens[i] = found - words.begin();
  }
  return tokens;
}

}  // namespace treegrpo
