// The filter language over runs: `method == "treegrpo" and optimizer.learning_rate < 1e-4 and
// reward.scene > 0.6 and tag("paper")`. Comparisons (== != < <= > >= contains) of names and values,
// tag("…"), has(name), and, or, not, parentheses.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "compare/config_entries.h"

namespace treegrpo {

enum class FilterKind { number, text, boolean };

// In the order of FilterKind.
using FilterValue = std::variant<double, std::string, bool>;

// A name that a filter may use.
struct FilterName {
  std::string name;
  FilterKind kind = FilterKind::number;
  std::vector<std::string> values = {};  // of a text: those to be offered
};

// A config value as filters take it: lists of integers are texts to them.
FilterValue filter_value(const FieldValue& value);

inline FilterKind kind_of(const FilterValue& value) {
  return static_cast<FilterKind>(value.index());
}

// What a filter asks about one run. A name that is missing has no value there.
struct FilterRow {
  std::map<std::string, FilterValue, std::less<>> values;
  std::vector<std::string> tags;
  std::shared_ptr<const ConfigEntries> config = {};  // asked for what `values` lacks; may be null

  std::optional<FilterValue> value(std::string_view name) const;
};

// What is wrong with a filter, and where.
class FilterError : public Error {
 public:
  // column: of the character that is to blame, from 1.
  FilterError(std::size_t column, const std::string& sentence);
  std::size_t column() const { return column_; }

 private:
  std::size_t column_;
};

// A filter that has been read and whose names and kinds are right.
class Filter {
 public:
  struct Node;

  // Throws FilterError (usage) that names the column, what was expected there or which names are
  // near: the text is empty, longer than 4,000 bytes, no UTF-8, or no filter over those names.
  Filter(std::string_view text, std::span<const FilterName> names);

  // A comparison with a name that the run has no value of is false, != too; has(name) tells.
  bool matches(const FilterRow& row) const;

 private:
  std::shared_ptr<const Node> root_;
};

// What may stand at the cursor of a filter that is being written.
struct FilterCompletions {
  std::size_t from = 0;  // byte at which the word under the cursor begins: it is replaced
  std::vector<std::string> words;
};

// Names and functions, comparisons, values or words that join, by what stands before the cursor (in
// bytes); those that begin with the word under it first, then those that hold it. Never throws.
FilterCompletions filter_completions(std::string_view text, std::size_t cursor,
                                     std::span<const FilterName> names);

}  // namespace treegrpo
