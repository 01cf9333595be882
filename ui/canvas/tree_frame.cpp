#include "canvas/tree_frame.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "canvas/marks.h"
#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr float dimmed_share = .45f;
constexpr float least_plot = 60, most_plot = 140;  // width of the reward plot

std::vector<std::uint8_t> pathTo(const TreeRecord& record, std::int32_t node) {
  std::vector<std::uint8_t> on(record.nodes.size());
  if (static_cast<std::size_t>(node) >= on.size()) return on;  // -1 too
  for (std::int32_t at = node; at >= 0; at = record.nodes[static_cast<std::size_t>(at)].parent)
    on[static_cast<std::size_t>(at)] = 1;
  return on;
}

// All but the ancestors and the subtree of a node.
std::vector<std::uint8_t> othersThan(const TreeRecord& record, std::int32_t node) {
  std::vector<std::uint8_t> kept = pathTo(record, node);
  for (std::size_t at = static_cast<std::size_t>(node) + 1; at < kept.size(); ++at) {
    const std::int32_t parent = record.nodes[at].parent;
    if (parent >= node && kept[static_cast<std::size_t>(parent)]) kept[at] = 1;
  }
  for (std::uint8_t& one : kept) one = one == 0;
  return kept;
}

}  // namespace

TreeFrame treeFrame(std::shared_ptr<const TreeRecord> record, const TreeLayout& layout,
                    const TreeFigures& figures, const TreeView& view, const Theme& theme) {
  TreeFrame frame{std::move(record), layout, figures, view, theme};
  frame.on_path = pathTo(*frame.record, view.selected);
  frame.on_hover = pathTo(*frame.record, view.hovered);
  const bool hovering = view.hovered >= 0 && view.hovered < frame.count();
  if (view.dim_others && hovering) frame.dimmed = othersThan(*frame.record, view.hovered);
  frame.lod_zoom = view.lod.zoom > 0 ? view.lod.zoom : view.zoom;
  frame.leaf_lod = lodOf(layout.leaf_side * frame.lod_zoom);
  return frame;
}

float screenX(const TreeFrame& frame, int step) {
  return frame.view.pan.x + frame.view.zoom * frame.layout.step_x[static_cast<std::size_t>(step)];
}

float screenRow(const TreeFrame& frame) { return frame.layout.metrics.row * frame.view.zoom; }

Box nodeBox(const TreeFrame& frame, std::int32_t node) {
  return screenOf(frame.view, frame.placed(node).box());
}

bool inView(const TreeFrame& frame, const Box& box) {
  return !frame.view.cull || overlap(box, {0, 0, frame.view.width, frame.view.height});
}

Lod nodeLod(const TreeFrame& frame, std::int32_t node) {
  const Lod own = lodOf(frame.placed(node).side * frame.lod_zoom);
  return std::max(own, std::min(frame.leaf_lod, Lod::picture));
}

float columnsLeft(const TreeFrame& frame) {
  if (frame.leaf_lod == Lod::strip) return stripLeft(frame) + strip_width + 8;
  return frame.view.pan.x + frame.view.zoom * frame.layout.extent.right();
}

float columnsWidth(const TreeFrame& frame) {
  return plot_left +
         std::clamp(frame.view.width - columnsLeft(frame) - plot_left - 20, least_plot, most_plot);
}

float contentBottom(const TreeFrame& frame) {
  if (frame.view.height > 0) return frame.view.height - legend_height;
  return frame.view.pan.y + frame.view.zoom * frame.layout.extent.bottom();
}

float stripLeft(const TreeFrame& frame) {
  return screenX(frame, frame.record->steps()) - frame.layout.leaf_side * frame.view.zoom / 2;
}

float presence(const TreeFrame& frame, std::int32_t node) {
  const bool dimmed = !frame.dimmed.empty() && frame.dimmed[static_cast<std::size_t>(node)];
  return dimmed ? dimmed_share : 1;
}

double limitOf(const TreeFrame& frame) {
  double limit = frame.view.overlay == Overlay::ratio ? frame.figures.ratio_limit
                                                      : frame.figures.advantage_limit;
  if (frame.view.limit == LimitRule::given && frame.view.overlay != Overlay::ratio)
    limit = frame.view.given_limit;
  return std::max(limit, std::numeric_limits<double>::min());
}

bool overlaySigned(Overlay overlay) {
  return overlay == Overlay::advantage || overlay == Overlay::ratio || overlay == Overlay::given;
}

Range overlayRange(const TreeFrame& frame) {
  switch (frame.view.overlay) {
    case Overlay::log_prob:
      return frame.figures.log_prob;
    case Overlay::kl:
      return frame.figures.kl;
    case Overlay::reward:
      return frame.figures.leaf_reward;
    case Overlay::value:
      return frame.figures.value;
    default:
      return {};
  }
}

bool overlayKnown(const TreeFrame& frame) {
  switch (frame.view.overlay) {
    case Overlay::advantage:
      return frame.figures.credited;
    case Overlay::ratio:
      return !frame.figures.ratio.none();
    case Overlay::given:
      return frame.view.given != nullptr;
    case Overlay::none:
      return false;
    default:
      return !overlayRange(frame).none();
  }
}

