#include "models/record_table_model.h"

#include <cmath>
#include <limits>
#include <utility>

namespace treegrpo {

QVariant sortKey(double value) {
  return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
}

RecordTableModel::RecordTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void RecordTableModel::setTable(std::vector<TableColumn> columns, int rows) {
  beginResetModel();
  columns_ = std::move(columns);
  rows_ = rows;
  endResetModel();
}

void RecordTableModel::setRows(int rows) {
  beginResetModel();
  rows_ = rows;
  endResetModel();
}

void RecordTableModel::append(int rows, const std::function<void()>& change) {
  if (rows <= 0) return;
  beginInsertRows({}, rows_, rows_ + rows - 1);
  change();
  rows_ += rows;
  endInsertRows();
}

void RecordTableModel::removeFirst(int rows, const std::function<void()>& change) {
  if (rows <= 0 || rows > rows_) return;
  beginRemoveRows({}, 0, rows - 1);
  change();
  rows_ -= rows;
  endRemoveRows();
}

void RecordTableModel::touch() {
  if (rows_ > 0 && !columns_.empty())
    Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, columnCount() - 1));
}

int RecordTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : rows_;
}

int RecordTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant RecordTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const TableColumn& column = columns_[static_cast<std::size_t>(index.column())];
  switch (role) {
    case Qt::DisplayRole:
      return column.text(index.row());
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::Alignment(column.alignment | Qt::AlignVCenter));
    case sort_role:
      return column.sort_key ? column.sort_key(index.row()) : column.text(index.row());
    default:
      break;
  }
  const QVariant look = column.look ? column.look(index.row(), role) : QVariant();
  return look.isValid() || role != Qt::ToolTipRole ? look : QVariant(column.tooltip);
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const TableColumn& column = columns_[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return column.title;
  if (role == Qt::ToolTipRole) return column.tooltip;
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(Qt::Alignment(column.alignment | Qt::AlignVCenter));
  return {};
}

}  // namespace treegrpo
