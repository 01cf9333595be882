#include "window/compare_commands.h"

#include <QSettings>
#include <algorithm>
#include <utility>

#include "comparison/grid_cells.h"

namespace treegrpo {
namespace {

constexpr auto ignored_key = "compare/ignored_keys";

// Of one side, with a sentence instead of a tree where the run has none there.
PairTree readTree(Workbench& store, const PairPlace::Side& side, PromptId prompt) {
  try {
    return {std::make_shared<const TreeRecord>(store.tree(side.run, side.iteration, prompt)), {}};
  } catch (const Error& none) {
    return {nullptr, QString::fromUtf8(none.what())};
  }
}

// A column a run, in order; a cell's tree is that of the prompt with the row's number.
ImageGrid readPictures(Workbench& store, const std::vector<RunId>& runs, std::int32_t iteration) {
  ImageGrid grid;
  const std::vector<PromptSummary> prompts =
      runs.empty() ? std::vector<PromptSummary>() : store.prompts(runs.front(), iteration);
  const std::vector<RunSummary> known = store.runs();
  for (const RunId run : runs) {
    const auto found = std::ranges::find(known, run, &RunSummary::run);
    grid.columns.push_back({{}, found == known.end() ? "" : found->name, 0});
  }
  for (const PromptSummary& prompt : prompts) {
    grid.rows.push_back(prompt.text);
    for (const RunId run : runs) {
      const PairTree cell = readTree(store, {run, iteration}, prompt.prompt);
      const bool alike = cell.tree && cell.tree->text == prompt.text;
      grid.cells.push_back(alike ? bestLeafCell(cell.tree) : GridCell());
      if (cell.tree) grid.steps = std::max(grid.steps, cell.tree->steps());
      if (!alike)
        grid.cells.back().missing = cell.tree ? "Another prompt" : cell.missing.toStdString();
    }
  }
  return grid;
}

}  // namespace

struct CompareCommands::Runs {
  std::vector<RunSummary> available, summaries;
  std::vector<ComparedRun> runs;
};

CompareCommands::CompareCommands(Session& session, ComparePage& page, QObject* parent)
    : QObject(parent), session_(session), page_(page) {
  connect(&page_, &ComparePage::runsAsked, this, &CompareCommands::compare);
  connect(&page_, &ComparePage::placeChanged, this, &CompareCommands::readTrees);
  connect(&page_, &ComparePage::gridAsked, this, &CompareCommands::readGrid);
  connect(&page_, &ComparePage::ignoredKeysChanged, this,
          [](const QStringList& keys) { QSettings().setValue(ignored_key, keys); });
  page_.setIgnoredKeys(
      QSettings().value(ignored_key, QStringList{"run.seed", "run.name"}).toStringList());
}

void CompareCommands::compare(const std::vector<RunId>& runs) {
  runs_ = runs;
  session_.ask<Runs>(
      [runs](Workbench& store) {
        Runs read{store.runs(), {}, {}};
        for (const RunId run : runs) {
          const auto found = std::ranges::find(read.available, run, &RunSummary::run);
          if (found == read.available.end()) continue;
          read.summaries.push_back(*found);
          read.runs.push_back(store.compared_run(*found));
        }
        return read;
      },
      this, [this](Runs read) { showRuns(std::move(read)); });
}

void CompareCommands::showRuns(Runs read) {
  page_.setAvailable(read.available);
  page_.setRuns(std::move(read.summaries), std::move(read.runs));
}

void CompareCommands::readGrid() {
  const int question = ++grids_;
  session_.ask<ImageGrid>([runs = page_.runs(), iteration = page_.place().first.iteration](
                              Workbench& store) { return readPictures(store, runs, iteration); },
                          this,
                          [this, question](ImageGrid grid) {
                            if (question == grids_) page_.setGrid(std::move(grid));
                          });
}

void CompareCommands::readTrees() {
  struct Trees {
    std::vector<PromptSummary> prompts;
    PairTree first, second;
  };
  const int question = ++questions_;
  session_.ask<Trees>(
      [place = page_.place()](Workbench& store) {
        return Trees{store.prompts(place.first.run, place.first.iteration),
                     readTree(store, place.first, place.prompt),
                     readTree(store, place.second, place.prompt)};
      },
      this,
      [this, question](Trees trees) {
        if (question != questions_) return;
        page_.setPrompts(trees.prompts);
        page_.setTrees(std::move(trees.first), std::move(trees.second));
      });
}

}  // namespace treegrpo
