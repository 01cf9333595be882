// The words of the captions and their numbers: the bundled model's tokenizer.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace treegrpo {

inline constexpr int caption_tokens = 8;  // words a caption may have; shorter ones are padded

// Every word a caption can hold; the index is the token. Entry 0 is the empty word: padding, and
// the empty caption of guidance.
std::span<const std::string_view> vocabulary();

// The caption's words as tokens, padded with 0. Any order of known words is accepted, the empty
// text too. Throws Error (configuration) that names the first unknown word, or says that there are
// too many words.
std::array<std::int64_t, caption_tokens> tokenize(std::string_view caption);

}  // namespace treegrpo
