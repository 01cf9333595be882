// Values of config fields: their kinds, ranges and texts (field_table.h).
#include <charconv>
#include <cmath>
#include <type_traits>

#include "base/error.h"
#include "record/field_table.h"
#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr std::size_t longest_shown = 60;  // bytes of a wrong value that an error repeats

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::string(buffer, end);
}

std::string join(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

// 1000000 rather than 1e+06.
std::string bound_text(double bound) {
  const bool is_whole = std::abs(bound) < 1e15 && std::trunc(bound) == bound;
  return is_whole ? std::to_string(static_cast<std::int64_t>(bound)) : number_text(bound);
}

// "from 1 to 10", "above 0 and below 1", "at least 1", or nothing.
std::string bounds_text(const FieldRange& range) {
  const bool has_minimum = std::isfinite(range.minimum);
  const bool has_maximum = std::isfinite(range.maximum);
  if (has_minimum && has_maximum && !range.above_minimum && !range.below_maximum) {
    return "from " + bound_text(range.minimum) + " to " + bound_text(range.maximum);
  }
  std::vector<std::string> parts;
  if (has_minimum) {
    parts.push_back((range.above_minimum ? "above " : "at least ") + bound_text(range.minimum));
  }
  if (has_maximum) {
    parts.push_back((range.below_maximum ? "below " : "at most ") + bound_text(range.maximum));
  }
  return join(parts, " and ");
}

// "an integer" or "an integer of at least 1".
std::string bounded(const std::string& what, const std::string& bounds) {
  if (bounds.empty()) return what;
  return what + (bounds.starts_with("at ") ? " of " : " ") + bounds;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// "[0, 3]" or nothing.
std::optional<std::vector<std::int64_t>> parse_list(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = trimmed(text.substr(1, text.size() - 2));
  std::vector<std::int64_t> numbers;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const auto number = parse_whole<std::int64_t>(trimmed(text.substr(0, comma)));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    if (comma == std::string_view::npos) break;
    text = trimmed(text.substr(comma + 1));
  }
  return numbers;
}

bool fits_integer(const ConfigField& field, std::int64_t number) {
  const bool is_int =
      number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
  return (is_int || field.is_wide) && field.range.contains(static_cast<double>(number));
}

// The value converted to the field's kind, or nothing if kind or range do not fit.
std::optional<FieldValue> fitting(const ConfigField& field, const FieldValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* text = std::get_if<std::string>(&value);
  switch (field.kind) {
    case FieldKind::integer:
      if (integer && fits_integer(field, *integer)) return value;
      return std::nullopt;
    case FieldKind::unsigned_integer: {
      if (std::holds_alternative<std::uint64_t>(value)) return value;
      if (integer && *integer >= 0) return static_cast<std::uint64_t>(*integer);
      const auto digits = text ? parse_whole<std::uint64_t>(*text) : std::nullopt;
      if (digits && *digits > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
        return *digits;
      }
      return std::nullopt;
    }
    case FieldKind::real: {
      const auto* real = std::get_if<double>(&value);
      if (!real && !integer) return std::nullopt;
      const double number = real ? *real : static_cast<double>(*integer);
      if (!field.range.contains(number)) return std::nullopt;
      return number;
    }
    case FieldKind::boolean:
      if (std::holds_alternative<bool>(value)) return value;
      return std::nullopt;
    case FieldKind::text:
      if (text && !first_invalid_utf8(*text)) return value;
      return std::nullopt;
    case FieldKind::choice:
      for (const std::string& choice : field.choices) {
        if (text && *text == choice) return value;
      }
      return std::nullopt;
    case FieldKind::integer_list: {
      const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value);
      if (!numbers) return std::nullopt;
      for (const std::int64_t number : *numbers) {
        if (!fits_integer(field, number)) return std::nullopt;
      }
      return value;
    }
  }
  return std::nullopt;
}

void store(const FieldValue& value, int* member) {
  *member = static_cast<int>(std::get<std::int64_t>(value));
}
void store(const FieldValue& value, std::vector<int>* member) {
  const auto& numbers = std::get<std::vector<std::int64_t>>(value);
  member->clear();
  for (const std::int64_t number : numbers) member->push_back(static_cast<int>(number));
}
template <class T>
void store(const FieldValue& value, T* member) {
  *member = std::get<T>(value);
}

}  // namespace

