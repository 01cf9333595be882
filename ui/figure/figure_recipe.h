// What a figure is made from: which panels of which runs, at which width. A recipe is a small JSON
// file that makes the same figure again; it holds no numbers of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace treegrpo {

// Runs are written by name or number, as the command line takes them.

// A metric of runs over what it cost; a line a run, or a mean with its band for each group.
struct CurvesPanel {
  std::vector<std::string> runs;
  std::string metric = "reward";  // of figure_curves.h
  std::string x = "iteration";    // likewise
  std::string group = "run";      // likewise: run, seed or method
  std::string band = "se";        // likewise, of groups: se, std, range or bootstrap
  double smoothing = 0;           // weight of what came before, 0 to below 1
  int running_mean = 1;           // points of each run that are averaged before runs are
  bool show_runs = true;          // of a mean, faint behind it
  bool operator==(const CurvesPanel&) const = default;
};

// One tree with its pictures.
struct TreePanel {
  std::string run;
  std::int32_t iteration = 0;
  std::int32_t prompt = 0;
  std::string edges = "advantage";  // what colour and width of an edge say
  std::string order = "path";       // of siblings: path or value
  std::int32_t hoisted = -1;        // a node whose subtree alone is shown; -1: the whole tree
  std::vector<std::int32_t> collapsed = {};  // nodes that hide what lies below them
  bool operator==(const TreePanel&) const = default;
};

// A row a prompt, a column a run and iteration; of each tree one leaf.
struct ImagesPanel {
  std::vector<std::string> runs;
  std::vector<std::int32_t> iterations;
  std::vector<std::int32_t> prompts;
  std::string leaf = "best";  // best, median or worst by reward, or first
  bool operator==(const ImagesPanel&) const = default;
};

// Rewards of a tree's leaves as histograms, one a reward.
struct DistributionsPanel {
  std::string run;
  std::int32_t iteration = 0;
  std::int32_t prompt = 0;
  bool operator==(const DistributionsPanel&) const = default;
};

// The probes of a run over its checkpoints, rewards, KL and diversity below.
struct ProbesPanel {
  std::string run;
  std::int32_t seed = -1;  // its pictures alone; -1: all
  bool operator==(const ProbesPanel&) const = default;
};

// Two trees face to face, the second mirrored: of two runs, or of two iterations of one. Nodes that
// the other has not are hatched.
struct PairPanel {
  std::string run, other_run;
  std::int32_t iteration = 0, other_iteration = 0;
  std::int32_t prompt = 0;          // of both
  std::string edges = "advantage";  // or value_delta, log_prob_delta, reward_delta, image_distance
  bool operator==(const PairPanel&) const = default;
};

using PanelContent =
    std::variant<CurvesPanel, TreePanel, ImagesPanel, DistributionsPanel, ProbesPanel, PairPanel>;

struct FigurePanel {
  PanelContent content;
  double share = 1;      // of the figure's width; panels stand beside each other while they fit
  double height_mm = 0;  // 0: as high as its content wants
  bool operator==(const FigurePanel&) const = default;
};

struct FigureRecipe {
  std::string title;           // in the file's metadata, not drawn
  std::string venue = "iclr";  // of venue.h; its width holds unless width_mm says another
  double width_mm = 0;         // 0: the venue's
  bool letters = true;         // (a), (b), … where there are several panels
  bool sharp_pixels = true;    // pictures are enlarged by whole factors until they print at 300 dpi
  bool outlines = true;        // text of an SVG as shapes, so that it needs no font
  bool provenance = true;      // runs, seeds, config and version in the metadata; off: blind review
  int dpi = 300;               // of a PNG
  std::string font;            // a family; empty: Studio Sans, which comes with the program
  double text_pt = 0;          // size of the smallest text; 0: as each panel is made for
  std::vector<FigurePanel> panels;
  bool operator==(const FigureRecipe&) const = default;
};

// "curves", "tree", "images", "distributions", "probes", "pair".
std::string_view kindOf(const PanelContent& content);

// The run that a figure is kept with: the first that it names; empty: none.
std::string firstRunOf(const FigureRecipe& recipe);

// In points.
double widthOf(const FigureRecipe& recipe);

// The recipe as JSON with every key, two spaces a level, and back. recipeFrom throws Error, one
// sentence with `source` and the key: no JSON, another version, an unknown key or word, a value of
// another type or out of range.
std::string jsonOf(const FigureRecipe& recipe);
FigureRecipe recipeFrom(std::string_view json, const std::string& source);

// Throws Error if there is nothing to draw or a value cannot be: what recipeFrom does by itself.
void check(const FigureRecipe& recipe);

}  // namespace treegrpo
