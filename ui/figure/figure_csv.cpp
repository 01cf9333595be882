#include "figure/figure_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "canvas/delta_drawing.h"
#include "compare/tree_pairs.h"

namespace treegrpo {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string result = "\"";
  for (const char one : text) result += one == '"' ? "\"\"" : std::string(1, one);
  return result + '"';
}

// As few digits as name the number; empty for none.
std::string numberText(double value) {
  if (std::isnan(value)) return {};
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

struct Row {
  std::string series;
  double x = no_value, y = no_value, low = no_value, high = no_value;
  std::int32_t n = 1, node = -1, parent = -1;
};

class Table {
 public:
  explicit Table(const FigureRecipe& recipe) : recipe_(recipe) {}

  void begin(std::size_t panel) { panel_ = panel; }

  void operator()(const FigureCurves& curves) {
    for (const FigureSeries& one : curves.series)
      for (std::size_t i = 0; i < one.x.size(); ++i)
        add({.series = one.name,
             .x = one.x[i],
             .y = one.mean[i],
             .low = one.low.empty() ? no_value : one.low[i],
             .high = one.high.empty() ? no_value : one.high[i],
             .n = one.n_at.empty() ? one.n : one.n_at[i]});
  }

  // An edge a row: x is its node's step, y the number that colours it.
  void operator()(const TreeData& tree) { addSide({}, *tree.record, tree.edges, nullptr); }

  void operator()(const ImageTable& grid) {
    for (const std::vector<ImageTable::Cell>& row : grid.rows)
      for (std::size_t i = 0; i < row.size(); ++i)
        add({.series = wordsOf(grid.columns[i]) + row[i].prompt, .y = row[i].reward});
  }

  void operator()(const DistributionData& data) { addRewards(*data.record); }

  void operator()(const PairData& pair) {
    const auto colour = std::ranges::find(pairColours(), pair.edges, &PairColour::name);
    PairShades shades;
    if (colour != pairColours().end() && colour->delta)
      shades = pairShades(*pair.first, *pair.second, pair_nodes(*pair.first, *pair.second),
                          *colour->delta);
    addSide("A: " + pair.first_name + ": ", *pair.first, pair.edges, shades.first.get());
    addSide("B: " + pair.second_name + ": ", *pair.second, pair.edges, shades.second.get());
  }

  // A mean a row: x is how many iterations were done.
  void operator()(const ProbeData& data) {
    for (const ProbeLane& lane : probeLanes(data.strip))
      for (const ProbeLine& line : lane.lines)
        for (std::size_t i = 0; i < line.values.size(); ++i)
          add({.series = lane.name,
               .x = static_cast<double>(data.strip.probes[i]->iteration),
               .y = line.values[i]});
  }

  std::string text() const { return text_; }

 private:
  static std::string wordsOf(const ImageTable::Column& column) {
    return (column.run.empty() ? "" : column.run + ": ") +
           (column.place.empty() ? "" : column.place + ": ");
  }

  static double numberOf(const TreeNode& node, const std::string& edges) {
    if (edges == "advantage") return node.advantage;
    if (edges == "log_prob") return node.log_prob;
    if (edges == "ratio") return node.ratio;
    if (edges == "kl") return node.kl;
    return edges == "value" ? node.value : no_value;
  }

  // `given`: numbers of the nodes in place of their own.
  void addSide(const std::string& side, const TreeRecord& record, const std::string& edges,
               const std::vector<double>* given) {
    const std::vector<TreeNode>& nodes = record.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      add({.series = side + edges,
           .x = static_cast<double>(nodes[i].step),
           .y = given ? (*given)[i] : numberOf(nodes[i], edges),
           .node = static_cast<std::int32_t>(i),
           .parent = nodes[i].parent});
    addRewards(record, side);
  }

  void addRewards(const TreeRecord& record, const std::string& side = {}) {
    const std::vector<std::int32_t> all = leaves(record);
    for (std::size_t column = 0; column < record.rewards.size(); ++column)
      for (std::size_t leaf = 0; leaf < all.size(); ++leaf)
        add({.series = side + "reward." + record.reward_names[column],
             .y = record.rewards[column][leaf],
             .node = all[leaf],
             .parent = record.nodes[static_cast<std::size_t>(all[leaf])].parent});
  }

  void add(const Row& row) {
    text_ += std::to_string(panel_ + 1) + "," +
             std::string(kindOf(recipe_.panels[panel_].content)) + "," + quoted(row.series);
    for (const double value : {row.x, row.y, row.low, row.high}) text_ += "," + numberText(value);
    text_ += "," + std::to_string(row.n);
    for (const std::int32_t node : {row.node, row.parent})
      text_ += "," + (node < 0 ? std::string() : std::to_string(node));
    text_ += "\n";
  }

  const FigureRecipe& recipe_;
  std::size_t panel_ = 0;
  std::string text_ = "panel,kind,series,x,y,low,high,n,node,parent\n";
};

}  // namespace

std::string csvOf(const FigureRecipe& recipe, const FigureData& data) {
  Table table(recipe);
  for (std::size_t panel = 0; panel < data.panels.size(); ++panel) {
    table.begin(panel);
    std::visit(table, data.panels[panel]);
  }
  return table.text();
}

}  // namespace treegrpo
