// Rows of anything as a Qt table: the columns are data, so a new table is a list of columns and no
// new model.
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>
#include <cstdint>
#include <functional>
#include <vector>

namespace treegrpo {

// What one column shows; every function takes the row's number.
struct TableColumn {
  QString title;
  QString tooltip;  // definition, unit, equation
  std::function<QString(int row)> text;
  Qt::Alignment alignment = Qt::AlignLeft;
  std::function<QVariant(int row)> sort_key = {};        // empty: the text
  std::function<QVariant(int row, int role)> look = {};  // decoration, colour, tooltip of a cell
};

// A number as a key to sort by: one that is missing comes before all others.
QVariant sortKey(double value);

class RecordTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  static constexpr int sort_role = Qt::UserRole;

  explicit RecordTableModel(QObject* parent = nullptr);

  // Everything anew: what was selected is no more.
  void setTable(std::vector<TableColumn> columns, int rows);
  // The rows anew, their number may differ.
  void setRows(int rows);
  // Rows added at the end, or gone from the start. `change` alters what the columns read; it is
  // called while views know that rows come or go.
  void append(int rows, const std::function<void()>& change);
  void removeFirst(int rows, const std::function<void()>& change);
  // The same rows, other text or looks.
  void touch();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<TableColumn> columns_;
  int rows_ = 0;
};

}  // namespace treegrpo
