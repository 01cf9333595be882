#include "views/tree_table.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <utility>

namespace treegrpo {
namespace {

constexpr int name_letters = 24;           // of the first column, with the indents of a deep node
constexpr std::size_t most_opened = 2000;  // nodes of a tree that is opened whole

}  // namespace

TreeTable::TreeTable(QWidget* parent) : QTreeView(parent), nodes_(new TreeNodeModel(this)) {
  setObjectName("tree_table");
  setAccessibleName(tr("Nodes of the tree"));
  setModel(nodes_);
  setUniformRowHeights(true);
  setAllColumnsShowFocus(true);
  setSelectionMode(SingleSelection);
  setIndentation(12);
  setAutoScroll(true);
  header()->resizeSection(TreeNodeModel::node, name_letters * fontMetrics().averageCharWidth());
}

void TreeTable::setTree(std::shared_ptr<const TreeRecord> record,
                        std::shared_ptr<const TreeFigures> figures, std::int32_t node) {
  record_ = std::move(record);
  figures_ = std::move(figures);
  node_ = node;
  if (isVisible()) showAll();
}

void TreeTable::setNode(std::int32_t node) {
  node_ = node;
  if (isVisible()) showNode();
}

void TreeTable::showAll() {
  const QScopedValueRollback quiet(quiet_, true);
  const int before = nodes_->rowCount();
  nodes_->setTree(record_, figures_);
  const bool opens = record_ && record_->nodes.size() <= most_opened;
  if (opens && (before == 0 || !currentIndex().isValid())) expandAll();
  showNode();
}

void TreeTable::showNode() {
  const QModelIndex shown = nodes_->indexOf(node_);
  if (shown.isValid() && nodes_->nodeOf(currentIndex()) == node_) return;
  const QScopedValueRollback quiet(quiet_, true);
  if (shown.isValid()) return setCurrentIndex(shown);
  clearSelection();
  setCurrentIndex({});
}

void TreeTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  const std::int32_t node = nodes_->nodeOf(current);
  if (quiet_ || node < 0 || node == node_) return;
  node_ = node;
  Q_EMIT nodeChosen(node);
}

void TreeTable::showEvent(QShowEvent* event) {
  QTreeView::showEvent(event);
  showAll();
}

}  // namespace treegrpo
