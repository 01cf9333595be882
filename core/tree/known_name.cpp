#include "tree/known_name.h"

#include <algorithm>

#include "base/error.h"
#include "record/field_table.h"

namespace treegrpo {

void refuse_name(std::string_view key, std::string_view name, std::span<const std::string> known) {
  std::string all;
  for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
  throw configuration_error(std::string(key) + " = '" + std::string(name) + "' is not known; did " +
                            "you mean " + nearest_key(name, known) + "? Known are " + all);
}

void require_name(std::string_view key, std::string_view name, std::span<const std::string> known) {
  if (std::find(known.begin(), known.end(), name) == known.end()) refuse_name(key, name, known);
}

}  // namespace treegrpo
