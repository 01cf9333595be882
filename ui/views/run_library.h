// All runs of a workspace in one table: sorted, filtered, grouped, edited, chosen to be compared.
// It takes values and tells by signals what is asked; it knows no store.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTreeView>
#include <QWidget>
#include <vector>

#include "models/run_library_model.h"
#include "style/theme.h"
#include "views/filter_field.h"
#include "views/message_strip.h"
#include "views/sparkline.h"
#include "views/trash_list.h"

namespace treegrpo {

class RunLibrary : public QWidget {
  Q_OBJECT

 public:
  explicit RunLibrary(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Anew; what is selected stays selected.
  void setLibrary(Library library);
  void setEditable(bool editable);
  // In the order shown.
  std::vector<RunId> selected() const;
  MessageStrip& strip() { return *strip_; }

 Q_SIGNALS:
  void runChosen(qint64 run);
  void compareAsked(const std::vector<treegrpo::RunId>& runs);
  void renameAsked(qint64 run, const QString& name);
  void tagsAsked(qint64 run, const QStringList& added, const QStringList& removed);
  void noteAsked(qint64 run, const QString& note);
  void noteRemovalAsked(qint64 run, qint64 note);
  void deleteAsked(const std::vector<treegrpo::RunId>& runs);  // into the trash
  void restoreAsked(const std::vector<treegrpo::RunId>& runs);
  void purgeAsked(const std::vector<treegrpo::RunId>& runs);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeHead();
  QWidget* makeFoot();
  void dressTable();
  void addKeys();
  void group();
  void count();
  void toggleStars(const std::vector<RunId>& runs);
  void select(const std::vector<RunId>& runs);
  const LibraryRow* rowAt(const QModelIndex& shown) const;
  void clicked(const QModelIndex& shown);
  void menuAt(QPoint at);
  void askNote(RunId run);
  void deleteSelected();

  RunLibraryModel model_;
  QSortFilterProxyModel sorted_;
  MessageStrip* strip_;
  FilterField* filter_;
  QComboBox* grouping_;
  QTreeView* table_;
  QLabel* count_;
  QPushButton* compare_;
  Sparkline* curve_;
  QStackedWidget* pages_;  // the runs, the trash
  TrashList* trash_;
  QPushButton* show_trash_;
  bool editable_ = true;
};

}  // namespace treegrpo
