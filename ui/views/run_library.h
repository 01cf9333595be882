// All runs of one or several workspaces in one table: sorted, filtered, grouped, edited, chosen to
// be compared. It takes values and tells by signals what is asked; it knows no store. What is asked
// of runs in another workspace than the open one is answered with why it cannot be had, and where.
#pragma once

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTreeView>
#include <QWidget>
#include <vector>

#include "models/run_library_model.h"
#include "style/theme.h"
#include "views/filter_field.h"
#include "views/listed_workspaces.h"
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
  std::vector<ListedRun> selected() const;
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
  void importAsked(const QString& file, const std::vector<treegrpo::RunId>& runs);  // none: which?
  void listingAsked();                        // of another workspace, beside the open one
  void listingEndAsked(const QString& file);  // of that one
  void workspaceAsked(const QString& file);   // is to be opened in place of the open one

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeHead();
  QWidget* makeFoot();
  void dressTable();
  void addKeys();
  void addRemedies();
  void group();
  void count();
  void toggleStars(const std::vector<ListedRun>& runs);
  void select(const std::vector<ListedRun>& runs);
  const LibraryRow* rowAt(const QModelIndex& shown) const;
  void clicked(const QModelIndex& shown);
  void menuAt(QPoint at);
  void addElsewhere(QMenu& menu, const ListedRun& run);
  void choose(const LibraryRow& row);
  void askNote(const ListedRun& run);
  void deleteSelected();
  void compareSelected();
  // Those runs where all are in the open workspace; else none, and the sentence is said with what
  // can be done instead. "%1" in it: the name of one that is not, "%2": of its workspace.
  std::vector<RunId> here(const std::vector<ListedRun>& runs, const QString& sentence);
  void importElsewhere();

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
  QPushButton* import_;
  QPushButton* list_;
  ListedWorkspaces* others_;
  QAction *import_these_, *open_theirs_;  // remedies for runs that are elsewhere
  std::vector<ListedRun> elsewhere_;      // those runs, of one workspace
  bool editable_ = true;
};

}  // namespace treegrpo
