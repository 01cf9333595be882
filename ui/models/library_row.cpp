#include "models/library_row.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* workspace_name = "workspace";  // to a filter

// Puts the runs of a workspace behind those that are listed, newest first.
void addRuns(Workbench& store, const std::string& workspace, Library& library) {
  std::vector<LibraryRun> runs = store.library(store.runs());
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    FilterRow asked = filter_row(*run);
    asked.values[workspace_name] = store.store().filename().string();
    library.rows.push_back(
        {.run = std::move(*run), .asked = std::move(asked), .workspace = workspace});
  }
}

ListedWorkspace addOther(const std::string& file, OtherWorkspaces& others, Library& library) {
  const std::size_t before = library.rows.size();
  try {
    if (!fs::exists(file))
      throw Error("there is no file '" + file + "' any more; put it back or remove it here");
    std::unique_ptr<Workbench>& other = others[file];
    if (!other) other = std::make_unique<Workbench>(file, Workbench::LoadEngine());
    addRuns(*other, file, library);
    return {.file = file, .runs = library.rows.size() - before};
  } catch (const std::exception& failure) {
    others.erase(file);
    return {.file = file, .problem = failure.what()};
  }
}

}  // namespace

bool hasStar(const RunSummary& run) { return std::ranges::count(run.tags, star_tag) > 0; }

std::string workspaceName(const LibraryRow& row) {
  const std::optional<FilterValue> name = row.asked.value(workspace_name);
  return name ? std::get<std::string>(*name) : std::string();
}

Library readLibrary(Workbench& store, const std::vector<std::string>& files,
                    OtherWorkspaces& others) {
  Library library;
  if (fs::exists(store.store())) {
    addRuns(store, {}, library);
    library.trash = store.trashed_runs();
    std::ranges::reverse(library.trash);
  }
  for (const std::string& file : files) library.others.push_back(addOther(file, others, library));
  FilterNames names;
  for (const LibraryRow& row : library.rows) names.add(row.asked);
  library.names = names.list();
  return library;
}

}  // namespace treegrpo
