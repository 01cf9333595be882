// The runs of a workspace, a row each, newest first, with a filter by name, method and tags.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QWidget>
#include <array>
#include <cstdint>
#include <vector>

#include "models/record_table_model.h"
#include "style/theme.h"
#include "views/record_table.h"
#include "workbench/workbench.h"

namespace treegrpo {

class RunList : public QWidget {
  Q_OBJECT

 public:
  explicit RunList(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Anew, in any order; the current run stays current if it is among them.
  void setRuns(std::vector<RunSummary> runs);
  // The run that is looked at; it need not be listed yet.
  void setCurrent(RunId run);
  RunId current() const { return current_; }
  // Several may be selected, to be compared; in the order that is shown.
  std::vector<RunId> selected() const;
  // All of them, newest first.
  const std::vector<RunSummary>& runs() const { return runs_; }
  // What a listed run is doing, and how many of its iterations are done as of now.
  void setStatus(RunId run, RunStatus status);
  void setIterations(RunId run, std::int32_t done);

 Q_SIGNALS:
  void runChosen(qint64 run);

 private:
  void dress();
  void layOut();
  QWidget* noMatch();
  std::vector<TableColumn> columns() const;
  const RunSummary& at(int row) const { return runs_[static_cast<std::size_t>(row)]; }
  RunSummary* find(RunId run);
  void filter();

  std::vector<RunSummary> runs_;  // newest first
  RunId current_;
  std::array<QIcon, 7> icons_;  // by status
  RecordTableModel model_;
  RecordTable* table_;
  QLineEdit* filter_;
  QAction* search_;
  QWidget* bar_;
  QLabel* empty_;
  QLabel* count_;
  QLabel* funnel_;
  QWidget* none_;
  QStackedLayout* pages_;
};

}  // namespace treegrpo
