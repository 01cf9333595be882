// Runs as the run library lists them: read from their workspaces once, then plain values.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compare/filter.h"
#include "record/iteration_record.h"
#include "workbench/workbench.h"

namespace treegrpo {

// Which run: `workspace` is the file of one that is listed beside the open one, empty: the open
// one.
struct ListedRun {
  std::string workspace;
  RunId run;

  bool isHere() const { return workspace.empty(); }
  bool operator==(const ListedRun&) const = default;
};

struct LibraryRow {
  LibraryRun run;
  FilterRow asked;             // what a filter may ask of it, the name of its workspace included
  std::string workspace = {};  // as ListedRun::workspace

  ListedRun listed() const { return {workspace, run.summary.run}; }
  double reward() const { return run.rewards.empty() ? no_value : run.rewards.back(); }
};

bool hasStar(const RunSummary& run);
inline constexpr auto star_tag = "star";

// What a row's workspace is called: by its file's name.
std::string workspaceName(const LibraryRow& row);

// A workspace that is listed beside the open one.
struct ListedWorkspace {
  std::string file;
  std::size_t runs = 0;
  std::string problem = {};  // why its runs are not listed, a sentence; empty: they are
};

struct Library {
  std::vector<LibraryRow> rows;         // of the open workspace, newest first; then of the others
  std::vector<FilterName> names;        // that a filter may use
  std::vector<RunSummary> trash;        // of the open workspace, newest first
  std::vector<ListedWorkspace> others;  // as they were asked for
};

// Other workspaces, open for reading alone; what they have told is not read again.
using OtherWorkspaces = std::map<std::string, std::unique_ptr<Workbench>>;

// The open workspace, which need not exist yet, and those of `files`; what is wrong with one of
// these is told in its place. On the thread that may ask `store`. Throws Error about that one.
Library readLibrary(Workbench& store, const std::vector<std::string>& files,
                    OtherWorkspaces& others);

}  // namespace treegrpo
