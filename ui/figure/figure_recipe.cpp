#include "figure/figure_recipe.h"

#include <span>

#include "base/error.h"
#include "canvas/delta_drawing.h"
#include "figure/figure_curves.h"
#include "figure/venue.h"

namespace treegrpo {
namespace {

constexpr std::string_view kinds[] = {"curves",        "tree",   "images",
                                      "distributions", "probes", "pair"};
constexpr std::string_view leaf_words[] = {"best", "median", "worst", "first"};
constexpr std::string_view order_words[] = {"path", "value"};
constexpr std::string_view edge_words[] = {"advantage", "log_prob", "ratio", "kl",
                                           "reward",    "value",    "none"};
constexpr double least_text_pt = 4, most_text_pt = 20;
constexpr std::size_t longest_font = 100;  // bytes
constexpr int most_running = 200;
constexpr double least_mm = 20, most_mm = 1000;

template <class Words>
std::string listed(const Words& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

void checkWord(const std::string& word, const char* key, std::span<const std::string_view> words) {
  for (const std::string_view known : words)
    if (known == word) return;
  throw configuration_error("'" + word + "' is no " + key + " of a figure; there are " +
                            listed(words));
}

void checkPlace(std::int32_t number, const char* key) {
  if (number < 0)
    throw configuration_error(std::string(key) + " of a figure counts from 0, not from " +
                              std::to_string(number));
}

template <class List>
void checkSome(const List& list, const char* key, std::string_view kind) {
  if (list.empty())
    throw configuration_error("a panel of " + std::string(kind) + " needs at least one of '" + key +
                              "'");
}

void checkRun(const std::string& run) {
  if (run.empty())
    throw configuration_error("a panel names no run; 'treegrpo runs' lists those of the store");
}

struct CheckContent {
  void operator()(const CurvesPanel& panel) const {
    checkSome(panel.runs, "runs", "curves");
    for (const std::string& run : panel.runs) checkRun(run);
    checkWord(panel.x, "x", curveAxes());
    checkWord(panel.group, "group", curveGroups());
    checkWord(panel.band, "band", curveBands());
    if (!isCurveMetric(panel.metric))
      throw configuration_error("'" + panel.metric + "' is no metric of a figure; there are " +
                                listed(curveMetrics()) + ", reward.NAME and evaluation.NAME");
    if (!(panel.smoothing >= 0 && panel.smoothing < 1))
      throw configuration_error("smoothing of a figure is at least 0 and below 1");
    if (panel.running_mean < 1 || panel.running_mean > most_running)
      throw configuration_error("running_mean of a figure is from 1 (none) to 200 points");
  }
  void operator()(const TreePanel& panel) const {
    checkRun(panel.run);
    checkPlace(panel.iteration, "iteration");
    checkPlace(panel.prompt, "prompt");
    checkWord(panel.edges, "edges", edge_words);
    checkWord(panel.order, "order", order_words);
    if (panel.hoisted < -1)
      throw configuration_error("hoisted of a figure is a node, or -1 for the whole tree");
    for (const std::int32_t node : panel.collapsed) checkPlace(node, "collapsed");
  }
  void operator()(const ImagesPanel& panel) const {
    checkSome(panel.runs, "runs", "images");
    checkSome(panel.iterations, "iterations", "images");
    checkSome(panel.prompts, "prompts", "images");
    for (const std::string& run : panel.runs) checkRun(run);
    for (const std::int32_t iteration : panel.iterations) checkPlace(iteration, "iteration");
    for (const std::int32_t prompt : panel.prompts) checkPlace(prompt, "prompt");
    checkWord(panel.leaf, "leaf", leaf_words);
  }
  void operator()(const DistributionsPanel& panel) const {
    checkRun(panel.run);
    checkPlace(panel.iteration, "iteration");
    checkPlace(panel.prompt, "prompt");
  }
  void operator()(const PairPanel& panel) const {
    checkRun(panel.run);
    checkRun(panel.other_run);
    checkPlace(panel.iteration, "iteration");
    checkPlace(panel.other_iteration, "other_iteration");
    checkPlace(panel.prompt, "prompt");
    std::vector<std::string_view> words;
    for (const PairColour& colour : pairColours()) words.push_back(colour.name);
    checkWord(panel.edges, "edges of paired trees", words);
  }
  void operator()(const ProbesPanel& panel) const {
    checkRun(panel.run);
    if (panel.seed < -1)
      throw configuration_error("seed of a figure is one of probe.seeds, or -1 for all of them");
  }
};

}  // namespace

std::string_view kindOf(const PanelContent& content) { return kinds[content.index()]; }

std::string firstRunOf(const FigureRecipe& recipe) {
  const auto first = [](const auto& panel) -> std::string {
    if constexpr (requires { panel.runs; })
      return panel.runs.empty() ? std::string() : panel.runs.front();
    else
      return panel.run;
  };
  for (const FigurePanel& panel : recipe.panels)
    if (std::string run = std::visit(first, panel.content); !run.empty()) return run;
  return {};
}

double widthOf(const FigureRecipe& recipe) {
  if (recipe.width_mm > 0) return recipe.width_mm * points_per_mm;
  return venueNamed(recipe.venue)->inches * points_per_inch;
}

void check(const FigureRecipe& recipe) {
  if (recipe.panels.empty()) throw configuration_error("a figure needs at least one panel");
  if (!venueNamed(recipe.venue))
    throw configuration_error("'" + recipe.venue + "' is no venue that is known here; use iclr " +
                              "or another one, with width_mm for a width of your own");
  if (recipe.width_mm != 0 && !(recipe.width_mm >= least_mm && recipe.width_mm <= most_mm))
    throw configuration_error("width_mm of a figure is 0 (the venue's) or from 20 to 1000");
  if (recipe.text_pt != 0 && !(recipe.text_pt >= least_text_pt && recipe.text_pt <= most_text_pt))
    throw configuration_error("text_pt of a figure is 0 (as it is made for) or from 4 to 20");
  if (recipe.font.size() > longest_font)
    throw configuration_error("font of a figure is the name of a family, of at most 100 bytes");
  if (recipe.dpi < 72 || recipe.dpi > 2400)
    throw configuration_error("dpi of a figure is from 72 to 2400");
  for (const FigurePanel& panel : recipe.panels) {
    if (!(panel.share >= .1 && panel.share <= 1))
      throw configuration_error("share of a panel is from 0.1 to 1 of the figure's width");
    if (panel.height_mm != 0 && !(panel.height_mm >= least_mm && panel.height_mm <= most_mm))
      throw configuration_error("height_mm of a panel is 0 (its own) or from 20 to 1000");
    std::visit(CheckContent{}, panel.content);
  }
}

}  // namespace treegrpo
