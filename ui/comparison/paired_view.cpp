#include "comparison/paired_view.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "canvas/number_text.h"
#include "canvas/run_look.h"
#include "canvas/tree_walk.h"
#include "comparison/delta_view.h"
#include "style/studio_style.h"
#include "views/segmented_tabs.h"

namespace treegrpo {
namespace {

enum Mode { face_to_face, side_by_side, delta_only };

constexpr TabWords mode_words[] = {
    {"Face to face", "The tree of B is mirrored, so that leaves stand against leaves"},
    {"Side by side", "Both trees from left to right"},
    {"Δ only", "The tree of A alone, coloured by how far B is from it"}};

QString number(double value) { return QString::fromStdString(fixedText(value, 3)); }

std::set<std::int32_t> nodesOf(const std::vector<NodeId>& ids) {
  std::set<std::int32_t> nodes;
  for (const NodeId id : ids) nodes.insert(id.value);
  return nodes;
}

// In the middle of the room: why a side has no tree.
QLabel* missingLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  label->setMargin(24);
  label->setProperty("role", "secondary");
  return label;
}

}  // namespace

PairedView::PairedView(QWidget* parent) : QWidget(parent) {
  setObjectName("pairedView");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  remarks_ = new QLabel(this);
  remarks_->setObjectName("pairedRemarks");
  remarks_->setProperty("tone", "warning");
  remarks_->setWordWrap(true);
  remarks_->setMargin(6);
  remarks_->hide();
  column->addWidget(remarks_);
  column->addWidget(makeTrees(), 1);
  showMode();
}

QWidget* PairedView::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 4, 8, 4);
  for (QLabel*& name : names_) {
    name = new QLabel(head);
    name->setTextFormat(Qt::RichText);
  }
  names_[0]->setObjectName("pairedFirst");
  names_[1]->setObjectName("pairedSecond");
  names_[1]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  mode_ = segmentedTabs("pairedMode", "How the two trees stand", mode_words, head);
  colour_ = new QComboBox(head);
  colour_->setObjectName("pairedColour");
  colour_->setAccessibleName("Colour of nodes and edges");
  colour_->setToolTip(
      "What colours mean: each tree's own advantages, or how far a node of B is from the node at "
      "its path in A: Δ is B − A; the distance of pictures is √(mean (b − a)²), 0 to 1.");
  colour_->setProperty("small", true);
  for (const PairColour& colour : pairColours()) colour_->addItem(colour.words);
  row->addWidget(names_[0], 1);
  row->addWidget(mode_);
  row->addWidget(colour_);
  row->addWidget(names_[1], 1);
  connect(mode_, &QTabBar::currentChanged, this, &PairedView::showMode);
  connect(colour_, &QComboBox::currentIndexChanged, this, &PairedView::showColours);
  return head;
}

QWidget* PairedView::makeTrees() {
  auto* all = new QWidget(this);
  auto* row = new QHBoxLayout(all);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  deltas_ = new DeltaView(all);
  connect(deltas_, &DeltaView::leafChosen, this, [this](std::int32_t leaf) { choose(0, leaf); });
  for (int side = 0; side < 2; ++side) {
    auto* place = new QWidget(all);
    auto* stack = new QStackedLayout(place);
    auto* canvas = new TreeCanvas(place);
    canvas->setObjectName(side == 0 ? "pairedCanvasFirst" : "pairedCanvasSecond");
    canvas->setAccessibleName(side == 0 ? "Tree of the first run" : "Tree of the second run");
    missing_[static_cast<std::size_t>(side)] = missingLabel(place);
    canvases_[static_cast<std::size_t>(side)] = canvas;
    stack->addWidget(missing_[static_cast<std::size_t>(side)]);
    stack->addWidget(canvas);
    row->addWidget(place, 1);
    if (side == 0) row->addWidget(deltas_);
    connect(canvas, &TreeCanvas::nodeChosen, this,
            [this, side](std::int32_t node) { choose(side, node); });
    connect(canvas, &TreeCanvas::viewChanged, this, [this, side] { follow(side); });
  }
  return all;
}

void PairedView::setSides(PairedSide first, PairedSide second, const QStringList& remarks) {
  sides_ = {std::move(first), std::move(second)};
  pairs_ = {};
  for (std::size_t side = 0; side < 2; ++side) {
    const auto& tree = sides_[side].tree;
    partners_[side].assign(tree ? tree->nodes.size() : 0, -1);
  }
  if (sides_[0].tree && sides_[1].tree) pairs_ = pair_nodes(*sides_[0].tree, *sides_[1].tree);
  for (const auto& [a, b] : pairs_.matched) {
    partners_[0][static_cast<std::size_t>(a.value)] = b.value;
    partners_[1][static_cast<std::size_t>(b.value)] = a.value;
  }
  reward_deltas_ = pairs_.matched.empty()
                       ? std::vector<double>()
                       : pairDeltas(*sides_[0].tree, *sides_[1].tree, pairs_, NodeDelta::reward);
  for (std::size_t side = 0; side < 2; ++side) {
    canvases_[side]->setTree(sides_[side].tree, sides_[side].figures);
    missing_[side]->setText(sides_[side].missing);
    auto* stack = static_cast<QStackedLayout*>(canvases_[side]->parentWidget()->layout());
    stack->setCurrentIndex(sides_[side].tree ? 1 : 0);
  }
  remarks_->setText(remarks.join(" "));
  remarks_->setVisible(!remarks.isEmpty());
  showHead();
  showColours();
  if (selected_[0] < 0 || selected_[0] >= static_cast<std::int32_t>(partners_[0].size()))
    bestPair();
  else
    choose(0, selected_[0]);
}

