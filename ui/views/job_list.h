// The queue as a table: what goes on, how far it is, and a button that ends the chosen one.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "models/record_table_model.h"
#include "style/theme.h"
#include "views/record_pages.h"

namespace treegrpo {

// A job in words.
struct JobRow {
  int id = 0;
  QString what;
  QString state;
  QString progress;
  double share = 0;      // of it that is done, 0 to 1; below 0: not known
  bool goes_on = false;  // it can be cancelled
};

class JobList : public QWidget {
  Q_OBJECT

 public:
  explicit JobList(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Anew; the job that was chosen stays chosen.
  void setJobs(std::vector<JobRow> jobs);
  // Empty: jobs can be cancelled; else why not.
  void setObstacle(const QString& why);

 Q_SIGNALS:
  void cancelAsked(int id);

 private:
  void dress();
  void layOut();
  std::vector<TableColumn> columns() const;
  const JobRow& at(int row) const { return jobs_[static_cast<std::size_t>(row)]; }
  void cancelChosen();
  void showChosen();

  std::vector<JobRow> jobs_;  // the newest first
  int chosen_ = 0;            // id; 0: none
  QString obstacle_;
  RecordTableModel model_;
  RecordTable* table_;
  QLabel* count_;
  QPushButton* cancel_;
  RecordPages* pages_;
};

}  // namespace treegrpo
