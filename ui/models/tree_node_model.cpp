#include "models/tree_node_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace treegrpo {
namespace {

struct ColumnWords {
  const char *title, *tooltip;
};

constexpr std::array columns = {
    ColumnWords{"Node", "Step and place among the nodes of its step"},
    ColumnWords{"Step", "Denoising steps done: 0 at a root"},
    ColumnWords{"Kind", "How the node came to be: root, with noise (SDE) or without (ODE)"},
    ColumnWords{"Log-prob", "Of the edge into the node under the old policy, mean over the latent"},
    ColumnWords{"Ratio", "New to old policy of the edge into the node, in the first pass"},
    ColumnWords{"KL", "Divergence of the edge into the node from the reference weights"},
    ColumnWords{"Reward", "Mean total reward of the leaves below; of a leaf, its own"},
    ColumnWords{"Value", "What is backed up to the node from its leaves"},
    ColumnWords{"Advantage", "Of the edge into the node, clamped; none where it does not train"},
    ColumnWords{"Picture", "Whether a picture of the node is stored"},
};

const char* kindName(NodeKind kind) {
  switch (kind) {
    case NodeKind::root:
      return "root";
    case NodeKind::sde:
      return "SDE";
    case NodeKind::ode:
      return "ODE";
  }
  return "";
}

std::size_t at(std::int32_t node) { return static_cast<std::size_t>(node); }

}  // namespace

void TreeNodeModel::setTree(std::shared_ptr<const TreeRecord> record,
                            std::shared_ptr<const TreeFigures> figures) {
  const bool same = record && figures && goesOn(*record);
  if (same) {
    record_ = std::move(record);
    figures_ = std::move(figures);
    touch();
    return grow();
  }
  beginResetModel();
  record_ = figures ? std::move(record) : nullptr;
  figures_ = std::move(figures);
  parents_.clear();
  rows_.clear();
  children_.assign(1, {});
  if (record_) place(0, static_cast<std::int32_t>(record_->nodes.size()));
  endResetModel();
}

bool TreeNodeModel::goesOn(const TreeRecord& record) const {
  if (!record_ || parents_.empty() || record.iteration != record_->iteration ||
      record.prompt != record_->prompt || record.nodes.size() < parents_.size())
    return false;
  return std::equal(
      parents_.begin(), parents_.end(), record.nodes.begin(),
      [](std::int32_t parent, const TreeNode& node) { return parent == node.parent; });
}

// Gives rows to nodes, each after its siblings that have one.
void TreeNodeModel::place(std::int32_t from, std::int32_t to) {
  children_.resize(at(to) + 1);
  for (std::int32_t node = from; node < to; ++node) {
    const std::int32_t parent = record_->nodes[at(node)].parent;
    std::vector<std::int32_t>& siblings = children_[at(parent + 1)];
    parents_.push_back(parent);
    rows_.push_back(static_cast<std::int32_t>(siblings.size()));
    siblings.push_back(node);
  }
}

// Siblings that stand side by side come in one go.
void TreeNodeModel::grow() {
  const auto count = static_cast<std::int32_t>(record_->nodes.size());
  for (auto from = static_cast<std::int32_t>(parents_.size()); from < count;) {
    const std::int32_t parent = record_->nodes[at(from)].parent;
    std::int32_t to = from + 1;
    while (to < count && record_->nodes[at(to)].parent == parent) ++to;
    const int first = static_cast<int>(below(parent).size());
    beginInsertRows(indexOf(parent), first, first + to - from - 1);
    place(from, to);
    endInsertRows();
    from = to;
  }
}

void TreeNodeModel::touch() {
  for (const std::vector<std::int32_t>& siblings : children_)
    if (!siblings.empty())
      Q_EMIT dataChanged(indexOf(siblings.front()),
                         indexOf(siblings.back()).siblingAtColumn(picture));
}

const std::vector<std::int32_t>& TreeNodeModel::below(std::int32_t parent) const {
  static const std::vector<std::int32_t> none;
  return at(parent + 1) < children_.size() ? children_[at(parent + 1)] : none;
}

QModelIndex TreeNodeModel::indexOf(std::int32_t node) const {
  if (node < 0 || at(node) >= rows_.size()) return {};
  return createIndex(rows_[at(node)], 0, static_cast<quintptr>(node));
}

std::int32_t TreeNodeModel::nodeOf(const QModelIndex& index) const {
  return index.isValid() ? static_cast<std::int32_t>(index.internalId()) : -1;
}

QModelIndex TreeNodeModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, static_cast<quintptr>(below(nodeOf(parent))[at(row)]));
}

QModelIndex TreeNodeModel::parent(const QModelIndex& index) const {
  return index.isValid() ? indexOf(parents_[at(nodeOf(index))]) : QModelIndex();
}

int TreeNodeModel::rowCount(const QModelIndex& parent) const {
  return parent.column() > 0 ? 0 : static_cast<int>(below(nodeOf(parent)).size());
}

int TreeNodeModel::columnCount(const QModelIndex&) const {
  return static_cast<int>(columns.size());
}

double TreeNodeModel::number(std::int32_t node, int column) const {
  const TreeNode& one = record_->nodes[at(node)];
  switch (column) {
    case log_prob:
      return one.log_prob;
    case ratio:
      return one.ratio;
    case kl:
      return one.kl;
    case reward:
      return figures_->reward[at(node)];
    case value:
      return one.value;
    case advantage:
      return one.advantage;
    default:
      return no_value;
  }
}

QString TreeNodeModel::text(std::int32_t node, int column) const {
  const TreeNode& one = record_->nodes[at(node)];
  switch (column) {
    case TreeNodeModel::node:
      return QString::fromStdString(nodeName(*record_, *figures_, node));
    case step:
      return QString::number(one.step);
    case kind:
      return QString::fromLatin1(kindName(one.kind));
    case picture:
      return one.image.rgb.empty() ? tr("no") : tr("yes");
    default:
      break;
  }
  const double shown = number(node, column);
  return std::isnan(shown) ? QStringLiteral("–") : QString::number(shown, 'g', 4);
}

QVariant TreeNodeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const bool counts = index.column() == step || (index.column() > kind && index.column() < picture);
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter | (counts ? Qt::AlignRight : Qt::AlignLeft));
  if (role == Qt::DisplayRole) return text(nodeOf(index), index.column());
  return {};
}

QVariant TreeNodeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || at(section) >= columns.size()) return {};
  const ColumnWords& words = columns[at(section)];
  if (role == Qt::DisplayRole) return QString::fromUtf8(words.title);
  if (role == Qt::ToolTipRole) return QString::fromUtf8(words.tooltip);
  return {};
}

}  // namespace treegrpo
