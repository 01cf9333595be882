#include "views/schedule_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "style/studio_style.h"
#include "views/schedule_cells.h"

namespace treegrpo {
namespace {

constexpr int least_column = 40;
constexpr int row_room = 12;  // of a row beside its text

// Names of rows, their variables in italics. The sheet's own padding is for headers of columns.
class RowNames : public QHeaderView {
 public:
  RowNames(const Theme* const& theme, QWidget* parent)
      : QHeaderView(Qt::Vertical, parent), theme_(theme) {}

 protected:
  void paintSection(QPainter* painter, const QRect& box, int row) const override {
    painter->save();
    painter->fillRect(box, toQColor(theme_->panel));
    painter->setPen(toQColor(theme_->grid));
    painter->drawLine(box.bottomLeft(), box.bottomRight());
    painter->setPen(toQColor(theme_->text2));
    QFont font = this->font();
    QRect room = box.adjusted(8, 0, 0, 0);
    for (const QString& word : model()->headerData(row, Qt::Vertical).toString().split(' ')) {
      font.setItalic(word.size() == 1 || word.startsWith("σ"));
      painter->setFont(font);
      painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, word);
      room.setLeft(room.left() + QFontMetrics(font).horizontalAdvance(word + " "));
    }
    painter->restore();
  }

 private:
  const Theme* const& theme_;
};

bool isSwitch(int row) {
  return row == static_cast<int>(ScheduleRow::type) || row == static_cast<int>(ScheduleRow::train);
}

}  // namespace

ScheduleTable::ScheduleTable(QWidget* parent)
    : QTableView(parent),
      model_(new ScheduleModel(this)),
      cells_(new ScheduleCells(this)),
      theme_(&theme(ThemeKind::dark)) {
  setObjectName("scheduleTable");
  setVerticalHeader(new RowNames(theme_, this));
  setAccessibleName(tr("Steps of the schedule"));
  setModel(model_);
  setItemDelegate(cells_);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                  QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
  setTabKeyNavigation(false);
  horizontalHeader()->hide();
  horizontalHeader()->setMinimumSectionSize(least_column);
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  fitRows();
  connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &ScheduleTable::columnsMoved);
  connect(model_, &QAbstractItemModel::modelReset, this, &ScheduleTable::fitColumns);
  connect(model_, &ScheduleModel::editAsked, this, [this](ScheduleRow row, int step, double value) {
    QList<int> steps = chosenSteps();
    if (!steps.contains(step) || currentIndex().row() != static_cast<int>(row)) steps = {step};
    Q_EMIT editAsked(row, steps, value, 0);
  });
}

void ScheduleTable::setLooks(const Theme& theme) {
  theme_ = &theme;
  cells_->setLooks(theme);
  fitRows();
  fitColumns();
  verticalHeader()->viewport()->update();
  viewport()->update();
}

int ScheduleTable::labelWidth() const { return verticalHeader()->width(); }
int ScheduleTable::stepWidth() const {
  return model_->columnCount() > 0 ? columnWidth(0) : least_column;
}
int ScheduleTable::scrolled() const { return horizontalScrollBar()->value(); }

QList<int> ScheduleTable::chosenSteps() const {
  QList<int> steps;
  for (const QModelIndex& index : selectionModel()->selectedIndexes())
    if (index.row() == currentIndex().row()) steps.push_back(index.column());
  std::sort(steps.begin(), steps.end());
  return steps;
}

// By the size of text, which follows the zoom.
void ScheduleTable::fitRows() {
  const QFontMetrics metrics = fontMetrics();
  verticalHeader()->setDefaultSectionSize(std::max(28, metrics.height() + row_room));
  verticalHeader()->setFixedWidth(metrics.horizontalAdvance("children b   ") + 16);
  setFixedHeight(schedule_rows * verticalHeader()->defaultSectionSize() + 1);
}

void ScheduleTable::fitColumns() {
  const int steps = model_->columnCount();
  if (steps == 0) return;
  const int width = std::max(least_column, viewport()->width() / steps);
  horizontalHeader()->setDefaultSectionSize(width);
  for (int step = 0; step < steps; ++step) setColumnWidth(step, width);
  const bool scrolls = width * steps > viewport()->width();
  setFixedHeight(schedule_rows * verticalHeader()->defaultSectionSize() + 1 +
                 (scrolls ? horizontalScrollBar()->sizeHint().height() : 0));
  Q_EMIT columnsMoved();
}

void ScheduleTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

// In a wide type cell the half that was pressed is meant, else the other type.
bool ScheduleTable::startsStroke(const QModelIndex& index, QPoint place) {
  if (!index.isValid() || !isSwitch(index.row())) return false;
  const QRect cell = visualRect(index);
  const bool halves = index.row() == static_cast<int>(ScheduleRow::type) &&
                      !isNarrowCell(cell.width(), fontMetrics());
  const bool was = index.data(Qt::EditRole).toBool();
  painted_value_ = halves ? (place.x() < cell.center().x() ? 1 : 0) : (was ? 0 : 1);
  painted_row_ = index.row();
  ++stroke_;
  return true;
}

void ScheduleTable::mousePressEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  const bool plain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
  if (!plain || !startsStroke(index, event->position().toPoint()))
    return QTableView::mousePressEvent(event);
  setCurrentIndex(index);
  Q_EMIT editAsked(static_cast<ScheduleRow>(painted_row_), {index.column()}, painted_value_,
                   stroke_);
}

void ScheduleTable::mouseMoveEvent(QMouseEvent* event) {
  if (painted_row_ < 0) return QTableView::mouseMoveEvent(event);
  const int step = columnAt(event->position().toPoint().x());
  if (step < 0 || step == currentIndex().column()) return;
  const int from = currentIndex().column();
  QList<int> steps;
  for (int at = std::min(from, step); at <= std::max(from, step); ++at) steps.push_back(at);
  setCurrentIndex(model_->index(painted_row_, step));
  Q_EMIT editAsked(static_cast<ScheduleRow>(painted_row_), steps, painted_value_, stroke_);
}

void ScheduleTable::mouseReleaseEvent(QMouseEvent* event) {
  if (painted_row_ < 0) return QTableView::mouseReleaseEvent(event);
  painted_row_ = -1;
}

void ScheduleTable::keyPressEvent(QKeyEvent* event) {
  const QModelIndex index = currentIndex();
  if (index.isValid() && isSwitch(index.row()) &&
      (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return)) {
    QList<int> steps = chosenSteps();
    if (steps.isEmpty()) steps = {index.column()};
    const double value = index.data(Qt::EditRole).toBool() ? 0 : 1;
    Q_EMIT editAsked(static_cast<ScheduleRow>(index.row()), steps, value, 0);
    return;
  }
  QTableView::keyPressEvent(event);
}

void ScheduleTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  Q_EMIT currentMoved();
}

}  // namespace treegrpo
