// A table, and a sentence in its place as long as it has no rows.
#pragma once

#include <QLabel>
#include <QStackedLayout>

#include "views/record_table.h"

namespace treegrpo {

class RecordPages : public QStackedLayout {
 public:
  // The sentence says what will be listed and when; its label is named `name`.
  RecordPages(RecordTable* table, const QString& name, const QString& sentence);

  void showTable(bool has_rows) { setCurrentIndex(has_rows ? 1 : 0); }
};

}  // namespace treegrpo
