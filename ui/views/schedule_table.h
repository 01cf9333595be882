// The table of a schedule, a column a step. What is edited in one cell holds for the selected
// columns of its row; types and checks are painted by dragging across.
#pragma once

#include <QTableView>

#include "models/schedule_model.h"
#include "style/theme.h"

namespace treegrpo {

class ScheduleCells;

class ScheduleTable : public QTableView {
  Q_OBJECT

 public:
  explicit ScheduleTable(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  ScheduleModel* sheet() const { return model_; }

  // Room before the first column, width of a column, pixels scrolled: for what stands above.
  int labelWidth() const;
  int stepWidth() const;
  int scrolled() const;

  // Steps of the selected cells, rising; those of the current cell's row.
  QList<int> chosenSteps() const;

 Q_SIGNALS:
  // stroke: of one drag of the mouse, so that it can be undone at once; 0 for each edit alone.
  void editAsked(treegrpo::ScheduleRow row, QList<int> steps, double value, int stroke);
  void columnsMoved();
  void currentMoved();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  void fitRows();
  void fitColumns();
  bool startsStroke(const QModelIndex& index, QPoint place);

  ScheduleModel* model_;
  ScheduleCells* cells_;
  const Theme* theme_;
  int stroke_ = 0;        // counts drags
  int painted_row_ = -1;  // of the drag in progress; -1: none
  double painted_value_ = 0;
};

}  // namespace treegrpo
