#include "views/record_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

namespace treegrpo {

RecordTable::RecordTable(RecordTableModel* model, Choice choice, QWidget* parent)
    : QTableView(parent), choice_(choice) {
  sorted_.setSourceModel(model);
  sorted_.setSortRole(RecordTableModel::sort_role);
  setModel(&sorted_);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setShowGrid(false);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setHorizontalScrollMode(ScrollPerPixel);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  setRowHeight();
  QHeaderView* titles = horizontalHeader();
  titles->setResizeContentsPrecision(0);  // what is visible, not ten thousand rows
  titles->setSectionResizeMode(QHeaderView::ResizeToContents);
  titles->setSortIndicatorClearable(true);
  titles->setHighlightSections(false);
  setSortingEnabled(true);
  sortByColumn(-1, Qt::AscendingOrder);
  connect(this, &QTableView::clicked, this, [this](const QModelIndex& at) {
    if (choice_ == Choice::on_press) choose(at);
  });
}

void RecordTable::setChosenRow(int row) {
  quiet_ = true;
  const QModelIndex shown =
      row < 0 ? QModelIndex() : sorted_.mapFromSource(sorted_.sourceModel()->index(row, 0));
  if (shown.isValid()) {
    setCurrentIndex(shown);
    scrollTo(shown);
  } else {
    clearSelection();
    setCurrentIndex({});
  }
  quiet_ = false;
}

int RecordTable::chosenRow() const {
  return currentIndex().isValid() ? sorted_.mapToSource(currentIndex()).row() : -1;
}

void RecordTable::touchRows() {
  static_cast<RecordTableModel*>(sorted_.sourceModel())->touch();
  QHeaderView* titles = horizontalHeader();
  for (int column = 0; column < titles->count(); ++column)
    if (titles->sectionResizeMode(column) == QHeaderView::ResizeToContents &&
        sizeHintForColumn(column) > titles->sectionSize(column))
      return titles->setSectionResizeMode(column, QHeaderView::ResizeToContents);
}

void RecordTable::setStretched(int column) {
  horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void RecordTable::fitHeight(int most_rows) {
  most_rows_ = most_rows;
  const int rows = std::min(most_rows, sorted_.rowCount());
  setVerticalScrollBarPolicy(rows < sorted_.rowCount() ? Qt::ScrollBarAsNeeded
                                                       : Qt::ScrollBarAlwaysOff);
  const int titles = horizontalHeader()->isHidden() ? 0 : horizontalHeader()->sizeHint().height();
  setFixedHeight(titles + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

void RecordTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  if (choice_ == Choice::on_walk && current.row() != previous.row()) choose(current);
}

void RecordTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    choose(currentIndex());
    return;
  }
  QTableView::keyPressEvent(event);
}

// The zoom of the window comes as another font.
void RecordTable::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
  setRowHeight();
  if (most_rows_ > 0) fitHeight(most_rows_);
}

void RecordTable::setRowHeight() {
  verticalHeader()->setDefaultSectionSize(std::max(25, fontMetrics().height() + 8));
}

void RecordTable::choose(const QModelIndex& shown) {
  if (!quiet_ && shown.isValid()) Q_EMIT rowChosen(sorted_.mapToSource(shown).row());
}

}  // namespace treegrpo
