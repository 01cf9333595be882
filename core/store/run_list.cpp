#include "store/run_list.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "record/utf8.h"
#include "store/near_names.h"
#include "store/owner_rows.h"
#include "store/run_names.h"

namespace treegrpo {
namespace {

#define TREEGRPO_RUN_COLUMNS                                                                   \
  "SELECT id, name, method, status, failure, iterations, iterations_planned, seed, created, "  \
  "updated, image_bytes, program_version, program_commit, host, cpu, device, torch, threads, " \
  "owner_host, owner_pid, owner_boot_id, owner_started, heartbeat, coalesce(deleted, ''), "    \
  "wait_policy, (SELECT count(*) FROM figure WHERE figure.run = run.id) FROM run "
constexpr const char* select_runs_sql = TREEGRPO_RUN_COLUMNS "WHERE deleted IS NULL ORDER BY id";
constexpr const char* select_trash_sql =
    TREEGRPO_RUN_COLUMNS "WHERE deleted IS NOT NULL ORDER BY id";
#undef TREEGRPO_RUN_COLUMNS

constexpr const char* select_tags_sql = "SELECT run, tag FROM tag ORDER BY run, tag";

constexpr std::size_t longest_shown = 60;  // bytes of a name that an error repeats

RunSummary summary_from_row(const Query& row) {
  return {.run = {row.integer(0)},
          .name = row.text(1),
          .method = row.text(2),
          .status = status_now(row.text(3), row, 18),
          .failure = row.text(4),
          .iterations = row.integer32(5),
          .iterations_planned = row.integer32(6),
          .seed = static_cast<std::uint64_t>(row.integer(7)),
          .created = row.text(8),
          .updated = row.text(9),
          .deleted = row.text(23),
          .image_bytes = row.integer(10),
          .tags = {},
          .provenance = {.version = row.text(11),
                         .commit = row.text(12),
                         .host = row.text(13),
                         .cpu = row.text(14),
                         .device = row.text(15),
                         .torch = row.text(16),
                         .threads = row.integer32(17),
                         .wait_policy = row.text(24)},
          .figures = row.integer32(25),
          .process = process_of(row, 18)};
}

std::vector<RunSummary> summaries(Statements& statements, const char* sql) {
  std::vector<RunSummary> list;
  {
    Query rows(statements[sql]);
    while (rows.next()) list.push_back(summary_from_row(rows));
  }
  Query tags(statements[select_tags_sql]);
  auto run = list.begin();
  while (tags.next()) {  // both in order of ids
    while (run != list.end() && run->run.value < tags.integer(0)) ++run;
    if (run != list.end() && run->run.value == tags.integer(0)) run->tags.push_back(tags.text(1));
  }
  return list;
}

std::vector<RunSummary> matching(std::vector<RunSummary> runs, std::string_view asked) {
  std::int64_t id = 0;
  const auto [end, failure] = std::from_chars(asked.data(), asked.data() + asked.size(), id);
  const bool is_id = failure == std::errc() && end == asked.data() + asked.size();
  std::erase_if(
      runs, [&](const RunSummary& run) { return is_id ? run.run.value != id : run.name != asked; });
  return runs;
}

std::string quoted(std::string_view name) {
  const std::string_view shown = first_invalid_utf8(name) ? "?" : name;
  return "'" + shortened(shown, longest_shown) + "'";
}

// ", "-joined 'names' near to what was asked; empty if none is.
std::string near_ones(std::string_view asked, const std::vector<RunSummary>& runs) {
  std::vector<std::string> names;
  for (const RunSummary& run : runs) names.push_back(run.name);
  std::string text;
  for (const std::string& name : near_names(asked, names))
    text.append(text.empty() ? "'" : ", '").append(name).append("'");
  return text;
}

// What to say to somebody who asked for a run that is not there.
Error unknown_run(std::string_view asked, const std::vector<RunSummary>& runs) {
  if (runs.empty())
    return Error("there is no run " + quoted(asked) + ": the store holds no runs yet");
  const std::string start = "there is no run " + quoted(asked) + "; ";
  const std::string near = near_ones(asked, runs);
  if (!near.empty()) return Error(start + "did you mean " + near + "?");
  return Error(start + "the newest is '" + runs.back().name + "' (id " +
               std::to_string(runs.back().run.value) + ")");
}

Error unknown_in_trash(std::string_view asked, const std::vector<RunSummary>& trash) {
  const std::string start = "there is no run " + quoted(asked) + " in the trash";
  if (trash.empty()) return Error(start + ": the trash is empty");
  const std::string near = near_ones(asked, trash);
  if (!near.empty()) return Error(start + "; did you mean " + near + "?");
  return Error(start + "; 'treegrpo runs --trash' lists what is");
}

std::string numbers_of(const std::vector<RunSummary>& runs) {
  std::string text;
  for (const RunSummary& run : runs)
    text.append(text.empty() ? "" : ", ").append(std::to_string(run.run.value));
  return text;
}

}  // namespace

std::vector<RunSummary> select_runs(Statements& statements) {
  return summaries(statements, select_runs_sql);
}

std::vector<RunSummary> select_trashed_runs(Statements& statements) {
  return summaries(statements, select_trash_sql);
}

RunSummary run_of(Statements& statements, std::string_view id_or_name) {
  const std::vector<RunSummary> runs = select_runs(statements);
  const std::vector<RunSummary> found = matching(runs, id_or_name);
  if (!found.empty()) return found.front();
  const std::vector<RunSummary> trashed = matching(select_trashed_runs(statements), id_or_name);
  if (!trashed.empty()) throw in_the_trash(trashed.back().name, trashed.back().run);
  throw unknown_run(id_or_name, runs);
}

RunSummary trashed_run_of(Statements& statements, std::string_view id_or_name) {
  const std::vector<RunSummary> trash = select_trashed_runs(statements);
  const std::vector<RunSummary> found = matching(trash, id_or_name);
  if (found.size() == 1) return found.front();
  if (found.size() > 1)
    throw Error("there are " + std::to_string(found.size()) + " runs named " + quoted(id_or_name) +
                " in the trash; say which by its number: " + numbers_of(found));
  if (!matching(select_runs(statements), id_or_name).empty())
    throw Error("the run " + quoted(id_or_name) +
                " is not in the trash; 'treegrpo delete' puts it there");
  throw unknown_in_trash(id_or_name, trash);
}

}  // namespace treegrpo