std::string_view kind_name(FieldKind kind) {
  switch (kind) {
    case FieldKind::integer:
      return "integer";
    case FieldKind::unsigned_integer:
      return "unsigned integer";
    case FieldKind::real:
      return "real";
    case FieldKind::boolean:
      return "boolean";
    case FieldKind::text:
      return "text";
    case FieldKind::choice:
      return "choice";
    case FieldKind::integer_list:
      return "integer list";
  }
  return "";
}

bool FieldRange::contains(double value) const {
  if (!std::isfinite(value)) return false;
  const bool fits_minimum = above_minimum ? value > minimum : value >= minimum;
  const bool fits_maximum = below_maximum ? value < maximum : value <= maximum;
  return fits_minimum && fits_maximum;
}

std::string field_range_text(const ConfigField& field) {
  switch (field.kind) {
    case FieldKind::integer:
      return bounded("an integer", bounds_text(field.range));
    case FieldKind::unsigned_integer:
      return "an integer from 0 to " + std::to_string(std::numeric_limits<std::uint64_t>::max());
    case FieldKind::real:
      return bounded("a number", bounds_text(field.range));
    case FieldKind::boolean:
      return "true or false";
    case FieldKind::text:
      return "text";
    case FieldKind::choice:
      return "one of " + join(field.choices, ", ");
    case FieldKind::integer_list:
      return bounded("a list of integers, each", bounds_text(field.range));
  }
  return "";
}

std::string field_bounds_text(const ConfigField& field) {
  return field.kind == FieldKind::choice ? join(field.choices, " | ") : bounds_text(field.range);
}

FieldValue field_value(const ConfigField& field, const void* config, std::size_t item) {
  // A row has one accessor for reading and writing; here nothing is written.
  const FieldMember member = field.member(const_cast<void*>(config), item);
  return std::visit(
      [](const auto* value) -> FieldValue {
        using T = std::remove_cvref_t<decltype(*value)>;
        if constexpr (std::is_same_v<T, int>) {
          return std::int64_t{*value};
        } else if constexpr (std::is_same_v<T, std::vector<int>>) {
          return std::vector<std::int64_t>(value->begin(), value->end());
        } else {
          return *value;
        }
      },
      member);
}

std::string refusal(const ConfigField& field, const std::string& key, const std::string& found) {
  return key + " must be " + field_range_text(field) + ", found " + found;
}

std::optional<std::string> value_problem(const ConfigField& field, const FieldValue& value,
                                         const std::string& key) {
  if (fitting(field, value)) return std::nullopt;
  const auto* text = std::get_if<std::string>(&value);
  if (text && first_invalid_utf8(*text)) return refusal(field, key, "bytes that are not UTF-8");
  const std::string shown = shortened(value_text(value), longest_shown);
  return refusal(field, key, text ? in_quotes(shown) : shown);
}

void set_field_value(const ConfigField& field, void* config, std::size_t item,
                     const FieldValue& value) {
  if (const auto problem = value_problem(field, value, field.key)) {
    throw configuration_error(*problem);
  }
  std::visit([&](auto* member) { store(*fitting(field, value), member); },
             field.member(config, item));
}

std::string value_text(const FieldValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* natural = std::get_if<std::uint64_t>(&value)) return std::to_string(*natural);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* real = std::get_if<double>(&value)) {
    const std::string text = number_text(*real);
    const bool looks_whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return looks_whole ? text + ".0" : text;
  }
  std::vector<std::string> parts;
  for (const std::int64_t number : std::get<std::vector<std::int64_t>>(value)) {
    parts.push_back(std::to_string(number));
  }
  return std::string("[").append(join(parts, ", ")).append("]");
}

FieldValue value_from_text(const ConfigField& field, std::string_view text) {
  const std::string_view bare = trimmed(text);
  switch (field.kind) {
    case FieldKind::integer:
      if (const auto number = parse_whole<std::int64_t>(bare)) return *number;
      break;
    case FieldKind::unsigned_integer:
      if (const auto number = parse_whole<std::uint64_t>(bare)) return *number;
      break;
    case FieldKind::real:
      if (const auto number = parse_whole<double>(bare)) return *number;
      break;
    case FieldKind::boolean:
      if (bare == "true" || bare == "false") return bare == "true";
      break;
    case FieldKind::integer_list:
      if (auto numbers = parse_list(bare)) return *std::move(numbers);
      break;
    case FieldKind::text:
    case FieldKind::choice:
      break;
  }
  return std::string(text);
}

}  // namespace treegrpo
