#include "figure/figure_data.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/noise_key.h"
#include "record/config_toml.h"
#include "workbench/workbench.h"

namespace treegrpo {
namespace {

std::string hexDigits(std::uint64_t number) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t at = text.size(); at-- > 0; number /= 16) text[at] = digits[number % 16];
  return text;
}

std::string fingerprintOf(const std::string& text) {
  std::uint64_t state = text.size();
  for (const char one : text) state = mix64(state ^ static_cast<unsigned char>(one));
  return hexDigits(state);
}

class Reader {
 public:
  Reader(Workbench& workbench, FigureData& data) : workbench_(workbench), data_(data) {}

  PanelData operator()(const CurvesPanel& panel) {
    std::vector<ComparedRun> runs;
    for (const std::string& name : panel.runs)
      runs.push_back(workbench_.compared_run(summaryOf(name)));
    return curvesOf(runs, panel);
  }

  PanelData operator()(const TreePanel& panel) {
    TreeData data{treeOf(summaryOf(panel.run), panel.iteration, panel.prompt, true), panel.edges,
                  panel.order, panel.hoisted, panel.collapsed};
    std::vector<std::int32_t> named = panel.collapsed;
    named.push_back(panel.hoisted);
    const auto nodes = static_cast<std::int32_t>(data.record->nodes.size());
    for (const std::int32_t node : named)
      if (node >= nodes)
        throw Error("the tree has no node " + std::to_string(node) + "; it has 0 to " +
                    std::to_string(nodes - 1));
    return data;
  }

  PanelData operator()(const ImagesPanel& panel) {
    std::vector<RunSummary> runs;
    for (const std::string& name : panel.runs) runs.push_back(summaryOf(name));
    ImageTable grid;
    for (const RunSummary& run : runs)
      for (const std::int32_t iteration : panel.iterations)
        grid.columns.push_back(columnOf(run, iteration, panel));
    for (const std::int32_t prompt : panel.prompts) grid.rows.push_back(rowOf(runs, panel, prompt));
    return grid;
  }

  PanelData operator()(const DistributionsPanel& panel) {
    DistributionData data{treeOf(summaryOf(panel.run), panel.iteration, panel.prompt, false)};
    if (data.record->rewards.empty()) throw Error("the tree has no rewards; choose another one");
    return data;
  }

  PanelData operator()(const PairPanel& panel) {
    const RunSummary first = summaryOf(panel.run), second = summaryOf(panel.other_run);
    const auto nameOf = [&](const RunSummary& run, std::int32_t iteration) {
      if (panel.iteration == panel.other_iteration) return run.name;
      return run.name + ", iteration " + std::to_string(iteration);
    };
    return PairData{treeOf(first, panel.iteration, panel.prompt, true),
                    treeOf(second, panel.other_iteration, panel.prompt, true),
                    nameOf(first, panel.iteration), nameOf(second, panel.other_iteration),
                    panel.edges};
  }

  PanelData operator()(const ProbesPanel& panel) {
    const RunSummary run = summaryOf(panel.run);
    ProbeStrip strip;
    for (ProbeRecord& record : workbench_.probes(run.run))
      strip.probes.push_back(std::make_shared<const ProbeRecord>(std::move(record)));
    if (strip.probes.empty())
      throw Error("run '" + run.name + "' has no probes (probe.prompts = 0); choose another one");
    if (panel.seed >= 0) strip.seed = panel.seed;
    if (probeRows(strip).empty())
      throw Error("run '" + run.name + "' has no probes of seed " + std::to_string(panel.seed) +
                  "; choose one of probe.seeds");
    return ProbeData{std::move(strip)};
  }

