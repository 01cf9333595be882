#include "store/run_notes.h"

#include <algorithm>

#include "base/clock.h"
#include "record/utf8.h"
#include "store/figure_rows.h"
#include "store/run_names.h"
#include "store/sql.h"

namespace treegrpo {
namespace {

constexpr const char* rename_sql = "UPDATE run SET name = ? WHERE id = ?";
constexpr const char* insert_tag_sql = "INSERT OR IGNORE INTO tag(run, tag) VALUES(?, ?)";
constexpr const char* delete_tag_sql = "DELETE FROM tag WHERE run = ? AND tag = ?";
constexpr const char* select_tags_sql = "SELECT tag FROM tag WHERE run = ? ORDER BY tag";
constexpr const char* insert_note_sql = R"sql(
INSERT INTO note(run, iteration, prompt, node, text, created) VALUES(?, ?, ?, ?, ?, ?))sql";
constexpr const char* delete_note_sql = "DELETE FROM note WHERE run = ? AND id = ?";
constexpr const char* select_notes_sql = "SELECT id FROM note WHERE run = ? ORDER BY id";

constexpr std::size_t longest_tag = 60;      // bytes
constexpr std::size_t longest_note = 10000;  // likewise

// ", "-joined values of the only column; `none` where there are none.
std::string column_text(Statements& statements, const char* sql, RunId run, const char* none) {
  std::string text;
  Query rows(statements[sql], run.value);
  while (rows.next()) text.append(text.empty() ? "" : ", ").append(rows.text(0));
  return text.empty() ? none : text;
}

void check_tag(const std::string& tag) {
  const auto is_no_letter = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == ',';
  };
  if (!tag.empty() && tag.size() <= longest_tag && !first_invalid_utf8(tag) && tag[0] != '+' &&
      tag[0] != '-' && std::none_of(tag.begin(), tag.end(), is_no_letter))
    return;
  const std::string shown = first_invalid_utf8(tag) ? "?" : shortened(tag, longest_tag);
  throw Error("a tag cannot be " + in_quotes(shown) +
                  ": it is one word without ',' of at most 60 bytes that does not begin with '+' "
                  "or '-'",
              ErrorKind::usage);
}

void check_note(const std::string& text) {
  if (first_invalid_utf8(text)) throw Error("a note is UTF-8 text", ErrorKind::usage);
  if (text.find_first_not_of(" \t\n") == std::string::npos)
    throw Error("a note needs a text", ErrorKind::usage);
  if (text.size() > longest_note)
    throw Error("a note has at most 10000 bytes, found " + std::to_string(text.size()),
                ErrorKind::usage);
}

}  // namespace

void rename_run(StoreConnection& store, RunId run, const std::string& name) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    const std::string before = require_run(statements, run);
    if (before == name) return;
    require_free_name(statements, name);
    Query(statements[rename_sql], name, run.value).run();
    rename_in_figures(statements, {}, before, name);
  });
}

void add_tags(StoreConnection& store, RunId run, std::span<const std::string> tags) {
  for (const std::string& tag : tags) check_tag(tag);
  Statements statements(store.database());
  in_transaction(store, [&] {
    require_run(statements, run);
    for (const std::string& tag : tags) Query(statements[insert_tag_sql], run.value, tag).run();
  });
}

void remove_tags(StoreConnection& store, RunId run, std::span<const std::string> tags) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    const std::string name = require_run(statements, run);
    const std::string held = column_text(statements, select_tags_sql, run, "none");
    for (const std::string& tag : tags) {
      if (Query(statements[delete_tag_sql], run.value, tag).run() == 1) continue;
      const std::string shown = first_invalid_utf8(tag) ? "?" : shortened(tag, longest_tag);
      throw Error("the run '" + name + "' has no tag " + in_quotes(shown) + "; it has " + held);
    }
  });
}

Note add_note(StoreConnection& store, RunId run, const NotePlace& place, const std::string& text) {
  check_note(text);
  Statements statements(store.database());
  return in_transaction(store, [&] {
    require_run(statements, run);
    Note note{.id = 0, .run = run, .place = place, .text = text, .created = utc_now()};
    Query(statements[insert_note_sql], run.value, place.iteration, place.prompt, place.node,
          note.text, note.created)
        .run();
    note.id = store.database().getLastInsertRowid();
    return note;
  });
}

void remove_note(StoreConnection& store, RunId run, std::int64_t note) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    const std::string name = require_run(statements, run);
    if (Query(statements[delete_note_sql], run.value, note).run() == 1) return;
    throw Error("the run '" + name + "' has no note " + std::to_string(note) + "; it has " +
                column_text(statements, select_notes_sql, run, "none"));
  });
}

}  // namespace treegrpo
