// What the keys and menu entries of the tree canvas do.
#include <algorithm>
#include <utility>

#include "canvas/tree_walk.h"
#include "views/tree_canvas.h"

namespace treegrpo {
namespace {

constexpr float key_zoom = 1.25f;
constexpr float subtree_margin = 10;  // pixels of the canvas at zoom 1

using Walk = std::int32_t (*)(const TreeRecord&, const TreeView&, std::int32_t);

struct WalkAction {
  const char* name;
  Walk to;
};

constexpr auto previous = Direction::previous;
constexpr auto next = Direction::next;

constexpr WalkAction walks[] = {
    {"tree.parent", parentOf},
    {"tree.child", childOf},
    {"tree.previous_sibling",
     [](const TreeRecord& record, const TreeView& view, std::int32_t node) {
       return siblingOf(record, view, node, previous);
     }},
    {"tree.next_sibling", [](const TreeRecord& record, const TreeView& view,
                             std::int32_t node) { return siblingOf(record, view, node, next); }},
    {"tree.previous_branching",
     [](const TreeRecord& record, const TreeView& view, std::int32_t node) {
       return branchingOf(record, view, node, previous);
     }},
    {"tree.next_branching",
     [](const TreeRecord& record, const TreeView& view, std::int32_t node) {
       return branchingOf(record, view, node, next);
     }},
    {"tree.root", rootOf},
    {"tree.best_leaf_below", bestLeafBelow},
    {"tree.best_leaf",
     [](const TreeRecord& record, const TreeView&, std::int32_t) { return bestLeaf(record); }},
    {"tree.worst_leaf",
     [](const TreeRecord& record, const TreeView&, std::int32_t) { return worstLeaf(record); }},
    {"tree.next_largest", [](const TreeRecord& record, const TreeView&,
                             std::int32_t node) { return largestEdge(record, node, next); }},
    {"tree.previous_largest",
     [](const TreeRecord& record, const TreeView&, std::int32_t node) {
       return largestEdge(record, node, previous);
     }},
};

struct OverlayAction {
  const char* name;
  Overlay overlay;
};
constexpr OverlayAction overlays[] = {
    {"tree.overlay_advantage", Overlay::advantage}, {"tree.overlay_log_prob", Overlay::log_prob},
    {"tree.overlay_ratio", Overlay::ratio},         {"tree.overlay_kl", Overlay::kl},
    {"tree.overlay_reward", Overlay::reward},       {"tree.overlay_value", Overlay::value},
    {"tree.overlay_none", Overlay::none},
};

// Arrows lead where they point: in a mirrored tree the parent stands to the right.
QStringView turned(QStringView action) {
  constexpr std::pair<const char16_t*, const char16_t*> pairs[] = {
      {u"tree.parent", u"tree.child"}, {u"tree.previous_branching", u"tree.next_branching"}};
  for (const auto& [left, right] : pairs) {
    if (action == QStringView(left)) return right;
    if (action == QStringView(right)) return left;
  }
  return action;
}

}  // namespace

bool TreeCanvas::performWalk(QStringView named) {
  const QStringView action = isMirrored() ? turned(named) : named;
  for (const WalkAction& walk : walks) {
    if (action != QLatin1String(walk.name)) continue;
    if (tree_) choose(walk.to(*tree_, view_, view_.selected));
    return true;
  }
  return false;
}

bool TreeCanvas::performOverlay(QStringView action) {
  for (const OverlayAction& row : overlays) {
    if (action != QLatin1String(row.name)) continue;
    showOverlay(row.overlay);
    return true;
  }
  return false;
}

bool TreeCanvas::perform(QStringView action) {
  struct Deed {
    const char* name;
    void (TreeCanvas::*does)();
  };
  static constexpr Deed deeds[] = {
      {"tree.collapse", &TreeCanvas::collapse},
      {"tree.collapse_others", &TreeCanvas::collapseOthers},
      {"tree.hoist", &TreeCanvas::hoist},
      {"tree.unhoist", &TreeCanvas::unhoist},
      {"tree.reference", &TreeCanvas::toggleReference},
      {"tree.bookmark", &TreeCanvas::toggleBookmark},
      {"tree.next_bookmark", &TreeCanvas::nextBookmark},
      {"tree.fit", &TreeCanvas::fit},
      {"tree.fit_subtree", &TreeCanvas::fitSelected},
      {"tree.zoom_100", &TreeCanvas::fullSize},
      {"tree.zoom_in", &TreeCanvas::zoomIn},
      {"tree.zoom_out", &TreeCanvas::zoomOut},
      {"tree.order_value", &TreeCanvas::toggleOrder},
  };
  if (performWalk(action) || performOverlay(action)) return true;
  for (const Deed& deed : deeds) {
    if (action != QLatin1String(deed.name)) continue;
    if (tree_) glide([&] { (this->*deed.does)(); });
    return true;
  }
  return false;
}

void TreeCanvas::choose(std::int32_t node) {
  if (!has(node)) return;
  bringIn(node);
  Q_EMIT nodeChosen(node);
}

void TreeCanvas::collapse() {
  changeAround(toggledCollapse(view_, *tree_, view_.selected), view_.selected);
}

void TreeCanvas::collapseOthers() {
  const std::int32_t kept = has(view_.selected) ? view_.selected : 0;
  changeAround(collapsedButPath(view_, *tree_, kept), kept);
}

void TreeCanvas::hoist() {
  if (!has(view_.selected) || tree_->is_leaf(static_cast<std::size_t>(view_.selected))) return;
  TreeView hoisted = view_;
  hoisted.hoisted = view_.selected;
  hoisted.collapsed.erase(view_.selected);
  change(std::move(hoisted));
  fit();
}

void TreeCanvas::unhoist() {
  if (view_.hoisted < 0) return;
  TreeView whole = view_;
  whole.hoisted = -1;
  change(std::move(whole));
  fit();
}

void TreeCanvas::toggleReference() {
  if (has(view_.selected))
    Q_EMIT referenceChosen(view_.selected == view_.reference ? -1 : view_.selected);
}

void TreeCanvas::toggleBookmark() {
  if (has(view_.selected)) Q_EMIT bookmarkToggled(view_.selected);
}

// In the order of the nodes, round at the end.
void TreeCanvas::nextBookmark() {
  if (view_.bookmarks.empty()) return;
  const auto after = view_.bookmarks.upper_bound(view_.selected);
  choose(after == view_.bookmarks.end() ? *view_.bookmarks.begin() : *after);
}

void TreeCanvas::fit() {
  placeNodes();
  change(fittedTo(view_, layout_.extent));
  untouched_ = true;
}

void TreeCanvas::fitSelected() { fitSubtree(view_.selected); }

Box TreeCanvas::subtreeBox(std::int32_t node) {
  std::vector<std::uint8_t> below(tree_->nodes.size());
  Box all = layout_[node].box();
  for (std::int32_t at = node; at < nodeCount(); ++at) {
    const auto place = static_cast<std::size_t>(at);
    const std::int32_t parent = tree_->nodes[place].parent;
    if (at != node && (parent < 0 || !below[static_cast<std::size_t>(parent)])) continue;
    below[place] = 1;
    if (!layout_[at].shown) continue;
    const Box box = layout_[at].box();
    const float right = std::max(all.right(), box.right());
    const float bottom = std::max(all.bottom(), box.bottom());
    all.left = std::min(all.left, box.left);
    all.top = std::min(all.top, box.top);
    all.width = right - all.left;
    all.height = bottom - all.top;
  }
  return {all.left - subtree_margin, all.top - subtree_margin, all.width + 2 * subtree_margin,
          all.height + 2 * subtree_margin};
}

void TreeCanvas::fitSubtree(std::int32_t node) {
  placeNodes();
  if (!has(node) || !layout_[node].shown) return fit();
  moveTo(fittedTo(view_, subtreeBox(node)));
}

void TreeCanvas::fullSize() { zoomBy(1 / view_.zoom); }
void TreeCanvas::zoomIn() { zoomBy(key_zoom); }
void TreeCanvas::zoomOut() { zoomBy(1 / key_zoom); }

// Around the selected node where it is on screen, else around the middle.
void TreeCanvas::zoomBy(float factor) {
  placeNodes();
  const Box room{0, axis_height, view_.width, view_.height - axis_height - legend_height};
  Point still = room.centre();
  if (has(view_.selected) && layout_[view_.selected].shown) {
    const Point at = screenOf(view_, layout_[view_.selected].at);
    if (room.contains(at)) still = at;
  }
  moveTo(zoomedAt(view_, still, factor));
}

void TreeCanvas::toggleOrder() {
  TreeView ordered = view_;
  ordered.order = view_.order == SiblingOrder::path ? SiblingOrder::value : SiblingOrder::path;
  if (untouched_) return change(std::move(ordered));  // all of it is in sight and stays so
  changeAround(std::move(ordered), view_.selected);
}

void TreeCanvas::showOverlay(Overlay overlay) {
  TreeView shown = view_;
  shown.overlay = overlay;
  change(std::move(shown));
}

}  // namespace treegrpo