 private:
  RunSummary summaryOf(const std::string& name) {
    RunSummary run = workbench_.find_run(name);
    const bool known = std::any_of(data_.runs.begin(), data_.runs.end(),
                                   [&](const FigureRun& one) { return one.id == run.run.value; });
    if (!known)
      data_.runs.push_back({.id = run.run.value,
                            .name = run.name,
                            .method = run.method,
                            .config = fingerprintOf(config_toml(workbench_.config(run.run, 0))),
                            .seed = run.seed,
                            .iterations = run.iterations,
                            .created = run.created,
                            .version = run.provenance.version,
                            .commit = run.provenance.commit});
    return run;
  }

  std::shared_ptr<const TreeRecord> treeOf(const RunSummary& run, std::int32_t iteration,
                                           std::int32_t prompt, bool pictures) {
    return std::make_shared<const TreeRecord>(
        pictures ? workbench_.tree(run.run, iteration, PromptId{prompt})
                 : workbench_.tree_numbers(run.run, iteration, PromptId{prompt}));
  }

  // As short as tells the columns apart.
  static ImageTable::Column columnOf(const RunSummary& run, std::int32_t iteration,
                                     const ImagesPanel& panel) {
    ImageTable::Column column;
    if (panel.runs.size() > 1) column.run = run.name;
    if (panel.iterations.size() > 1 || panel.runs.size() == 1)
      column.place = "iteration " + std::to_string(iteration);
    return column;
  }

  std::vector<ImageTable::Cell> rowOf(const std::vector<RunSummary>& runs, const ImagesPanel& panel,
                                      std::int32_t prompt) {
    std::vector<ImageTable::Cell> row;
    for (const RunSummary& run : runs)
      for (const std::int32_t iteration : panel.iterations)
        row.push_back(cellOf(treeOf(run, iteration, prompt, true), panel.leaf));
    return row;
  }

  static ImageTable::Cell cellOf(const std::shared_ptr<const TreeRecord>& tree,
                                 const std::string& which) {
    const std::int32_t place = chosenLeaf(*tree, which);
    if (place < 0) throw Error("a tree without leaves has no picture; choose another one");
    const auto leaf = static_cast<std::size_t>(place);
    const Image& image = tree->nodes[static_cast<std::size_t>(leaves(*tree)[leaf])].image;
    ImageTable::Cell cell;
    cell.prompt = tree->text;
    if (!image.empty()) cell.image = {tree, &image};
    if (!tree->rewards.empty()) cell.reward = total_reward(*tree, leaf);
    return cell;
  }

  Workbench& workbench_;
  FigureData& data_;
};

}  // namespace

FigureData figureData(const FigureRecipe& recipe, Workbench& workbench) {
  check(recipe);
  FigureData data;
  Reader reader(workbench, data);
  for (const FigurePanel& panel : recipe.panels) {
    try {
      data.panels.push_back(std::visit(reader, panel.content));
    } catch (const Error& error) {
      throw error.within("in panel " + std::to_string(data.panels.size() + 1) + " (" +
                         std::string(kindOf(panel.content)) + ") of the figure");
    }
  }
  return data;
}

std::int32_t chosenLeaf(const TreeRecord& record, const std::string& which) {
  const std::size_t count = leaves(record).size();
  if (count == 0) return -1;
  if (which == "first" || record.rewards.empty()) return 0;
  std::vector<std::int32_t> order(count);
  std::vector<double> rewards(count);
  for (std::size_t i = 0; i < count; ++i) {
    order[i] = static_cast<std::int32_t>(i);
    rewards[i] = total_reward(record, i);
  }
  const auto end = std::stable_partition(order.begin(), order.end(), [&](std::int32_t leaf) {
    return std::isfinite(rewards[static_cast<std::size_t>(leaf)]);
  });
  if (end == order.begin()) return 0;
  std::stable_sort(order.begin(), end, [&](std::int32_t a, std::int32_t b) {
    return rewards[static_cast<std::size_t>(a)] > rewards[static_cast<std::size_t>(b)];
  });
  const auto last = end - order.begin() - 1;
  if (which == "worst") return order[static_cast<std::size_t>(last)];
  return order[static_cast<std::size_t>(which == "median" ? last / 2 : 0)];
}

}  // namespace treegrpo
