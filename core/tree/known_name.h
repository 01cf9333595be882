// Rows of a table by name, and sentences for names that no row has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

// Throws a configuration Error that names the key, the value, the known names and the nearest.
[[noreturn]] void refuse_name(std::string_view key, std::string_view name,
                              std::span<const std::string> known);

// Throws as refuse_name does unless `name` is known.
void require_name(std::string_view key, std::string_view name, std::span<const std::string> known);

template <class Row>
const Row& row_named(std::span<const Row> rows, std::string_view name, std::string_view key) {
  std::vector<std::string> known;
  for (const Row& row : rows) {
    if (row.name == name) return row;
    known.emplace_back(row.name);
  }
  refuse_name(key, name, known);
}

}  // namespace treegrpo
