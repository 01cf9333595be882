#include "cli/score_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

struct Measured {
  double value = no_value;
  double error = no_value;
};

// A row of a table: a task, or all of them.
struct ScoreRow {
  std::string task;
  std::int32_t n = 0;
  Measured graded;
  Measured strict;
};

double value_named(const std::vector<NamedValue>& values, std::string_view name) {
  for (const NamedValue& named : values)
    if (named.name == name) return named.value;
  return no_value;
}

ScoreRow row_of_all(const EvaluationRecord& record) {
  ScoreRow row{.task = "all",
               .n = 0,
               .graded = {record.reward, record.reward_error},
               .strict = {value_named(record.metrics, "scene_strict"),
                          value_named(record.metric_errors, "scene_strict")}};
  for (const TaskScore& task : record.by_task) row.n += task.n;
  return row;
}

std::vector<ScoreRow> rows_of(const EvaluationRecord& record) {
  std::vector<ScoreRow> rows;
  for (const TaskScore& task : record.by_task)
    rows.push_back({.task = task.task,
                    .n = task.n,
                    .graded = {task.reward, task.reward_error},
                    .strict = {task.scene_strict, task.scene_strict_error}});
  rows.push_back(row_of_all(record));
  return rows;
}

std::string text(const Measured& score) {
  if (std::isnan(score.value)) return "–";
  return decimal(score.value) + " ±" + decimal(score.error);
}

std::string change_text(const Measured& before, const Measured& after) {
  return text(before) + " → " + text(after);
}

Measured difference(const Measured& before, const Measured& after) {
  return {after.value - before.value, std::hypot(before.error, after.error)};
}

// "rose from .640 to .711 (3.3 standard errors)".
std::string told(const Measured& before, const Measured& after) {
  const Measured change = difference(before, after);
  if (change.value == 0) return "stayed at " + decimal(after.value);
  const double errors = change.error > 0 ? std::abs(change.value) / change.error : no_value;
  return fmt::format("{} from {} to {} ({} standard errors)", change.value > 0 ? "rose" : "fell",
                     decimal(before.value), decimal(after.value), decimal(errors, 1));
}

}  // namespace

std::string evaluation_table(const EvaluationRecord& record) {
  std::string table = fmt::format("  {:<10}{:>5}  {:<14}{}\n", "task", "n", "score", "strict");
  for (const ScoreRow& row : rows_of(record))
    table += fmt::format("  {:<10}{:>5}  {:<14}{}\n", row.task, row.n, text(row.graded),
                         text(row.strict));
  return table;
}

std::string before_after_table(const EvaluationRecord& before, const EvaluationRecord& after) {
  std::string table =
      fmt::format("  {:<10}{:>5}  {:<28}{}\n", "task", "n", "graded score", "strictly right");
  const std::vector<ScoreRow> old_rows = rows_of(before);
  const std::vector<ScoreRow> new_rows = rows_of(after);
  for (const ScoreRow& row : new_rows) {
    const auto old = std::find_if(old_rows.begin(), old_rows.end(),
                                  [&](const ScoreRow& other) { return other.task == row.task; });
    const ScoreRow& first = old == old_rows.end() ? ScoreRow{} : *old;
    table +=
        fmt::format("  {:<10}{:>5}  {:<28}{}\n", row.task, row.n,
                    change_text(first.graded, row.graded), change_text(first.strict, row.strict));
  }
  return table;
}

std::string before_after_sentence(const EvaluationRecord& before, const EvaluationRecord& after) {
  const ScoreRow first = row_of_all(before);
  const ScoreRow last = row_of_all(after);
  std::string sentence =
      "On prompts this run never trained on, the score " + told(first.graded, last.graded);
  if (!std::isnan(first.strict.value) && !std::isnan(last.strict.value))
    sentence +=
        ", and the share of pictures right in every respect " + told(first.strict, last.strict);
  return sentence + ".";
}

}  // namespace treegrpo::cli
