// What a drawn schedule costs: three numbers with their sums, memory, store and time, predicted
// against measured, and the other methods beside it.
#pragma once

#include <QWidget>
#include <vector>

#include "style/theme.h"
#include "tree/schedule_cost.h"

class QLabel;
class QTableView;

namespace treegrpo {

class RecordTableModel;
struct TableColumn;

// All that the panel shows.
struct ScheduleCost {
  bool valid = true;                            // what cannot run has no cost
  TreeSchedule schedule;                        // as the run would do it
  ScheduleCounts counts, flat;                  // of a prompt
  CostEstimate iteration;                       // of one iteration as drawn
  double expected_run = 0, expected_drawn = 0;  // NFE over starts
  bool changes_over_training = false;           // there are keyframes
  double training_run = 0, training_drawn = 0;  // NFE in the mean of all iterations
  std::vector<MethodCost> methods;
  MeasuredIteration measured;
  CostEstimate predicted;  // for the measured iteration, as the run was then
};

class ScheduleCostPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ScheduleCostPanel(QWidget* parent = nullptr);
  void setLooks(const Theme& theme);
  void setCost(ScheduleCost cost);

 private:
  struct Figure {
    QLabel *number, *title, *note;
  };
  Figure addFigure(const QString& name, const QString& title, const QString& meaning);
  QLabel* addLine(const QString& name, const QString& meaning);
  std::vector<TableColumn> methodColumns() const;
  void addMethods();
  void showFigures();
  void showNoFigures();
  void showEstimates();
  QString memoryAndStore() const;
  void showMeasured();

  ScheduleCost cost_;
  const Theme* theme_;
  QLabel* start_;
  Figure nfe_, passes_, latents_;
  QLabel *memory_, *time_, *verdict_, *expected_, *beside_;
  QTableView* table_;
  RecordTableModel* model_;
};

}  // namespace treegrpo
