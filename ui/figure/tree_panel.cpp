// A tree on paper: the screen's drawing with metrics that fill the width, all of its pictures, and
// where it is narrow its legend in two rows.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "canvas/delta_drawing.h"
#include "canvas/mirrored.h"
#include "canvas/plot_frame.h"
#include "canvas/tree_drawing.h"
#include "canvas/tree_parts.h"
#include "compare/tree_pairs.h"
#include "figure/panel_drawing.h"

namespace treegrpo {
namespace {

constexpr float own_scale = .59f;        // caption 6.5 pt, thinnest line .59 pt
constexpr float columns_room = 54 + 80;  // A and R right of the leaves
constexpr float row_pixels = 14;         // of a leaf
constexpr float least_row = 5;
constexpr float most_height = 610;   // points: a tree stays on one page of a paper
constexpr float legend_width = 590;  // of the legend in one row
constexpr float ramp_right = 325;    // where its colours end and its line styles begin
constexpr float legend_left = 30;    // where it begins
constexpr float pair_gap = 12;       // between two trees face to face
constexpr float name_room = 18;      // of their names above them

struct NamedOverlay {
  const char* name;
  Overlay overlay;
};
constexpr NamedOverlay overlays[] = {{"advantage", Overlay::advantage},
                                     {"log_prob", Overlay::log_prob},
                                     {"ratio", Overlay::ratio},
                                     {"kl", Overlay::kl},
                                     {"reward", Overlay::reward},
                                     {"value", Overlay::value},
                                     {"none", Overlay::none}};

Overlay overlayNamed(const std::string& name) {
  for (const NamedOverlay& one : overlays)
    if (name == one.name) return one.overlay;
  return Overlay::advantage;
}

// Steps as wide as fills `width`, in the proportions of the screen; nodes no wider than their step.
TreeMetrics metricsFor(const TreeRecord& record, int first_step, float width, float row) {
  TreeMetrics metrics;
  metrics.row = row;
  metrics.left = 24;
  const NoisySteps noisy = noisySteps(record.schedule);
  float steps = 0;
  for (int step = first_step; step < record.steps(); ++step) {
    const bool inside = !noisy.none() && step >= noisy.first && step <= noisy.last;
    const bool after = !noisy.none() && step > noisy.last;
    steps += inside ? metrics.window : after ? metrics.tail : metrics.prefix;
  }
  const float leaf = 2 * row - 4;
  const float room = width - 8 - 1.5f * leaf - metrics.left - metrics.root / 2;
  const float factor = std::clamp(room / std::max(1.f, steps), .15f, 3.f);
  metrics.prefix *= factor;
  metrics.window *= factor;
  metrics.tail *= factor;
  metrics.root = std::min(metrics.root, .8f * metrics.prefix);
  metrics.early = std::min(metrics.early, .7f * metrics.prefix);
  metrics.branching = std::min(metrics.branching, .5f * metrics.window);
  metrics.later = std::min(metrics.later, .45f * metrics.window);
  return metrics;
}

float rowFor(std::int32_t rows, float height, float scale) {
  const float high = (height > 0 ? height : most_height) / scale;
  const float room = (high - TreeMetrics{}.top - 12 - 2 * legend_height) / static_cast<float>(rows);
  return height > 0 ? std::max(least_row, room) : std::clamp(room, least_row, row_pixels);
}

// The left end of an item of the legend.
float leftOf(const DrawingItem& item) {
  struct Left {
    float operator()(const LineItem& one) const { return one.from.x; }
    float operator()(const CubicItem& one) const { return one.from.x; }
    float operator()(const PolylineItem& one) const { return one.points.front().x; }
    float operator()(const PolygonItem& one) const { return one.points.front().x; }
    float operator()(const BoxItem& one) const { return one.box.left; }
    float operator()(const CircleItem& one) const { return one.centre.x; }
    float operator()(const ImageItem& one) const { return one.box.left; }
    float operator()(const HatchItem& one) const { return one.box.left; }
    float operator()(const TextItem& one) const { return one.at.x; }
  };
  return std::visit(Left{}, item);
}

// The legend as the screen has it, or broken after its colours.
std::vector<PlacedDrawing> legendOf(const TreeFrame& frame, float scale) {
  Drawing whole;
  addLegend(frame, whole);
  if (frame.view.width >= legend_width) return {{std::move(whole), {0, 0}, scale}};
  PlacedDrawing colours{{}, {-(legend_left - 4) * scale, 0}, scale};
  PlacedDrawing lines{{}, {-(ramp_right - 4) * scale, .6f * legend_height * scale}, scale};
  for (DrawingItem& item : whole.items)
    (leftOf(item) > ramp_right ? lines : colours).drawing.items.push_back(std::move(item));
  return {std::move(colours), std::move(lines)};
}

// A tree as one of the panel's.
struct PaperTree {
  std::shared_ptr<const TreeRecord> record;
  Overlay overlay = Overlay::advantage;
  SiblingOrder order = SiblingOrder::path;
  double limit = 0;  // of colours; 0: its own
  std::set<std::int32_t> unpaired = {};
  bool columns = true;  // A and R right of the leaves
  std::int32_t hoisted = -1;
  std::set<std::int32_t> collapsed = {};
  std::shared_ptr<const std::vector<double>> given = nullptr;  // of Overlay::given
  std::string given_name = {};
};

std::int32_t rowsOf(const PaperTree& tree) {
  LayoutOptions options;
  options.hoisted = tree.hoisted;
  options.collapsed = tree.collapsed;
  return std::max<std::int32_t>(1, treeLayout(*tree.record, options).rows);
}

// Without its legend, from 0, 0; and the legend, which goes with its colours.
struct DrawnTree {
  Drawing drawing;
  std::vector<PlacedDrawing> legend;
  float height = 0;  // pixels, room for the legend's first row counted
};

DrawnTree drawn(const PaperTree& tree, float width, float row, float scale) {
  TreeView view;
  view.width = width;
  view.cull = false;
  view.overlay = tree.overlay;
  view.order = tree.order;
  view.unpaired = tree.unpaired;
  view.columns = tree.columns;
  view.hoisted = tree.hoisted;
  view.collapsed = tree.collapsed;
  view.given = tree.given;
  view.given_name = tree.given_name;
  if (tree.limit > 0) {
    view.limit = LimitRule::given;
    view.given_limit = tree.limit;
  }
  LayoutOptions options = layoutOptions(view);
  const int first_step =
      tree.hoisted < 0 ? 0 : tree.record->nodes[static_cast<std::size_t>(tree.hoisted)].step;
  options.metrics =
      metricsFor(*tree.record, first_step, width - (tree.columns ? columns_room : 0), row);
  const TreeLayout layout = treeLayout(*tree.record, options);
  // Leaves are pictures however small, and no node is large enough for its numbers beneath.
  view.lod.zoom = std::clamp(28.5f / layout.leaf_side, 1.f, 95 / options.metrics.branching);
  view.height = layout.extent.bottom() + 4 + legend_height;
  const TreeFigures figures = treeFigures(*tree.record);
  const TreeFrame frame = treeFrame(tree.record, layout, figures, view, theme(ThemeKind::paper));
  DrawnTree result{.drawing = {}, .legend = legendOf(frame, scale), .height = view.height};
  addWindowBand(frame, result.drawing);
  addEdges(frame, result.drawing);
  addNodes(frame, result.drawing);
  if (tree.columns) addColumns(frame, result.drawing);
  addAxis(frame, result.drawing);
  if (tree.columns) addColumnHeads(frame, result.drawing);
  result.drawing.hits.clear();
  return result;
}

// `height`: points down to the end of the legend's first row; `top`: where the trees begin.
PanelDrawing withLegend(std::vector<PlacedDrawing> trees, float top, float height,
                        std::vector<PlacedDrawing> legend) {
  PanelDrawing panel{std::move(trees), top + height};
  if (legend.size() > 1) panel.height += legend[1].at.y;
  for (PlacedDrawing& part : legend) {
    part.at.y += top;
    panel.parts.push_back(std::move(part));
  }
  return panel;
}

std::set<std::int32_t> numbersOf(const std::vector<NodeId>& nodes) {
  std::set<std::int32_t> numbers;
  for (const NodeId node : nodes) numbers.insert(node.value);
  return numbers;
}

// What colours of both mean, with one limit.
void setColours(const PairData& pair, const TreePairs& pairs, PaperTree& a, PaperTree& b) {
  const auto found = std::ranges::find(pairColours(), pair.edges, &PairColour::name);
  if (found == pairColours().end() || !found->delta || pairs.matched.empty()) {
    a.limit = b.limit = std::max(treeFigures(*pair.first).advantage_limit,
                                 treeFigures(*pair.second).advantage_limit);
    return;
  }
  const PairShades shades = pairShades(*pair.first, *pair.second, pairs, *found->delta);
  a.given = shades.first;
  b.given = shades.second;
  for (PaperTree* tree : {&a, &b}) {
    tree->overlay = Overlay::given;
    tree->given_name = found->words;
    tree->limit = shades.limit;
  }
}

// A letter with the name of a run, above the outer end of its tree.
PlacedDrawing sideName(const std::string& letter, const std::string& run, float width, Point at,
                       float scale, TextAlign align) {
  PlacedDrawing part{{}, at, scale};
  const std::string words = letter + (run.empty() ? "" : ": " + run);
  const bool left = align == TextAlign::left;
  part.drawing.items.emplace_back(TextItem{{left ? 0 : width, name_room / 2},
                                           fitted(words, width),
                                           theme(ThemeKind::paper).text,
                                           TextRole::caption_medium,
                                           align,
                                           false,
                                           no_color});
  return part;
}

}  // namespace

PanelDrawing treePanel(const TreeData& tree, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  PaperTree paper{.record = tree.record,
                  .overlay = overlayNamed(tree.edges),
                  .order = tree.order == "value" ? SiblingOrder::value : SiblingOrder::path};
  paper.hoisted = tree.hoisted;
  paper.collapsed = {tree.collapsed.begin(), tree.collapsed.end()};
  const float row = rowFor(rowsOf(paper), room.height, scale);
  DrawnTree one = drawn(paper, room.width / scale, row, scale);
  return withLegend({{std::move(one.drawing), {0, 0}, scale}}, 0, one.height * scale,
                    std::move(one.legend));
}

// The second one mirrored, so that leaves face leaves; one limit of colours for both.
PanelDrawing pairPanel(const PairData& pair, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  const float half = (room.width / scale - pair_gap) / 2, top = name_room * scale;
  const TreePairs pairs = pair_nodes(*pair.first, *pair.second);
  PaperTree a{.record = pair.first, .unpaired = numbersOf(pairs.only_first), .columns = false};
  PaperTree b{.record = pair.second, .unpaired = numbersOf(pairs.only_second), .columns = false};
  setColours(pair, pairs, a, b);
  const float row = rowFor(std::max(rowsOf(a), rowsOf(b)),
                           room.height > 0 ? std::max(1.f, room.height - top) : 0, scale);
  DrawnTree first = drawn(a, half, row, scale), second = drawn(b, half, row, scale);
  const float high = std::max(first.height, second.height), right = (half + pair_gap) * scale;
  return withLegend({sideName("A", pair.first_name, half, {0, 0}, scale, TextAlign::left),
                     sideName("B", pair.second_name, half, {right, 0}, scale, TextAlign::right),
                     {std::move(first.drawing), {0, top}, scale},
                     {mirrored(std::move(second.drawing), half), {right, top}, scale}},
                    top, high * scale,
                    std::move(first.height == high ? first.legend : second.legend));
}

}  // namespace treegrpo
