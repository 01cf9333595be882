// Text that comes from outside: is it UTF-8, and how an error shows it on one line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace treegrpo {

// Offset of the first byte that does not belong to a well-formed character, if there is one.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// In double quotes, with ", \ and control characters escaped as TOML and JSON do.
std::string in_quotes(std::string_view text);

// At most limit bytes of a text, cut between characters and ended by "…" if it was cut.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace treegrpo
