// What the views show, as panels of a figure: the same runs, places, colours, axes and metrics, as
// far as a recipe can say them.
#pragma once

#include <string>
#include <vector>

#include "canvas/tree_view.h"
#include "figure/figure_recipe.h"

namespace treegrpo {

class ComparePage;
class RunCurves;

// The tree: what edges show, order, what is collapsed and hoisted. An overlay that a recipe has not
// becomes advantages.
std::vector<FigurePanel> shownTree(const std::string& run, std::int32_t iteration,
                                   std::int32_t prompt, const TreeView& view);

// A panel a plot, beside each other. Empty without plots.
std::vector<FigurePanel> shownCurves(const std::string& run, const RunCurves& curves);

// The trees, pictures or probes that are compared; the curves of the compared runs, or the rewards
// of the pair. Empty while nothing is compared.
std::vector<FigurePanel> shownComparison(const ComparePage& page);
std::vector<FigurePanel> shownComparedCurves(const ComparePage& page);

}  // namespace treegrpo
