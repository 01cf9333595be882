// Figures that tests draw, without a store.
#pragma once

#include "figure/figure_files.h"
#include "ui/canvas_trees.h"

namespace treegrpo::test {

// The tree of the mock-ups with pictures of 8 × 8.
inline TreeData treeData() { return {shared(creditedTree(mockupSchedule()))}; }

// Two lines, one with a band.
inline FigureCurves curveData() {
  FigureCurves curves{.title = "Reward", .x_label = "Iteration", .band = "± s.e.", .series = {}};
  FigureSeries one{.name = "tree", .x = {}, .mean = {}}, two{.name = "flow", .x = {}, .mean = {}};
  for (int i = 0; i < 20; ++i) {
    one.x.push_back(i);
    one.mean.push_back(.5 + .01 * i);
    one.low.push_back(.48 + .01 * i);
    one.high.push_back(.52 + .01 * i);
  }
  one.n = 3;
  two.x = one.x;
  two.mean = one.low;
  curves.series = {one, two};
  return curves;
}

inline ImageTable gridData() {
  ImageTable grid{.columns = {{"tree", {}}, {"flow", {}}}, .rows = {}};
  const auto image = std::make_shared<const Image>(Image{8, 8, std::vector<std::uint8_t>(192, 90)});
  grid.rows = {{{"a circle", image, .5}, {"a circle", nullptr, no_value}}};
  return grid;
}

// A recipe with one panel of each kind; its data.
inline FigureRecipe sampleRecipe() {
  FigureRecipe recipe;
  recipe.title = "Two methods & a tree";
  recipe.panels = {{CurvesPanel{.runs = {"tree", "flow"}}, .5},
                   {DistributionsPanel{"tree", 3, 1}, .5},
                   {TreePanel{.run = "tree", .iteration = 3, .prompt = 1}},
                   {ImagesPanel{{"tree", "flow"}, {3}, {1}}, .5, 60}};
  return recipe;
}

inline FigureData sampleData() {
  FigureData data;
  data.panels = {curveData(), DistributionData{treeData().record}, treeData(), gridData()};
  data.runs = {{.id = 7,
                .name = "tree",
                .method = "treegrpo",
                .config = "0123456789abcdef",
                .seed = 42,
                .iterations = 20,
                .created = "2026-03-04T05:06:07Z",
                .version = "0.1.0",
                .commit = "abc"}};
  return data;
}

inline Figure sampleFigure(const FigureRecipe& recipe = sampleRecipe()) {
  return makeFigure(recipe, sampleData(), "0.1.0");
}

}  // namespace treegrpo::test
