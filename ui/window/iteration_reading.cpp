#include "window/iteration_reading.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "comparison/grid_cells.h"
#include "window/ask_in_turn.h"

namespace treegrpo {

struct IterationReading::Beginning {
  std::vector<RunId> runs;
  std::int32_t iteration = 0;
  std::vector<PromptSummary> prompts;
  std::vector<std::string> names;  // of the runs
};

struct IterationReading::Cell {
  GridCell cell;
  TreeSample sample;
  int steps = 0;
};

// Of the whole tree the numbers, of its pictures those to the best leaf alone.
IterationReading::Cell IterationReading::cellOf(Workbench& store, RunId run, std::int32_t iteration,
                                                const PromptSummary& prompt) try {
  TreeRecord tree = store.tree_numbers(run, iteration, prompt.prompt);
  Cell cell{{}, sampleOf(tree), tree.steps()};
  if (tree.text != prompt.text) {
    cell.cell.missing = "Another prompt";
    return cell;
  }
  const std::vector<std::int32_t> way = bestWay(tree);
  for (const std::int32_t node : way)
    if (std::optional<Image> image = store.image(run, iteration, prompt.prompt, {node}))
      tree.nodes[static_cast<std::size_t>(node)].image = std::move(*image);
  cell.cell = bestWayCell(std::make_shared<const TreeRecord>(std::move(tree)), way);
  return cell;
} catch (const std::exception& none) {
  return {.cell = {.pictures = {}, .missing = none.what()}, .sample = {}};
}

IterationReading::IterationReading(Session& session, QObject* parent)
    : QObject(parent), session_(session) {}

void IterationReading::start(const std::vector<RunId>& runs, std::int32_t iteration) {
  const int reading = ++reading_;
  if (runs.empty()) return;
  session_.ask<Beginning>(
      [runs, iteration](Workbench& store) {
        Beginning beginning{runs, iteration, store.prompts(runs.front(), iteration), {}};
        const std::vector<RunSummary> known = store.runs();
        for (const RunId run : runs) {
          const auto found = std::ranges::find(known, run, &RunSummary::run);
          beginning.names.push_back(found == known.end() ? "" : found->name);
        }
        return beginning;
      },
      this,
      [this, reading](Beginning beginning) {
        if (reading == reading_) begin(reading, std::move(beginning));
      });
}

void IterationReading::begin(int reading, Beginning beginning) {
  read_ = {};
  for (const std::string& name : beginning.names) read_.grid.columns.push_back({{}, name, 0});
  for (const PromptSummary& prompt : beginning.prompts) read_.grid.rows.push_back(prompt.text);
  read_.samples.resize(beginning.runs.size());
  read_.of = static_cast<int>(beginning.runs.size() * beginning.prompts.size());
  read_.grid.cells.assign(static_cast<std::size_t>(read_.of),
                          GridCell{.pictures = {}, .missing = "Not read yet"});
  Q_EMIT progressed(read_);
  askInTurn<Cell>(
      session_, this, 0, read_.of,
      [beginning](Workbench& store, int at) {
        const auto place = static_cast<std::size_t>(at);
        const std::size_t columns = beginning.runs.size();
        return cellOf(store, beginning.runs[place % columns], beginning.iteration,
                      beginning.prompts[place / columns]);
      },
      [this, reading](int at, Cell cell) {
        if (reading == reading_) add(at, std::move(cell));
        return reading == reading_;
      });
}

void IterationReading::cancel() {
  ++reading_;
  read_.cancelled = true;
  for (std::size_t cell = static_cast<std::size_t>(read_.done); cell < read_.grid.cells.size();
       ++cell)
    read_.grid.cells[cell].missing = "Not read: cancelled";
  Q_EMIT progressed(read_);
}

void IterationReading::add(int at, Cell cell) {
  const auto place = static_cast<std::size_t>(at);
  read_.grid.cells[place] = std::move(cell.cell);
  read_.grid.steps = std::max(read_.grid.steps, cell.steps);
  pool(read_.samples[place % read_.samples.size()], cell.sample);
  read_.done = at + 1;
  Q_EMIT progressed(read_);
}

}  // namespace treegrpo