double overlayValue(const TreeFrame& frame, std::int32_t node) {
  switch (frame.view.overlay) {
    case Overlay::advantage:
      return frame.node(node).advantage;
    case Overlay::log_prob:
      return frame.node(node).log_prob;
    case Overlay::ratio:
      return frame.node(node).ratio;
    case Overlay::kl:
      return frame.node(node).kl;
    case Overlay::reward:
      return frame.figures.reward[static_cast<std::size_t>(node)];
    case Overlay::value:
      return frame.node(node).value;
    case Overlay::given:
      return frame.view.given ? (*frame.view.given)[static_cast<std::size_t>(node)] : no_value;
    case Overlay::none:
      break;
  }
  return no_value;
}

std::string overlayText(Overlay overlay, double value) {
  switch (overlay) {
    case Overlay::advantage:
    case Overlay::value:
      return signedText(value, 2);
    case Overlay::given:
      return signedText(value, 3);
    case Overlay::log_prob:
      return fixedText(value, 4);
    case Overlay::ratio:
      return fixedText(value, 5);
    case Overlay::reward:
      return fixedText(value, 3);
    case Overlay::kl:
      return shortText(value);
    case Overlay::none:
      break;
  }
  return {};
}

bool clipped(const TreeFrame& frame, std::int32_t node) {
  const TreeNode& edge = frame.node(node);
  const double range = frame.view.clip_range;
  if (!(range > 0)) return false;
  return (edge.advantage > 0 && edge.ratio > 1 + range) ||
         (edge.advantage < 0 && edge.ratio < 1 - range);
}

double leafAdvantage(const TreeFrame& frame, std::int32_t leaf) { return frame.node(leaf).value; }

Color signText(const Theme& theme, double value) {
  if (value > 0) return theme.positive_text;
  return value < 0 ? theme.negative_text : theme.text2;
}

Color starColor(const Theme& theme) {
  return isDark(theme.kind) ? theme.warning : Color{0xF0, 0xC0, 0x00};
}

Color starRim(const Theme& theme) { return isDark(theme.kind) ? theme.canvas : theme.text; }

namespace {

Color mixed(Color from, Color to, float share) {
  const auto between = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(
        static_cast<float>(a) + share * (static_cast<float>(b) - static_cast<float>(a))));
  };
  return {between(from.red, to.red), between(from.green, to.green), between(from.blue, to.blue),
          between(from.alpha, to.alpha)};
}

// How much of its advantage an edge shows while they flow back from the leaves, a step at a time.
float creditShare(const TreeFrame& frame, std::int32_t node) {
  if (frame.view.overlay != Overlay::advantage) return 1;
  const auto step = static_cast<float>(frame.node(node).step);
  return std::clamp(step - frame.view.credit_front + 1, 0.f, 1.f);
}

}  // namespace

EdgeLook edgeLook(const TreeFrame& frame, std::int32_t node) {
  using Kind = EdgeLook::Kind;
  const Theme& theme = frame.theme;
  if (frame.broken(node))
    return {Kind::broken,   theme.error, 2,
            {{6, 3, 1, 3}}, no_value,    std::numeric_limits<double>::infinity()};
  if (frame.node(node).kind != NodeKind::sde)
    return {Kind::ode, theme.neutral, 1.1f, {{3, 2.5f, 0, 0}}, no_value, -1};
  const double value = overlayValue(frame, node);
  const bool fresh = frame.view.growing.on && node >= frame.view.growing.first_new;
  if (!overlayKnown(frame) || fresh) return {Kind::plain, theme.neutral, 1.25f, {}, no_value, 0};
  if (std::isnan(value)) {
    if (!trains(*frame.record, node))
      return {Kind::untrained, theme.neutral, 1, {{1, 3, 0, 0}}, no_value, -.5};
    return {Kind::plain, theme.neutral, 1.25f, {}, no_value, 0};
  }
  const float share = creditShare(frame, node);
  if (share <= 0) return {Kind::plain, theme.neutral, 1.25f, {}, no_value, 0};
  EdgeLook look{Kind::valued, theme.neutral, 0, {}, value, 0};
  if (overlaySigned(frame.view.overlay)) {
    const double off = frame.view.overlay == Overlay::ratio ? value - 1 : value;
    look.weight = std::min(1., std::abs(off) / limitOf(frame));
    look.color = divergingColor(theme, off, limitOf(frame));
  } else {
    const Range range = overlayRange(frame);
    const double length = range.most - range.least;
    look.weight = length > 0 ? std::clamp((value - range.least) / length, 0., 1.) : 1;
    look.color = sequentialColor(theme, value, range.least, range.most);
  }
  look.width = static_cast<float>(1.1 + 3.4 * look.weight);
  if (share < 1) {
    look.color = mixed(theme.neutral, look.color, share);
    look.width = 1.25f + share * (look.width - 1.25f);
  }
  return look;
}

}  // namespace treegrpo
