#include "store/run_figures.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/clock.h"
#include "record/utf8.h"
#include "store/figure_rows.h"
#include "store/run_names.h"

namespace treegrpo {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* put_sql = R"sql(
INSERT INTO figure(run, name, recipe, created) VALUES(?, ?, ?, ?)
ON CONFLICT(run, name) DO UPDATE SET recipe = excluded.recipe, created = excluded.created
RETURNING id)sql";
constexpr const char* select_sql = "SELECT 1 FROM figure WHERE run = ? AND name = ?";
constexpr const char* rename_sql = "UPDATE figure SET name = ?3 WHERE run = ?1 AND name = ?2";
constexpr const char* delete_sql = "DELETE FROM figure WHERE run = ? AND name = ?";

constexpr std::size_t longest_name = 200;  // bytes

void check_name(const std::string& name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  if (!first_invalid_utf8(name) && name.size() <= longest_name &&
      name.find_first_not_of(' ') != std::string::npos && std::ranges::none_of(name, is_control))
    return;
  const std::string shown = first_invalid_utf8(name) ? "?" : shortened(name, 60);
  throw Error("a figure cannot be named '" + shown +
                  "': a name is one line of text of at most 200 bytes with at least one letter",
              ErrorKind::usage);
}

void rename_runs_of(Json& panel, const std::map<std::string, std::string>& names) {
  const auto rename = [&](Json& value) {
    if (!value.is_string()) return;
    if (const auto other = names.find(value.get_ref<const std::string&>()); other != names.end())
      value = other->second;
  };
  for (const char* key : {"run", "other_run"})
    if (const auto found = panel.find(key); found != panel.end()) rename(*found);
  if (const auto runs = panel.find("runs"); runs != panel.end() && runs->is_array())
    std::ranges::for_each(*runs, rename);
}

}  // namespace

StoredFigure put_figure(StoreConnection& store, StoredFigure figure) {
  check_name(figure.name);
  if (!Json::accept(figure.recipe) || !Json::parse(figure.recipe).is_object())
    throw Error("the recipe of a figure is a JSON object", ErrorKind::usage);
  if (figure.created.empty()) figure.created = utc_now();
  Statements statements(store.database());
  return in_transaction(store, [&] {
    require_run(statements, figure.run);
    Query row(statements[put_sql], figure.run.value, figure.name, figure.recipe, figure.created);
    row.next();
    figure.id = row.integer(0);
    return figure;
  });
}

void rename_figure(StoreConnection& store, RunId run, const std::string& name,
                   const std::string& new_name) {
  check_name(new_name);
  Statements statements(store.database());
  in_transaction(store, [&] {
    require_run(statements, run);
    if (name != new_name && Query(statements[select_sql], run.value, new_name).next())
      throw Error("there is a figure '" + new_name + "' of that run already; choose another name");
    if (Query(statements[rename_sql], run.value, name, new_name).run() == 0)
      throw no_figure(statements, run, name);
  });
}

void remove_figure(StoreConnection& store, RunId run, const std::string& name) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    require_run(statements, run);
    if (Query(statements[delete_sql], run.value, name).run() == 0)
      throw no_figure(statements, run, name);
  });
}

std::string with_runs_renamed(const std::string& recipe,
                              const std::map<std::string, std::string>& names) {
  Json json = Json::parse(recipe, nullptr, false);
  if (!json.is_object()) return recipe;
  const auto panels = json.find("panels");
  if (panels == json.end() || !panels->is_array()) return recipe;
  const Json before = json;
  for (Json& panel : *panels)
    if (panel.is_object()) rename_runs_of(panel, names);
  return json == before ? recipe : json.dump(2) + "\n";
}

}  // namespace treegrpo
