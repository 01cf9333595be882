#include "store/run_names.h"

#include <algorithm>
#include <optional>

#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr const char* named_sql = "SELECT 1 FROM run WHERE name = ?";
constexpr const char* in_use_sql = "SELECT 1 FROM run WHERE name = ? AND deleted IS NULL";
constexpr const char* select_name_sql = "SELECT name, deleted FROM run WHERE id = ?";
constexpr std::size_t longest_name = 200;  // bytes

bool finds(Statements& statements, const char* sql, const std::string& name) {
  Query row(statements[sql], name);
  return row.next();
}

// Why no run may have that name; nothing if one may.
std::optional<std::string> name_problem(const std::string& name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  if (name.empty()) return "a name has at least one letter";
  if (first_invalid_utf8(name)) return "a name is UTF-8 text";
  if (name.size() > longest_name)
    return "a name has at most " + std::to_string(longest_name) + " bytes";
  if (std::all_of(name.begin(), name.end(), is_digit)) return "numbers are ids; add a letter";
  if (name.find('/') != std::string::npos) return "a name holds no '/'";
  if (std::any_of(name.begin(), name.end(), is_control)) return "a name is one line of text";
  return std::nullopt;
}

}  // namespace

std::string free_run_name(Statements& statements, const RunConfig& config) {
  const std::string stem = config.method.name + "-s" + std::to_string(config.run.seed) + "-";
  for (int number = 1;; ++number) {
    std::string name = stem + std::to_string(number);
    if (!finds(statements, named_sql, name)) return name;
  }
}

void require_free_name(Statements& statements, const std::string& name) {
  if (const auto problem = name_problem(name)) {
    const std::string shown = first_invalid_utf8(name) ? "?" : shortened(name, 60);
    throw Error("a run cannot be named '" + shown + "': " + *problem, ErrorKind::configuration);
  }
  if (finds(statements, in_use_sql, name))
    throw Error("there is a run named '" + name + "' already; choose another name");
}

std::string require_run(Statements& statements, RunId run) {
  Query row(statements[select_name_sql], run.value);
  if (!row.next()) throw Error("there is no run " + std::to_string(run.value));
  if (!row.is_null(1)) throw in_the_trash(row.text(0), run);
  return row.text(0);
}

Error in_the_trash(const std::string& name, RunId run) {
  return Error("the run '" + name + "' is in the trash; 'treegrpo restore " +
               std::to_string(run.value) + "' brings it back");
}

}  // namespace treegrpo
