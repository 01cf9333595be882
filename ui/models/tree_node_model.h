// The nodes of a tree as a Qt tree: a row a node below its parent's, a column a number. A tree that
// grows gains rows; another one is shown anew.
#pragma once

#include <QAbstractItemModel>
#include <cstdint>
#include <memory>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

class TreeNodeModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Column { node, step, kind, log_prob, ratio, kl, reward, value, advantage, picture };

  using QAbstractItemModel::QAbstractItemModel;

  // Both of the same tree; null: no rows. Nodes that were shown stay where they are if the record
  // begins with them.
  void setTree(std::shared_ptr<const TreeRecord> record,
               std::shared_ptr<const TreeFigures> figures);

  // Of a node by its place in the record, in the first column, and back: invalid or -1 if none.
  QModelIndex indexOf(std::int32_t node) const;
  std::int32_t nodeOf(const QModelIndex& index) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  bool goesOn(const TreeRecord& record) const;
  void place(std::int32_t from, std::int32_t to);
  void grow();
  void touch();
  const std::vector<std::int32_t>& below(std::int32_t parent) const;
  double number(std::int32_t node, int column) const;
  QString text(std::int32_t node, int column) const;

  std::shared_ptr<const TreeRecord> record_;
  std::shared_ptr<const TreeFigures> figures_;
  std::vector<std::int32_t> parents_, rows_;         // of the nodes that have a row
  std::vector<std::vector<std::int32_t>> children_;  // [parent + 1]; the roots' parent is -1
};

}  // namespace treegrpo
