// A schedule as a table with a column a step. It changes nothing itself: an edit is told by a
// signal, and whoever holds the draft sets the sheet anew.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "tree/schedule.h"

namespace treegrpo {

enum class ScheduleRow { step, sigma, type, children, noise, train, nfe };
inline constexpr int schedule_rows = 7;

// What the table shows.
struct ScheduleSheet {
  TreeSchedule schedule;
  TreeSchedule of_run;         // as the run has it: other cells are staged
  std::vector<double> sigmas;  // T + 1, may be empty
  std::vector<ScheduleProblem> problems;
};

class ScheduleModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role {
    problem_role = Qt::UserRole,  // QString: why the cell cannot be so; null where it can
    staged_role,                  // bool: other than in the run
    noisy_role                    // bool: the step is an SDE step
  };

  explicit ScheduleModel(QObject* parent = nullptr);

  void setSheet(ScheduleSheet sheet);
  const ScheduleSheet& sheet() const { return sheet_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  // type and train: 0 or 1.
  void editAsked(treegrpo::ScheduleRow row, int step, double value);

 private:
  const StepPlan& plan(int step) const;
  QString text(ScheduleRow row, int step) const;
  QVariant edited(ScheduleRow row, int step) const;
  QString problem(ScheduleRow row, int step) const;
  bool staged(ScheduleRow row, int step) const;

  ScheduleSheet sheet_;
  std::vector<std::int64_t> nfe_;  // so far, after each step
};

}  // namespace treegrpo
