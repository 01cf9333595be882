#include "store/iteration_rows.h"

#include "base/clock.h"
#include "store/json_columns.h"

namespace treegrpo {
namespace {

constexpr const char* insert_iteration_sql = R"sql(
INSERT INTO iteration(run, created, iteration, reward, reward_by_name, loss, ratio_mean, ratio_std,
  ratio_max, clip_fraction, kl, grad_norm, learning_rate, nfe, trained_passes, forward_passes,
  leaves, window_start, advantage_std_by_depth, diversity, skipped_groups, softmax_ess,
  seconds_sample, seconds_decode, seconds_reward, seconds_train, seconds_store, seconds_total,
  peak_bytes)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

// The columns from `iteration` on, in the order of the insert.
#define TREEGRPO_ITERATION_COLUMNS                                                                 \
  "iteration, reward, reward_by_name, loss, ratio_mean, ratio_std, ratio_max, clip_fraction, kl, " \
  "grad_norm, learning_rate, nfe, trained_passes, forward_passes, leaves, window_start, "          \
  "advantage_std_by_depth, diversity, skipped_groups, softmax_ess, seconds_sample, "               \
  "seconds_decode, seconds_reward, seconds_train, seconds_store, seconds_total, peak_bytes "
constexpr const char* select_iterations_sql =
    "SELECT " TREEGRPO_ITERATION_COLUMNS "FROM iteration WHERE run = ? ORDER BY iteration";
constexpr const char* select_iteration_sql =
    "SELECT " TREEGRPO_ITERATION_COLUMNS "FROM iteration WHERE run = ? AND iteration = ?";
#undef TREEGRPO_ITERATION_COLUMNS
constexpr const char* select_totals_sql =
    "SELECT reward, nfe, seconds_total FROM iteration WHERE run = ? ORDER BY iteration";

constexpr const char* replace_evaluation_sql = R"sql(
INSERT OR REPLACE INTO evaluation(run, created, iteration, reward, reward_error, reward_by_name,
  metrics, metric_errors, by_task, diversity, seconds)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* select_evaluations_sql = R"sql(
SELECT iteration, reward, reward_error, reward_by_name, metrics, metric_errors, by_task, diversity,
  seconds
FROM evaluation WHERE run = ? ORDER BY iteration)sql";

PhaseSeconds seconds_from_row(const Query& row, int first) {
  return {.sample = row.real(first),
          .decode = row.real(first + 1),
          .reward = row.real(first + 2),
          .train = row.real(first + 3),
          .store = row.real(first + 4),
          .total = row.real(first + 5)};
}

IterationRecord iteration_from_row(const Query& row) {
  return {.iteration = row.integer32(0),
          .reward = row.real(1),
          .reward_by_name = named_values_from_json(row.text(2)),
          .loss = row.real(3),
          .ratio_mean = row.real(4),
          .ratio_std = row.real(5),
          .ratio_max = row.real(6),
          .clip_fraction = row.real(7),
          .kl = row.real(8),
          .grad_norm = row.real(9),
          .learning_rate = row.real(10),
          .nfe = row.integer(11),
          .trained_passes = row.integer(12),
          .forward_passes = row.integer(13),
          .leaves = row.integer(14),
          .window_start = row.integer32(15),
          .advantage_std_by_depth = numbers_from_json(row.text(16)),
          .diversity = row.real(17),
          .skipped_groups = row.integer32(18),
          .softmax_ess = row.real(19),
          .seconds = seconds_from_row(row, 20),
          .peak_bytes = row.integer(26)};
}

EvaluationRecord evaluation_from_row(const Query& row) {
  return {.iteration = row.integer32(0),
          .reward = row.real(1),
          .reward_error = row.real(2),
          .reward_by_name = named_values_from_json(row.text(3)),
          .metrics = named_values_from_json(row.text(4)),
          .metric_errors = named_values_from_json(row.text(5)),
          .by_task = task_scores_from_json(row.text(6)),
          .diversity = row.real(7),
          .seconds = row.real(8)};
}

}  // namespace

void insert_iteration(Statements& statements, RunId run, const IterationRecord& record) {
  const PhaseSeconds& seconds = record.seconds;
  Query(statements[insert_iteration_sql], run.value, utc_now(), record.iteration, record.reward,
        named_values_to_json(record.reward_by_name), record.loss, record.ratio_mean,
        record.ratio_std, record.ratio_max, record.clip_fraction, record.kl, record.grad_norm,
        record.learning_rate, record.nfe, record.trained_passes, record.forward_passes,
        record.leaves, record.window_start, numbers_to_json(record.advantage_std_by_depth),
        record.diversity, record.skipped_groups, record.softmax_ess, seconds.sample, seconds.decode,
        seconds.reward, seconds.train, seconds.store, seconds.total, record.peak_bytes)
      .run();
}

std::vector<IterationRecord> select_iterations(Statements& statements, RunId run) {
  std::vector<IterationRecord> records;
  Query rows(statements[select_iterations_sql], run.value);
  while (rows.next()) records.push_back(iteration_from_row(rows));
  return records;
}

std::vector<IterationTotals> select_iteration_totals(Statements& statements, RunId run) {
  std::vector<IterationTotals> list;
  Query rows(statements[select_totals_sql], run.value);
  while (rows.next())
    list.push_back({.reward = rows.real(0), .nfe = rows.integer(1), .seconds = rows.real(2)});
  return list;
}

std::optional<IterationRecord> select_iteration(Statements& statements, RunId run,
                                                std::int32_t iteration) {
  Query row(statements[select_iteration_sql], run.value, iteration);
  if (!row.next()) return std::nullopt;
  return iteration_from_row(row);
}

void replace_evaluation(Statements& statements, RunId run, const EvaluationRecord& record) {
  Query(statements[replace_evaluation_sql], run.value, utc_now(), record.iteration, record.reward,
        record.reward_error, named_values_to_json(record.reward_by_name),
        named_values_to_json(record.metrics), named_values_to_json(record.metric_errors),
        task_scores_to_json(record.by_task), record.diversity, record.seconds)
      .run();
}

std::vector<EvaluationRecord> select_evaluations(Statements& statements, RunId run) {
  std::vector<EvaluationRecord> records;
  Query rows(statements[select_evaluations_sql], run.value);
  while (rows.next()) records.push_back(evaluation_from_row(rows));
  return records;
}

}  // namespace treegrpo
