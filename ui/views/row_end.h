// Widgets that come to a row after it was made.
#pragma once

#include <QLayout>
#include <QWidget>

namespace treegrpo {

// At the row's end, and for Tab after what stood there last.
inline void addAtEnd(QLayout& row, QWidget* widget) {
  QWidget* last = row.count() > 0 ? row.itemAt(row.count() - 1)->widget() : nullptr;
  row.addWidget(widget);
  if (last) QWidget::setTabOrder(last, widget);
}

}  // namespace treegrpo
