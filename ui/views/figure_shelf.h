// The figures that are kept with a run, in the export dialog: a name to save under, and a list to
// open, rename and delete, with one step back. It knows no store: it asks by signals and is told
// what there is.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "workbench/workbench.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;

namespace treegrpo {

class FigureShelf : public QWidget {
  Q_OBJECT

 public:
  explicit FigureShelf(QWidget* parent = nullptr);

  // The figures of the run that the recipe names first; those of another one leave nothing to undo.
  void setFigures(const QString& run, std::vector<StoredFigure> figures);
  // Why nothing can be saved: a workspace that can only be read, no run. Empty: it can.
  void setProblem(const QString& sentence);
  // The one whose recipe the dialog shows as it is kept; empty: none.
  void setShown(const QString& name);
  const QString& shown() const { return shown_; }

 Q_SIGNALS:
  void saveAsked(const QString& name);
  void openAsked(const treegrpo::StoredFigure& figure);
  void renameAsked(const QString& name, const QString& new_name);
  void removeAsked(const QString& name);
  void restoreAsked(const treegrpo::StoredFigure& figure);  // as it was before

 private:
  QWidget* makeName();
  QWidget* makeList();
  const StoredFigure* find(const QString& name) const;
  const StoredFigure* selected() const;
  QString freeName() const;
  void save();
  void remove();
  void undo();
  void renamed(QListWidgetItem* item);
  void enable();

  QString run_, problem_, shown_;
  std::vector<StoredFigure> figures_;
  std::optional<StoredFigure> before_;  // what was replaced or deleted last
  QLabel* title_ = nullptr;
  QLineEdit* name_ = nullptr;
  QPushButton* save_ = nullptr;
  QListWidget* list_ = nullptr;
  QWidget* buttons_ = nullptr;
  QToolButton *open_ = nullptr, *rename_ = nullptr, *remove_ = nullptr, *undo_ = nullptr;
  bool filling_ = false;
};

}  // namespace treegrpo
