// What one drawing of a tree is made from, and the questions that its parts share: where a node
// lies on screen, how much of it shows, what its edge looks like.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "canvas/tree_figures.h"
#include "canvas/tree_layout.h"
#include "canvas/tree_view.h"
#include "style/theme.h"

namespace treegrpo {

struct TreeFrame {
  std::shared_ptr<const TreeRecord> record;
  const TreeLayout& layout;
  const TreeFigures& figures;
  const TreeView& view;
  const Theme& theme;
  std::vector<std::uint8_t> on_path = {};   // to the selected node
  std::vector<std::uint8_t> on_hover = {};  // to the node under the pointer
  std::vector<std::uint8_t> dimmed = {};    // of other subtrees than the hovered; empty: none
  float lod_zoom = 1;
  Lod leaf_lod = Lod::picture;

  const TreeNode& node(std::int32_t at) const {
    return record->nodes[static_cast<std::size_t>(at)];
  }
  const PlacedNode& placed(std::int32_t at) const { return layout[at]; }
  std::int32_t count() const { return static_cast<std::int32_t>(record->nodes.size()); }
  bool broken(std::int32_t at) const { return figures.broken[static_cast<std::size_t>(at)] != 0; }
};

TreeFrame treeFrame(std::shared_ptr<const TreeRecord> record, const TreeLayout& layout,
                    const TreeFigures& figures, const TreeView& view, const Theme& theme);

// On screen.
float screenX(const TreeFrame& frame, int step);
float screenRow(const TreeFrame& frame);  // the height of a leaf's row
Box nodeBox(const TreeFrame& frame, std::int32_t node);
bool inView(const TreeFrame& frame, const Box& box);

// Small nodes after the window show as much as the leaves, so that a tree looks alike to its end.
Lod nodeLod(const TreeFrame& frame, std::int32_t node);

// Where the columns right of the leaves begin, and how wide A and R are together.
inline constexpr float plot_left = 54;  // of R in them
float columnsLeft(const TreeFrame& frame);
float columnsWidth(const TreeFrame& frame);

// The strip of lines that stands for leaves below 3 px.
inline constexpr float strip_width = 40;
float stripLeft(const TreeFrame& frame);

// Where the tree ends and the legend begins.
float contentBottom(const TreeFrame& frame);

// How far a node's items are faded: 1, or less while another subtree is looked at.
float presence(const TreeFrame& frame, std::int32_t node);

// The end of the colours of a signed overlay; at least the smallest number above 0.
double limitOf(const TreeFrame& frame);

// Whether edges show numbers at all: there is credit, or the overlay needs none.
bool overlayKnown(const TreeFrame& frame);

// The overlay's number of the edge into a node; none where it has none.
double overlayValue(const TreeFrame& frame, std::int32_t node);
Range overlayRange(const TreeFrame& frame);
bool overlaySigned(Overlay overlay);  // has a middle, so a sign mark
std::string overlayText(Overlay overlay, double value);

// The ratio of the edge into a node left the clip range on the side where it stops the gradient.
bool clipped(const TreeFrame& frame, std::int32_t node);

// A leaf's own advantage: its score as the rule backs it up, or none.
double leafAdvantage(const TreeFrame& frame, std::int32_t leaf);

Color signText(const Theme& theme, double value);  // of a number with a sign

// Of the best leaf's star: light and paper have a yellow of its own, their `warning` is too dark.
Color starColor(const Theme& theme);
Color starRim(const Theme& theme);

// How the edge into a node is drawn.
struct EdgeLook {
  enum class Kind : std::uint8_t { ode, plain, untrained, valued, broken };
  Kind kind = Kind::ode;
  Color color;
  float width = 0;
  Dash dash = {};
  double value = no_value;  // shown beside it
  double weight = -1;       // drawn in its order, strongest last
};
EdgeLook edgeLook(const TreeFrame& frame, std::int32_t node);

}  // namespace treegrpo
