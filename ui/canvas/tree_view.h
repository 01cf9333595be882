// What a user chose to see of a tree and where they are in it: a value that the canvas keeps, a
// layout file could hold and a test can write down. Nodes are indices of the record; -1 is none.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "canvas/lod.h"
#include "canvas/tree_layout.h"

namespace treegrpo {

// What an edge's colour and width mean.
enum class Overlay : std::uint8_t { advantage, log_prob, ratio, kl, reward, value, none, given };

// Which |A| is the end of the colours.
enum class LimitRule : std::uint8_t {
  tree,  // the largest of the tree
  given  // TreeView::given_limit, such as that of the batch or of both trees of a comparison
};

// A tree that is being sampled.
struct Growing {
  bool on = false;
  std::int32_t first_new = 0;  // nodes from here on came with the newest step
  std::int64_t evaluated = 0;  // parents predicted so far; of counts(schedule).nfe
  double seconds = 0;          // since it began: what makes the dashes step
  bool operator==(const Growing&) const = default;
};

struct TreeView {
  float width = 0, height = 0;  // of the viewport
  float zoom = 1;
  Point pan;         // where the canvas's origin lies in the viewport
  LodState lod;      // followed() at every change of zoom
  bool cull = true;  // leave out what lies outside the viewport; a figure keeps it

  std::int32_t selected = -1;
  std::set<std::int32_t> also_selected = {};
  std::int32_t reference = -1;
  std::int32_t hovered = -1;
  bool dim_others = false;            // the pointer has rested: other subtrees step back
  std::set<std::int32_t> found = {};  // what was searched for
  std::set<std::int32_t> bookmarks = {};
  std::map<std::int32_t, std::int32_t> last_child = {};  // where a walk went on from a node

  std::set<std::int32_t> collapsed = {};
  std::int32_t hoisted = -1;
  SiblingOrder order = SiblingOrder::path;

  Overlay overlay = Overlay::advantage;
  LimitRule limit = LimitRule::tree;
  double given_limit = 0;
  // Of Overlay::given: a number a node, such as the distance from another tree's, around 0.
  std::shared_ptr<const std::vector<double>> given = nullptr;
  std::string given_name = {};
  std::set<std::int32_t> unpaired = {};  // nodes that another tree has not: hatched
  std::set<std::int32_t> regrown = {};   // grown again and never trained: a ring of their own
  bool columns = true;                   // A and R right of the leaves
  bool legend = true;                    // at the foot; its room stays
  double clip_range = 0;                 // ratios beyond 1 ± this were clipped; 0: not known

  Growing growing = {};
  float credit_front = 0;  // while advantages flow back: edges into steps before it have none yet
  bool reduced_motion = false;

  bool operator==(const TreeView&) const = default;
};

inline constexpr float axis_height = 43;    // of the step axis at the top of a viewport
inline constexpr float legend_height = 30;  // of the legend at its foot

// How the nodes stand for a view.
LayoutOptions layoutOptions(const TreeView& view);

// From canvas pixels at zoom 1 to the viewport, and back.
Point screenOf(const TreeView& view, Point canvas);
Box screenOf(const TreeView& view, const Box& canvas);
Point canvasOf(const TreeView& view, Point screen);

// Zooms by a factor, between 1/200 and 64 in all, with what lies under `anchor` staying there.
TreeView zoomedAt(TreeView view, Point anchor, float factor);

// Zooms and pans so that a box of the canvas fills what axis, legend and leaf columns leave.
TreeView fittedTo(TreeView view, const Box& canvas);

}  // namespace treegrpo
