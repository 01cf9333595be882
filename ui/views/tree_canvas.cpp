#include "views/tree_canvas.h"

#include <QFocusEvent>
#include <algorithm>

#include "canvas/marks.h"
#include "canvas/tree_drawing.h"
#include "canvas/tree_glide.h"
#include "canvas/tree_walk.h"
#include "views/tree_hover_card.h"
#include "views/tree_keys_overlay.h"
#include "views/tree_words.h"

namespace treegrpo {
namespace {

constexpr int hover_milliseconds = 150;
constexpr int growth_milliseconds = 250;
constexpr int frame_milliseconds = 33, glide_frame_milliseconds = 16;
constexpr float zoom_milliseconds = 180, reorder_milliseconds = 220;
constexpr std::size_t most_moving_nodes = 20'000;  // larger trees are put in order at once
constexpr float sweep_milliseconds = 400;
constexpr float edge_room = 12;  // from a node that is brought in to the rim

Drawing wordsInTheMiddle(const TreeView& view, const Theme& theme, const QString& how_to_train) {
  const Point middle{view.width / 2, view.height / 2};
  const QString train =
      how_to_train.isEmpty()
          ? TreeCanvas::tr("A run grows trees here, node by node.")
          : TreeCanvas::tr("A run grows trees here, node by node; to start one, %1.")
                .arg(how_to_train);
  const auto line = [&](float y, const std::string& text, Color color, TextRole role) {
    return TextItem{{middle.x, middle.y + y}, text,  color,   role,
                    TextAlign::centre,        false, no_color};
  };
  Drawing drawing;
  drawing.extent = {0, 0, view.width, view.height};
  drawing.items = {line(-20, "No tree yet", theme.text, TextRole::heading),
                   line(4, train.toStdString(), theme.text2, TextRole::body),
                   line(24, "A workspace file opens with the trees that it keeps.", theme.text2,
                        TextRole::body)};
  return drawing;
}

// Whether nodes stand in the same places (layoutOptions).
bool standsAlike(const TreeView& a, const TreeView& b) {
  return a.collapsed == b.collapsed && a.hoisted == b.hoisted && a.order == b.order;
}

bool samePlace(const TreeRecord& a, const TreeRecord& b) {
  return a.iteration == b.iteration && a.prompt == b.prompt && a.schedule == b.schedule;
}

// How far to move so that [from, to] lies in [least, most]; its middle where it is too large.
float shiftInto(float from, float to, float least, float most) {
  if (to - from > most - least) return (least + most - from - to) / 2;
  return std::max(0.f, least - from) + std::min(0.f, most - to);
}

}  // namespace

TreeCanvas::TreeCanvas(QWidget* parent) : CanvasView(parent), card_(new TreeHoverCard(this)) {
  setObjectName(QStringLiteral("treeCanvas"));
  setAccessibleName(QStringLiteral("Denoising tree"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 160);
  hover_timer_.setSingleShot(true);
  hover_timer_.setInterval(hover_milliseconds);
  connect(&hover_timer_, &QTimer::timeout, this, [this] {
    view_.dim_others = true;
    redraw();
    showCard();
  });
  growth_timer_.setInterval(growth_milliseconds);
  connect(&growth_timer_, &QTimer::timeout, this, [this] {
    view_.growing.seconds += growth_milliseconds / 1000.;
    redraw();
  });
  sweep_timer_.setInterval(frame_milliseconds);
  connect(&sweep_timer_, &QTimer::timeout, this, &TreeCanvas::sweep);
  glide_timer_.setInterval(glide_frame_milliseconds);
  connect(&glide_timer_, &QTimer::timeout, this,
          [this] { glideShare() < 1 ? redraw() : endGlide(); });
  describe();
}

TreeCanvas::~TreeCanvas() = default;

std::int32_t TreeCanvas::nodeCount() const {
  return tree_ ? static_cast<std::int32_t>(tree_->nodes.size()) : 0;
}

bool TreeCanvas::has(std::int32_t node) const { return node >= 0 && node < nodeCount(); }

void TreeCanvas::setTree(std::shared_ptr<const TreeRecord> tree,
                         std::shared_ptr<const TreeFigures> figures) {
  if (tree && tree->nodes.empty()) tree.reset();
  // Nodes of another schedule are other nodes: what was collapsed means nothing there.
  const bool other_schedule = tree && tree_ && tree->schedule != tree_->schedule;
  if (other_schedule) {
    view_.collapsed.clear();
    view_.last_child.clear();
    view_.hoisted = -1;
  }
  if (tree && !figures) figures = std::make_shared<const TreeFigures>(treeFigures(*tree));
  const bool credit_came =
      tree && tree_ && samePlace(*tree, *tree_) && figures->credited && !figures_->credited;
  endSweep();
  endGlide();
  tree_ = std::move(tree);
  figures_ = std::move(figures);
  if (credit_came) startSweep();
  stale_layout_ = true;
  if (!has(view_.hovered)) hover(-1);
  if (tree_ && (!shown_ || other_schedule)) fitIfUntouched();
  shown_ = shown_ || tree_;
  if (view_.dim_others) showCard();
  describe();
  redraw();
}

void TreeCanvas::setGrowing(Growing growing) {
  if (growing == view_.growing) return;
  view_.growing = growing;
  runGrowth();
  redraw();
}

void TreeCanvas::setSelection(std::int32_t selected, std::set<std::int32_t> also,
                              std::int32_t reference, std::set<std::int32_t> bookmarks) {
  const bool another = selected != view_.selected && has(selected);
  if (another) view_ = selecting(std::move(view_), *tree_, selected);
  view_.selected = selected;
  view_.also_selected = std::move(also);
  view_.reference = reference;
  view_.bookmarks = std::move(bookmarks);
  if (another) glide([&] { bringIn(selected); });
  describe();
  redraw();
}

void TreeCanvas::setFound(std::set<std::int32_t> nodes) {
  if (nodes == view_.found) return;
  view_.found = std::move(nodes);
  redraw();
}

void TreeCanvas::setRegrown(std::set<std::int32_t> nodes) {
  if (nodes == view_.regrown) return;
  view_.regrown = std::move(nodes);
  redraw();
}

void TreeCanvas::setClipRange(double clip_range) {
  view_.clip_range = clip_range;
  redraw();
}

void TreeCanvas::setHowToTrain(const QString& how) {
  how_to_train_ = how;
  redraw();
}

void TreeCanvas::setReducedMotion(bool reduced) {
  view_.reduced_motion = reduced;
  if (reduced) endSweep();
  if (reduced) endGlide();
  runGrowth();
  runGrowth();
  redraw();
}

void TreeCanvas::setView(TreeView view) {
  view.width = view_.width;
  view.height = view_.height;
  view.selected = view_.selected;
  view.also_selected = view_.also_selected;
  view.reference = view_.reference;
  view.found = view_.found;
  view.regrown = view_.regrown;
  view.bookmarks = view_.bookmarks;
  view.growing = view_.growing;
  view.clip_range = view_.clip_range;
  view.credit_front = view_.credit_front;
  view.reduced_motion = view_.reduced_motion;
  view.hovered = -1;
  view.dim_others = false;
  view.lod = followed(view.lod, view.zoom);
  hover(-1);
  stale_layout_ = stale_layout_ || !standsAlike(view, view_);
  view_ = std::move(view);
  untouched_ = false;
  redraw();
}

void TreeCanvas::placeNodes() {
  if (!stale_layout_ || !tree_) return;
  layout_ = treeLayout(*tree_, layoutOptions(view_));
  stale_layout_ = false;
}

const TreeLayout& TreeCanvas::layout() {
  placeNodes();
  return layout_;
}

void TreeCanvas::change(TreeView next) {
  if (next == view_) return;
  endGlide();
  stale_layout_ = stale_layout_ || !standsAlike(next, view_);
  view_ = std::move(next);
  redraw();
  Q_EMIT viewChanged();
}

void TreeCanvas::changeAround(TreeView next, std::int32_t node) {
  placeNodes();
  if (has(node) && layout_[node].shown) {
    const TreeLayout after = treeLayout(*tree_, layoutOptions(next));
    if (after[node].shown) {
      next.pan.x += next.zoom * (layout_[node].at.x - after[node].at.x);
      next.pan.y += next.zoom * (layout_[node].at.y - after[node].at.y);
    }
  }
  change(std::move(next));
}

void TreeCanvas::moveTo(TreeView next) {
  untouched_ = false;
  card_->hide();
  change(std::move(next));
}

void TreeCanvas::fitIfUntouched() {
  if (!untouched_ || !tree_ || view_.width <= 0) return;
  placeNodes();
  view_ = fittedTo(std::move(view_), layout_.extent);
  Q_EMIT viewChanged();
}

// Only what lies outside moves the viewport: a click on a node at the rim does not.
void TreeCanvas::bringIn(std::int32_t node) {
  placeNodes();
  TreeView next = revealing(view_, *tree_, node);
  if (next != view_) {
    std::int32_t still = node;  // the nearest ancestor that is seen
    while (has(still) && !layout_[still].shown)
      still = tree_->nodes[static_cast<std::size_t>(still)].parent;
    changeAround(std::move(next), still);
    placeNodes();
  }
  if (view_.width <= 0) return;
  const Box box = screenOf(view_, layout_[node].box());
  const Box room{0, axis_height, view_.width, view_.height - axis_height - legend_height};
  if (room.contains(box.centre())) return;
  next = view_;
  next.pan.x += shiftInto(box.left - edge_room, box.right() + edge_room, room.left, room.right());
  next.pan.y += shiftInto(box.top - edge_room, box.bottom() + edge_room, room.top, room.bottom());
  moveTo(std::move(next));
}

void TreeCanvas::describe() {
  setAccessibleDescription(tree_ ? spokenNode(*tree_, *figures_, view_.selected)
                                 : QStringLiteral("no tree yet"));
}

void TreeCanvas::runGrowth() {
  const bool moves = view_.growing.on && !view_.reduced_motion && isVisible();
  if (moves == growth_timer_.isActive()) return;
  moves ? growth_timer_.start() : growth_timer_.stop();
}

void TreeCanvas::startSweep() {
  if (view_.reduced_motion || !isVisible() || noisySteps(tree_->schedule).none()) return;
  sweep_clock_.start();
  sweep_timer_.start();
  sweep();
}

// The last noisy step leads into the first nodes that get credit, the first one into the last.
void TreeCanvas::sweep() {
  const float share = static_cast<float>(sweep_clock_.elapsed()) / sweep_milliseconds;
  if (share >= 1) return endSweep();
  const NoisySteps noisy = noisySteps(tree_->schedule);
  const float left = 1 - share, gone = 1 - left * left * left;
  const auto from = static_cast<float>(noisy.last + 2), to = static_cast<float>(noisy.first + 1);
  view_.credit_front = from + gone * (to - from);
  redraw();
}

void TreeCanvas::endSweep() {
  if (!sweep_timer_.isActive()) return;
  sweep_timer_.stop();
  view_.credit_front = 0;
  redraw();
}

void TreeCanvas::startGlide(Glide from) {
  if (view_.reduced_motion || !isVisible() || !tree_) return;
  const bool other_places = from.view.collapsed != view_.collapsed ||
                            from.view.hoisted != view_.hoisted || from.view.order != view_.order;
  from.nodes_move = other_places && tree_->nodes.size() <= most_moving_nodes;
  const bool moves = from.view.zoom != view_.zoom || from.view.pan != view_.pan;
  if (!moves && !from.nodes_move) return;
  glide_ = std::move(from);
  glide_clock_.start();
  glide_timer_.start();
  redraw();
}

float TreeCanvas::glideShare() const {
  const float all = glide_->nodes_move ? reorder_milliseconds : zoom_milliseconds;
  return static_cast<float>(glide_clock_.elapsed()) / all;
}

void TreeCanvas::endGlide() {
  if (!glide_) return;
  glide_timer_.stop();
  glide_.reset();
  redraw();
}

Drawing TreeCanvas::draw() {
  if (!tree_) return wordsInTheMiddle(view_, looks(), how_to_train_);
  placeNodes();
  const float share = glide_ ? easedInOut(std::min(1.f, glideShare())) : 1;
  const TreeView view = share < 1 ? viewBetween(glide_->view, view_, share) : view_;
  Drawing drawing = share < 1 && glide_->nodes_move
                        ? treeDrawing(tree_, layoutBetween(glide_->layout, layout_, share),
                                      *figures_, view, looks())
                        : treeDrawing(tree_, layout_, *figures_, view, looks());
  addBand(drawing);
  addFocusFrame(drawing);
  return drawing;
}

// Only after Tab: a click says by itself where the keyboard is.
void TreeCanvas::addFocusFrame(Drawing& drawing) const {
  if (focus_by_key_ && hasFocus())
    drawing.items.emplace_back(
        BoxItem{{0, 0, view_.width, view_.height}, no_color, {looks().ring, 2, {}}, 0});
}

void TreeCanvas::roomChanged() {
  view_.width = roomWidth();
  view_.height = roomHeight();
  fitIfUntouched();
  hideKeys();
}

void TreeCanvas::showEvent(QShowEvent* event) {
  CanvasView::showEvent(event);
  runGrowth();
}

void TreeCanvas::hideEvent(QHideEvent* event) {
  CanvasView::hideEvent(event);
  hover(-1);
  endSweep();
  endGlide();
  runGrowth();
}

void TreeCanvas::focusInEvent(QFocusEvent* event) {
  CanvasView::focusInEvent(event);
  focus_by_key_ =
      event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  redraw();
}

void TreeCanvas::focusOutEvent(QFocusEvent* event) {
  CanvasView::focusOutEvent(event);
  hideKeys();
  if (focus_by_key_) redraw();
  focus_by_key_ = false;
}

}  // namespace treegrpo
