// A filter's text as tokens. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

enum class TokenKind { name, number, text, comparison, open, close, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
  std::string text;  // of a text: without quotes and escapes
  double number = 0;
};

// Whether it is one of and, or, not, contains, true, false.
bool is_filter_word(std::string_view name);

// The tokens, closed by one of kind end. Throws FilterError at what is no token.
std::vector<Token> filter_tokens(std::string_view text);

// The column of a byte, counted in characters from 1.
std::size_t filter_column(std::string_view text, std::size_t byte);

}  // namespace treegrpo
