// The runs in the trash of a workspace: brought back, or removed for good with the bytes they free.
#pragma once

#include <QPushButton>
#include <QWidget>
#include <vector>

#include "models/record_table_model.h"
#include "views/record_table.h"
#include "workbench/workbench.h"

namespace treegrpo {

class TrashList : public QWidget {
  Q_OBJECT

 public:
  explicit TrashList(QWidget* parent = nullptr);

  void setRuns(std::vector<RunSummary> runs);
  void setEditable(bool editable);

 Q_SIGNALS:
  void restoreAsked(const std::vector<treegrpo::RunId>& runs);
  void purgeAsked(const std::vector<treegrpo::RunId>& runs);  // all of them; the user was not asked

 private:
  std::vector<TableColumn> columns() const;
  std::vector<RunId> selected() const;
  void enable();

  std::vector<RunSummary> runs_;
  RecordTableModel model_;
  RecordTable* table_;
  QPushButton *restore_, *empty_;
  bool editable_ = true;
};

}  // namespace treegrpo
