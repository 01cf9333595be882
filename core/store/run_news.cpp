#include "store/run_news.h"

#include "store/owner_rows.h"

namespace treegrpo {
namespace {

constexpr const char* select_news_sql = R"sql(
SELECT status, failure, iterations, iterations_planned,
  owner_host, owner_pid, owner_boot_id, owner_started, heartbeat,
  (SELECT count(*) FROM parameter_change WHERE run = run.id),
  (SELECT coalesce(max(iteration), -1) FROM evaluation WHERE run = run.id),
  (SELECT coalesce(max(iterations), -1) FROM checkpoint WHERE run = run.id),
  (SELECT count(*) FROM command WHERE run = run.id AND taken IS NULL)
FROM run WHERE id = ?)sql";

// By its own number, the last first: a run in progress has the newest trees of all.
constexpr const char* newest_tree_sql = R"sql(
SELECT id, iteration FROM tree NOT INDEXED WHERE run = ? AND purpose = 'train'
ORDER BY id DESC LIMIT 1)sql";

}  // namespace

std::optional<RunNews> select_news(Statements& statements, RunId run) {
  Query row(statements[select_news_sql], run.value);
  if (!row.next()) return std::nullopt;
  RunNews news{.status = status_now(row.text(0), row, 4),
               .failure = row.text(1),
               .iterations = row.integer32(2),
               .iterations_planned = row.integer32(3),
               .process = process_of(row, 4),
               .changes = row.integer32(9),
               .newest_evaluation = row.integer32(10),
               .newest_checkpoint = row.integer32(11),
               .commands_waiting = row.integer32(12)};
  Query tree(statements[newest_tree_sql], run.value);
  if (tree.next()) {
    news.newest_tree = tree.integer(0);
    news.newest_iteration = tree.integer32(1);
  }
  return news;
}

}  // namespace treegrpo
