#include "store/run_counts.h"

#include <algorithm>

#include "store/owner_rows.h"

namespace treegrpo {
namespace {

constexpr const char* counts_sql = R"sql(
SELECT id, name, iterations, image_bytes,
  (SELECT coalesce(max(iteration) + 1, 0) FROM iteration WHERE iteration.run = run.id),
  (SELECT count(*) FROM iteration WHERE iteration.run = run.id),
  (SELECT coalesce(sum(length(image.bytes)), 0) FROM tree JOIN image ON image.tree = tree.id
   WHERE tree.run = run.id AND tree.purpose = 'train') +
  (SELECT coalesce(sum(length(bytes)), 0) FROM probe_picture WHERE run = run.id)
FROM run ORDER BY id)sql";

}  // namespace

std::vector<RunCounts> run_counts(Statements& statements) {
  std::vector<RunCounts> counts;
  {
    Query rows(statements[counts_sql]);
    while (rows.next())
      counts.push_back({.run = {rows.integer(0)},
                        .name = rows.text(1),
                        .alive = false,
                        .iterations = rows.integer(2),
                        .image_bytes = rows.integer(3),
                        .last_iteration = rows.integer(4),
                        .iteration_rows = rows.integer(5),
                        .image_bytes_held = rows.integer(6)});
  }
  for (const RunAtWork& at_work : runs_at_work(statements))
    for (RunCounts& run : counts)
      if (run.run == at_work.run) run.alive = at_work.alive;
  return counts;
}

}  // namespace treegrpo
