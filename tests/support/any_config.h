// Random configs for RapidCheck: every field within its range, texts with whatever TOML must
// escape.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "record/config_fields.h"

namespace treegrpo::test {

// A text of letters, quotes, escapes, control characters and characters of several bytes.
inline std::string any_text() {
  static const std::vector<std::string> letters = {"a", "Z", " ", "\"", "\\", "\n",   "\t",  "\r",
                                                   "#", "'", "é", "円", "🌲",  "\x7f", "\x01"};
  std::string text;
  for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 15))) {
    text += letters[static_cast<std::size_t>(i)];
  }
  return text;
}

// A value that the field accepts: ends of its range and points between them.
inline FieldValue any_value(const ConfigField& field) {
  const auto whole = [&] {
    const double top = std::min(field.range.maximum, 2147483647.0);
    return *rc::gen::inRange<std::int64_t>(static_cast<std::int64_t>(field.range.minimum),
                                           static_cast<std::int64_t>(top) + 1);
  };
  switch (field.kind) {
    case FieldKind::integer:
      return whole();
    case FieldKind::unsigned_integer:
      return *rc::gen::arbitrary<std::uint64_t>() << *rc::gen::inRange(0, 64);
    case FieldKind::real: {
      const double low = std::isfinite(field.range.minimum) ? field.range.minimum : -1e300;
      const double high = std::isfinite(field.range.maximum) ? field.range.maximum : 1e300;
      const double share = *rc::gen::inRange(1, 1'000'000'007) / 1'000'000'007.0;
      return low + (high - low) * share * std::pow(10.0, -*rc::gen::inRange(0, 20));
    }
    case FieldKind::boolean:
      return *rc::gen::arbitrary<bool>();
    case FieldKind::text:
      return any_text();
    case FieldKind::choice:
      return *rc::gen::elementOf(field.choices);
    case FieldKind::integer_list: {
      std::vector<std::int64_t> numbers;
      for (int i = *rc::gen::inRange(0, 5); i > 0; --i) numbers.push_back(whole());
      return numbers;
    }
  }
  return false;
}

inline RunConfig any_config() {
  RunConfig config;
  const auto lists = run_fields().lists;
  for (const ConfigList& list : lists)
    list.resize(&config, *rc::gen::inRange<std::size_t>(list.least_items, 4));
  for (const ConfigField& field : config_fields()) {
    std::size_t items = 1;
    for (const ConfigList& list : lists)
      if (field.list == list.key) items = list.size(&config);
    for (std::size_t item = 0; item < items; ++item) {
      FieldValue value = any_value(field);
      if (value_problem(field, value, field.key))
        continue;  // an open end was hit: keep the default
      set_field_value(field, &config, item, value);
    }
  }
  return config;
}

}  // namespace treegrpo::test
