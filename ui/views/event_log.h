// What happened, a sentence a line with its time and kind; the last 10,000 of them.
#pragma once

#include <QComboBox>
#include <QString>
#include <QTime>
#include <QToolButton>
#include <QWidget>
#include <deque>

#include "models/record_table_model.h"
#include "style/theme.h"
#include "views/record_pages.h"

namespace treegrpo {

class EventLog : public QWidget {
  Q_OBJECT

 public:
  static constexpr std::size_t most_lines = 10000;

  explicit EventLog(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // A line at the end; the oldest goes where there are too many. Stays at the end if the end was
  // in sight.
  void addLine(const QString& kind, const QString& sentence);

  std::size_t lines() const { return lines_.size(); }
  // The lines that the filter lets through, as they are copied: "12:01:02  kind  sentence".
  QString shownText() const;

 private:
  struct Line {
    QTime time;
    QString kind;
    QString sentence;
  };
  void dress();   // names, words and looks of its parts
  void layOut();  // where they stand
  std::vector<TableColumn> columns() const;
  void filter();

  std::deque<Line> lines_;
  RecordTableModel model_;
  RecordTable* table_;
  QComboBox* kinds_;
  QToolButton* copy_;
  RecordPages* pages_;
};

}  // namespace treegrpo
