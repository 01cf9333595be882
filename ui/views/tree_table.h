// The tree as a table: a row a node, for reading numbers and for those who do not see the canvas.
#pragma once

#include <QTreeView>
#include <cstdint>
#include <memory>

#include "models/tree_node_model.h"

namespace treegrpo {

class TreeTable : public QTreeView {
  Q_OBJECT

 public:
  explicit TreeTable(QWidget* parent = nullptr);

  // The tree, null: none, and the node that is selected in it, -1: none. Neither tells a signal;
  // while the table is hidden it keeps them until it is shown.
  void setTree(std::shared_ptr<const TreeRecord> record, std::shared_ptr<const TreeFigures> figures,
               std::int32_t node);
  void setNode(std::int32_t node);

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);  // by mouse or keys

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void showEvent(QShowEvent* event) override;

 private:
  void showAll();
  void showNode();

  TreeNodeModel* nodes_;
  std::shared_ptr<const TreeRecord> record_;
  std::shared_ptr<const TreeFigures> figures_;
  std::int32_t node_ = -1;
  bool quiet_ = false;  // the program moves the selection, not the user
};

}  // namespace treegrpo
