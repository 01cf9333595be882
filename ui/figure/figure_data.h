// What the panels of a figure show, read from a store: plain data, from which figure_page draws.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "canvas/probe_drawing.h"
#include "figure/figure_curves.h"
#include "figure/figure_recipe.h"
#include "record/tree_record.h"

namespace treegrpo {

class Workbench;

struct TreeData {
  std::shared_ptr<const TreeRecord> record;
  std::string edges = "advantage", order = "path";
  std::int32_t hoisted = -1;
  std::vector<std::int32_t> collapsed = {};
};

// Pictures in rows; one that was not stored is null.
struct ImageTable {
  struct Column {
    std::string run, place;  // what tells it from the others; empty where all are alike
  };
  struct Cell {
    std::string prompt;
    std::shared_ptr<const Image> image;
    double reward = no_value;
  };
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

struct DistributionData {
  std::shared_ptr<const TreeRecord> record;
};

// Of one run, one probe at least.
struct ProbeData {
  ProbeStrip strip;
};

// Two trees face to face.
struct PairData {
  std::shared_ptr<const TreeRecord> first, second;
  std::string first_name, second_name;  // its run, and its iteration where both are of one run
  std::string edges = "advantage";
};

using PanelData =
    std::variant<FigureCurves, TreeData, ImageTable, DistributionData, ProbeData, PairData>;

// A run that a figure shows, for its metadata.
struct FigureRun {
  std::int64_t id = 0;
  std::string name, method, config;  // config: 16 hexadecimal digits of its text
  std::uint64_t seed = 0;
  std::int32_t iterations = 0;
  std::string created;          // UTC, ISO 8601
  std::string version, commit;  // of the program that made it
};

struct FigureData {
  std::vector<PanelData> panels;  // as the recipe's
  std::vector<FigureRun> runs;    // each once, in the order of the panels
};

// Reads what a recipe asks for. Throws Error, one sentence, naming the panel: a run that is gone,
// an iteration or prompt it has not, a metric without numbers. On the thread of the workbench.
FigureData figureData(const FigureRecipe& recipe, Workbench& workbench);

// The place of a leaf among a tree's leaves by its reward: "best", "median", "worst", or "first".
// Leaves without a finite reward come last.
std::int32_t chosenLeaf(const TreeRecord& record, const std::string& which);

}  // namespace treegrpo
