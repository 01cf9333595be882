#include "window/shown_panels.h"

#include <algorithm>

#include "comparison/compare_page.h"
#include "figure/figure_curves.h"
#include "views/run_curves.h"

namespace treegrpo {
namespace {

constexpr double smoothing_of_runs = .7;  // of the rewards, as their plot on screen

std::string edgesOf(Overlay overlay) {
  constexpr const char* words[] = {"advantage", "log_prob", "ratio", "kl",
                                   "reward",    "value",    "none"};
  const auto at = static_cast<std::size_t>(overlay);
  return at < std::size(words) ? words[at] : words[0];
}

std::vector<std::string> namesOf(const std::vector<RunSummary>& runs) {
  std::vector<std::string> names;
  for (const RunSummary& run : runs) names.push_back(run.name);
  return names;
}

std::string nameOf(const ComparePage& page, RunId run) {
  for (const RunSummary& one : page.summaries())
    if (one.run == run) return one.name;
  return {};
}

// As wide as lets all of them stand in one row.
std::vector<FigurePanel> beside(std::vector<PanelContent> contents) {
  std::vector<FigurePanel> panels;
  for (PanelContent& content : contents)
    panels.push_back({std::move(content), 1. / static_cast<double>(contents.size())});
  return panels;
}

// Of all prompts at the first side's iteration.
ImagesPanel picturesOf(const ComparePage& page) {
  ImagesPanel panel{.runs = namesOf(page.summaries()),
                    .iterations = {page.place().first.iteration},
                    .prompts = {}};
  for (int prompt = 0; prompt < page.prompts(); ++prompt) panel.prompts.push_back(prompt);
  return panel;
}

std::string groupOf(const Grouping& grouping) {
  if (!grouping.by_equal) return grouping.keys.empty() ? "run" : "seed";
  return "method";
}

}  // namespace

std::vector<FigurePanel> shownTree(const std::string& run, std::int32_t iteration,
                                   std::int32_t prompt, const TreeView& view) {
  TreePanel panel{.run = run, .iteration = iteration, .prompt = prompt};
  panel.edges = edgesOf(view.overlay);
  panel.order = view.order == SiblingOrder::value ? "value" : "path";
  panel.hoisted = view.hoisted;
  panel.collapsed = {view.collapsed.begin(), view.collapsed.end()};
  return {{panel}};
}

std::vector<FigurePanel> shownCurves(const std::string& run, const RunCurves& curves) {
  std::vector<PanelContent> panels;
  for (const std::string& metric : curves.metrics())
    panels.push_back(CurvesPanel{.runs = {run},
                                 .metric = metric,
                                 .x = std::string(axis_name(curves.axis())),
                                 .smoothing = metric == "reward" ? smoothing_of_runs : 0});
  return beside(std::move(panels));
}

std::vector<FigurePanel> shownComparison(const ComparePage& page) {
  if (page.summaries().empty()) return {};
  const PairPlace place = page.place();
  switch (page.view()) {
    case ComparePage::View::trees:
      return {{PairPanel{nameOf(page, place.first.run), nameOf(page, place.second.run),
                         place.first.iteration, place.second.iteration, place.prompt.value,
                         page.trees().shownColour().name}}};
    case ComparePage::View::pictures:
      return {{picturesOf(page)}};
    case ComparePage::View::probes:
      break;
  }
  std::vector<FigurePanel> panels;
  for (const RunSummary& run : page.summaries())
    panels.push_back({ProbesPanel{run.name, page.probeSeed()}});
  return panels;
}

std::vector<FigurePanel> shownComparedCurves(const ComparePage& page) {
  if (page.summaries().empty()) return {};
  const PairPlace place = page.place();
  if (page.curves().showsDistributions())
    return beside({DistributionsPanel{nameOf(page, place.first.run), place.first.iteration,
                                      place.prompt.value},
                   DistributionsPanel{nameOf(page, place.second.run), place.second.iteration,
                                      place.prompt.value}});
  const ComparisonOptions options = page.curves().options();
  std::vector<PanelContent> panels;
  for (const std::string& metric : page.curves().metrics())
    panels.push_back(
        CurvesPanel{.runs = namesOf(page.summaries()),
                    .metric = metric,
                    .x = std::string(axis_name(options.axis)),
                    .group = groupOf(options.grouping),
                    .band = std::string(curveBands()[static_cast<std::size_t>(options.band)]),
                    .running_mean = options.smooth,
                    .show_runs = page.curves().showsRuns()});
  return beside(std::move(panels));
}

}  // namespace treegrpo