// The pair whose rewards differ most.
void PairedView::bestPair() {
  std::int32_t best = -1;
  double most = -1;
  for (std::size_t i = 0; i < reward_deltas_.size(); ++i) {
    const std::int32_t node = pairs_.matched[i].first.value;
    if (!sides_[0].tree->is_leaf(static_cast<std::size_t>(node))) continue;
    if (!(std::abs(reward_deltas_[i]) > most)) continue;
    most = std::abs(reward_deltas_[i]);
    best = node;
  }
  choose(0, best);
}

void PairedView::setLooks(const Theme& theme, const FontSet& fonts) {
  for (TreeCanvas* canvas : canvases_) canvas->setLooks(theme, fonts);
  deltas_->setLooks(theme, fonts);
  showHead();
}

void PairedView::setReducedMotion(bool reduced) {
  for (TreeCanvas* canvas : canvases_) canvas->setReducedMotion(reduced);
}

void PairedView::showHead() {
  for (std::size_t side = 0; side < 2; ++side) {
    const PairedSide& shown = sides_[side];
    const QString colour = toQColor(runColor(deltas_->looks(), side)).name();
    const QString letter =
        QString("<b style='color:%1'>%2</b>").arg(colour, shown.letter.toHtmlEscaped());
    QString words = shown.name.toHtmlEscaped();
    if (shown.figures && shown.figures->rewarded)
      words +=
          QString(" <small>mean R %1, best %2</small>")
              .arg(number(shown.figures->mean_reward), number(shown.figures->leaf_reward.most));
    names_[side]->setText(side == 0 ? letter + " " + words : words + " " + letter);
  }
}

void PairedView::showMode() {
  const int mode = mode_->currentIndex();
  canvases_[1]->setMirrored(mode == face_to_face);
  canvases_[1]->parentWidget()->setVisible(mode != delta_only);
  names_[1]->setVisible(mode != delta_only);
  if (mode == delta_only && colour_->currentIndex() == 0) colour_->setCurrentIndex(1);
  follow(0);
}

const PairColour& PairedView::shownColour() const {
  return pairColours()[static_cast<std::size_t>(std::max(0, colour_->currentIndex()))];
}

// One limit for both; the numbers of a pair stand on both its nodes.
void PairedView::showColours() {
  const PairColour& colour = shownColour();
  PairShades shades;
  if (colour.delta && !pairs_.matched.empty())
    shades = pairShades(*sides_[0].tree, *sides_[1].tree, pairs_, *colour.delta);
  else
    for (const PairedSide& shown : sides_)
      if (shown.figures) shades.limit = std::max(shades.limit, shown.figures->advantage_limit);
  for (std::size_t side = 0; side < 2; ++side) {
    TreeView view = canvases_[side]->view();
    view.given = side == 0 ? shades.first : shades.second;
    view.overlay = view.given ? Overlay::given : Overlay::advantage;
    view.given_name = colour.words;
    view.limit = LimitRule::given;
    view.given_limit = shades.limit;
    view.unpaired = nodesOf(side == 0 ? pairs_.only_first : pairs_.only_second);
    view.columns = false;
    view.legend = side == 0;
    canvases_[side]->setView(view);
  }
  canvases_[0]->perform(u"tree.fit");
  follow(0);
}

std::int32_t PairedView::partner(int side, std::int32_t node) const {
  const auto& partners = partners_[static_cast<std::size_t>(side)];
  return node >= 0 && node < static_cast<std::int32_t>(partners.size())
             ? partners[static_cast<std::size_t>(node)]
             : -1;
}

void PairedView::choose(int side, std::int32_t node) {
  const auto here = static_cast<std::size_t>(side);
  selected_[here] = node;
  selected_[1 - here] = partner(side, node);
  showSelection();
  Q_EMIT pairSelected(selected_[0], selected_[1]);
}

void PairedView::showSelection() {
  for (std::size_t side = 0; side < 2; ++side)
    canvases_[side]->setSelection(selected_[side], {}, -1, {});
  showDeltas();
}

// Where one is zoomed and moved to, and what is collapsed there by its path.
void PairedView::follow(int from) {
  if (following_) return;
  following_ = true;
  const auto here = static_cast<std::size_t>(from), there = 1 - here;
  const TreeView& own = canvases_[there]->view();
  TreeView view = canvases_[here]->view();
  view.given = own.given;
  view.unpaired = own.unpaired;
  view.legend = own.legend;
  view.last_child = own.last_child;
  view.hoisted = partner(from, view.hoisted);
  std::set<std::int32_t> collapsed;
  for (const std::int32_t node : view.collapsed)
    if (const std::int32_t other = partner(from, node); other >= 0) collapsed.insert(other);
  view.collapsed = std::move(collapsed);
  canvases_[there]->setView(std::move(view));
  following_ = false;
  showDeltas();
}

void PairedView::showDeltas() {
  DeltaColumn column;
  column.selected = selected_[0];
  if (sides_[0].tree && !pairs_.matched.empty()) {
    const TreeView& view = canvases_[0]->view();
    const TreeLayout& layout = canvases_[0]->layout();
    column.row_height = layout.metrics.row * view.zoom;
    double sum = 0;
    for (std::size_t i = 0; i < reward_deltas_.size(); ++i) {
      const std::int32_t leaf = pairs_.matched[i].first.value;
      if (!sides_[0].tree->is_leaf(static_cast<std::size_t>(leaf))) continue;
      if (!std::isfinite(reward_deltas_[i])) continue;
      sum += reward_deltas_[i];
      ++column.pairs;
      if (layout[leaf].shown)
        column.rows.push_back({screenOf(view, layout[leaf].at).y, leaf, reward_deltas_[i]});
    }
    column.mean = sum / column.pairs;
  }
  deltas_->setColumn(std::move(column));
}

}  // namespace treegrpo
