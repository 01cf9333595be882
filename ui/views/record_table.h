// A table as every dock shows one: a row at a time, sorted by a click on a title, a row chosen by
// mouse or keys. Rows are named as the model numbers them, whatever the order shown.
#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

#include "models/record_table_model.h"

namespace treegrpo {

class RecordTable : public QTableView {
  Q_OBJECT

 public:
  enum class Choice { on_walk, on_press };  // rows are chosen by going there, or by Return or click

  // Shows a model that outlives the table.
  RecordTable(RecordTableModel* model, Choice choice, QWidget* parent = nullptr);

  // Selects a row and shows it, without a signal; -1 or a row that is hidden: none.
  void setChosenRow(int row);
  int chosenRow() const;
  // Rows and columns are those that they were, with other values: shows them, and widens columns
  // that need it.
  void touchRows();

  // The column that takes the width that others leave.
  void setStretched(int column);
  // As high as its rows, at most so many.
  void fitHeight(int most_rows);

  QSortFilterProxyModel& sorted() { return sorted_; }

 Q_SIGNALS:
  void rowChosen(int row);

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void setRowHeight();
  void choose(const QModelIndex& shown);

  QSortFilterProxyModel sorted_;
  Choice choice_;
  int most_rows_ = 0;   // that its height is to show; 0: as its dock has it
  bool quiet_ = false;  // the program moves the selection, not the user
};

}  // namespace treegrpo
