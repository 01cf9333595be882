#include "store/near_names.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace treegrpo {
namespace {

// Letters to insert, remove or replace (Levenshtein 1966).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> near_names(std::string_view text, const std::vector<std::string>& names) {
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& name : names) {
    const std::size_t distance = edit_distance(text, name);
    const bool holds = name.find(text) != std::string::npos;
    if (holds || distance <= std::max<std::size_t>(2, name.size() / 3))
      near.emplace_back(holds ? 0 : distance, name);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> found;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, near.size()); ++i)
    found.push_back(near[i].second);
  return found;
}

}  // namespace treegrpo
