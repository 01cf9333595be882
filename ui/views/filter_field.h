// A line for the filter language over runs (compare/filter.h): completes at the cursor, and says
// below itself what is wrong and at which column.
#pragma once

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QStringListModel>
#include <QWidget>
#include <optional>
#include <vector>

#include "compare/filter.h"

namespace treegrpo {

class FilterField : public QWidget {
  Q_OBJECT

 public:
  explicit FilterField(QWidget* parent = nullptr);

  // What may be asked; the text is read anew.
  void setNames(std::vector<FilterName> names);
  QLineEdit& line() { return *line_; }
  QAbstractItemView* popup() { return completer_.popup(); }  // of words that may follow

 Q_SIGNALS:
  // The text is a filter, or empty: none. Not while it is neither.
  void filterChanged(const std::optional<treegrpo::Filter>& filter);

 private:
  void read();
  void offer();
  void insert(const QString& word);
  FilterCompletions completions() const;

  std::vector<FilterName> names_;
  QLineEdit* line_;
  QLabel* problem_;
  QStringListModel words_;
  QCompleter completer_;
};

}  // namespace treegrpo
