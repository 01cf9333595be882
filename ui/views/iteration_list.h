// The iterations of a run, a row each: what it came to. The newest is added at the end.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "models/record_table_model.h"
#include "record/iteration_record.h"
#include "views/record_pages.h"

namespace treegrpo {

class IterationList : public QWidget {
  Q_OBJECT

 public:
  explicit IterationList(QWidget* parent = nullptr);

  // Anew; the current iteration stays current if it is among them.
  void setIterations(std::vector<IterationRecord> iterations);
  // One more; moves neither the selection nor what is in sight. One that is listed already is
  // replaced.
  void addIteration(IterationRecord iteration);
  void setCurrent(int iteration);

 Q_SIGNALS:
  void iterationChosen(std::int32_t iteration);

 private:
  // A column of a number of each record and of its text.
  template <class ValueOf, class TextOf>
  TableColumn number(const QString& title, const QString& tooltip, ValueOf value_of,
                     TextOf text_of) const;
  std::vector<TableColumn> columns() const;
  int rowOf(int iteration) const;
  void showAll();

  std::vector<IterationRecord> iterations_;
  std::vector<std::string> rewards_;  // names of the reward columns
  int current_ = -1;
  RecordTableModel model_;
  RecordTable* table_;
  RecordPages* pages_;
};

}  // namespace treegrpo
