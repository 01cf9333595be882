// `treegrpo config`: a config with every key that it leaves to its default, and the keys there are.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/json_output.h"
#include "record/config_fields.h"
#include "record/config_toml.h"
#include "tree/check_config.h"

namespace treegrpo::cli {
namespace {

struct Options {
  ConfigOptions config;
  bool fields = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  CLI::Option* file = command.add_option("CONFIG", options.config.file,
                                         "Config file (default: the defaults of every key)");
  add_sets(command, options.config);
  CLI::Option* fields =
      command.add_flag("--fields", options.fields, "The keys a config may have, one a line");
  fields->excludes(file)->excludes(command.get_option("--set"));
  command.add_flag("--json", options.json, "With --fields: one JSON object a line")->needs(fields);
  command.footer(
      "Examples:\n  treegrpo config > my.toml                            the defaults, commented\n"
      "  treegrpo config experiments/tiny/treegrpo.toml --set method.window=4\n"
      "  treegrpo config --fields --json");
}

Json value_json(const FieldValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json range_json(const ConfigField& field) {
  const FieldRange& range = field.range;
  const auto bound = [&](double value) {
    if (!std::isfinite(value)) return Json(nullptr);
    return field.kind == FieldKind::real ? Json(value) : Json(static_cast<std::int64_t>(value));
  };
  if (!std::isfinite(range.minimum) && !std::isfinite(range.maximum)) return nullptr;
  return {{"minimum", bound(range.minimum)},
          {"maximum", bound(range.maximum)},
          {"above_minimum", range.above_minimum},
          {"below_maximum", range.below_maximum}};
}

// Every key always present. `list`: the array of tables whose items have the key, such as reward.
Json field_json(const ConfigField& field) {
  Json object;
  object["key"] = field.key;
  object["kind"] = kind_name(field.kind);
  object["default"] = value_json(default_value(field));
  object["range"] = range_json(field);
  object["choices"] = field.choices.empty() ? Json(nullptr) : Json(field.choices);
  object["unit"] = field.unit.empty() ? Json(nullptr) : Json(field.unit);
  object["help"] = field.help;
  object["list"] = field.list.empty() ? Json(nullptr) : Json(field.list);
  return object;
}

void print_fields() {
  using Row = std::vector<std::string>;
  std::vector<Row> rows = {{"key", "kind", "default", "unit", "range or choices", "help"}};
  for (const ConfigField& field : config_fields())
    rows.push_back({field.key, std::string(kind_name(field.kind)), value_text(default_value(field)),
                    field.unit, field_bounds_text(field), field.help});
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows)
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size());
  for (const Row& row : rows) {
    for (std::size_t column = 0; column + 1 < row.size(); ++column)
      fmt::print("{:<{}}  ", row[column], widths[column]);
    fmt::print("{}\n", row.back());
  }
}

int work(const Options& options) {
  if (options.fields && options.json) {
    for (const ConfigField& field : config_fields()) print_line(field_json(field));
  } else if (options.fields) {
    print_fields();
  } else {
    const RunConfig config = config_of(options.config);
    with_places(options.config, [&] { check_config(config); });
    fmt::print("{}", config_toml(config));
  }
  return exit_done;
}

}  // namespace

void add_config(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "config",
                       "Prints a config with all its keys, or the keys there are", declare, work);
}

}  // namespace treegrpo::cli
