#include "store/figure_rows.h"

#include <utility>

#include "record/utf8.h"
#include "store/run_figures.h"

namespace treegrpo {
namespace {

constexpr const char* select_figures_sql =
    "SELECT id, name, recipe, created FROM figure WHERE run = ? ORDER BY name";
constexpr const char* select_run_name_sql = "SELECT name FROM run WHERE id = ?";
constexpr const char* select_recipes_sql =
    "SELECT id, recipe FROM figure WHERE (?1 IS NULL OR run = ?1) AND instr(recipe, ?2) > 0";
constexpr const char* update_recipe_sql = "UPDATE figure SET recipe = ? WHERE id = ?";

}  // namespace

std::vector<StoredFigure> select_figures(Statements& statements, RunId run) {
  std::vector<StoredFigure> figures;
  Query rows(statements[select_figures_sql], run.value);
  while (rows.next())
    figures.push_back({.id = rows.integer(0),
                       .run = run,
                       .name = rows.text(1),
                       .recipe = rows.text(2),
                       .created = rows.text(3)});
  return figures;
}

Error no_figure(Statements& statements, RunId run, const std::string& name) {
  std::string there;
  for (const StoredFigure& figure : select_figures(statements, run))
    there += (there.empty() ? "'" : ", '") + shortened(figure.name, 60) + "'";
  Query row(statements[select_run_name_sql], run.value);
  const std::string run_name = row.next() ? row.text(0) : std::to_string(run.value);
  return Error("the run '" + run_name + "' has no figure " + in_quotes(shortened(name, 60)) +
               "; it has " + (there.empty() ? "none" : there));
}

void rename_in_figures(Statements& statements, std::optional<RunId> of, const std::string& from,
                       const std::string& to) {
  std::vector<std::pair<std::int64_t, std::string>> renamed;
  {
    SQLite::Statement& statement = statements[select_recipes_sql];
    Query rows(statement);
    if (of) statement.bind(1, of->value);
    statement.bind(2, from);
    while (rows.next())
      renamed.emplace_back(rows.integer(0), with_runs_renamed(rows.text(1), {{from, to}}));
  }
  for (const auto& [id, recipe] : renamed) Query(statements[update_recipe_sql], recipe, id).run();
}

}  // namespace treegrpo
