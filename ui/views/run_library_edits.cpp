// What is asked of runs by keys, clicks and the menu, and what is answered where they are in
// another workspace than the open one.
#include <QFileInfo>
#include <QInputDialog>
#include <QKeyEvent>
#include <algorithm>

#include "views/run_library.h"

namespace treegrpo {
namespace {

constexpr const char* read_alone = QT_TRANSLATE_NOOP(
    "treegrpo::RunLibrary",
    "'%1' is in %2, which is listed for reading alone: import it into this workspace to change it "
    "here, or open its own.");

}  // namespace

// Keys that letters typed into the filter must not be.
bool RunLibrary::eventFilter(QObject* watched, QEvent* event) {
  if (watched != table_ || event->type() != QEvent::KeyPress)
    return QWidget::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool bare = key->modifiers() == Qt::NoModifier;
  const LibraryRow* row = rowAt(table_->currentIndex());
  if (key->text() == "*") {
    toggleStars(selected());
    return true;
  }
  if (key->key() == Qt::Key_Delete) {
    deleteSelected();
    return true;
  }
  if (key->key() == Qt::Key_N && bare && row) {
    askNote(row->listed());
    return true;
  }
  if (key->key() == Qt::Key_F2 && row && !row->listed().isHere()) {
    here({row->listed()}, tr(read_alone));
    return true;
  }
  if (key->key() == Qt::Key_Return && bare && row) {
    choose(*row);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void RunLibrary::addRemedies() {
  import_these_->setObjectName("importElsewhere");
  open_theirs_->setObjectName("openElsewhere");
  connect(import_these_, &QAction::triggered, this, &RunLibrary::importElsewhere);
  connect(open_theirs_, &QAction::triggered, this, [this] {
    if (!elsewhere_.empty())
      Q_EMIT workspaceAsked(QString::fromStdString(elsewhere_.front().workspace));
  });
}

std::vector<RunId> RunLibrary::here(const std::vector<ListedRun>& runs, const QString& sentence) {
  std::vector<RunId> all;
  for (const ListedRun& run : runs) all.push_back(run.run);
  const auto other = std::ranges::find_if_not(runs, &ListedRun::isHere);
  const LibraryRow* row = other == runs.end() ? nullptr : model_.rowAt(model_.indexOf(*other));
  if (!row) return all;
  elsewhere_.clear();
  std::ranges::copy_if(runs, std::back_inserter(elsewhere_),
                       [&](const ListedRun& run) { return run.workspace == other->workspace; });
  strip_->say(MessageStrip::Kind::info,
              sentence.arg(QString::fromStdString(row->run.summary.name),
                           QString::fromStdString(workspaceName(*row))),
              {import_these_, open_theirs_});
  return {};
}

void RunLibrary::importElsewhere() {
  std::vector<RunId> runs;
  for (const ListedRun& run : elsewhere_) runs.push_back(run.run);
  if (!runs.empty()) Q_EMIT importAsked(QString::fromStdString(elsewhere_.front().workspace), runs);
}

void RunLibrary::choose(const LibraryRow& row) {
  for (const RunId run :
       here({row.listed()}, tr("'%1' is in %2: import it into this workspace to look at its trees "
                               "here, or open its own.")))
    Q_EMIT runChosen(run.value);
}

void RunLibrary::compareSelected() {
  const std::vector<RunId> runs =
      here(selected(), tr("Runs are compared within one workspace, and '%1' is in %2: import it "
                          "into this one first, or open its own."));
  if (!runs.empty()) Q_EMIT compareAsked(runs);
}

void RunLibrary::clicked(const QModelIndex& shown) {
  const LibraryRow* row = rowAt(shown);
  if (row && shown.column() == static_cast<int>(LibraryColumn::star)) toggleStars({row->listed()});
}

void RunLibrary::toggleStars(const std::vector<ListedRun>& runs) {
  if (!editable_) return;
  for (const RunId run : here(runs, tr(read_alone))) {
    const LibraryRow* row = model_.rowAt(model_.indexOf({{}, run}));
    const QStringList star{star_tag};
    if (!row) continue;
    hasStar(row->run.summary) ? Q_EMIT tagsAsked(run.value, {}, star)
                              : Q_EMIT tagsAsked(run.value, star, {});
  }
}

void RunLibrary::menuAt(QPoint at) {
  const QModelIndex shown = table_->indexAt(at);
  const LibraryRow* row = rowAt(shown);
  if (!row) return;
  const ListedRun run = row->listed();
  const bool editable = editable_ && run.isHere();
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto add = [&](const QString& words, bool enabled, auto work) {
    menu->addAction(words, this, work)->setEnabled(enabled);
  };
  const auto edit = [this, shown](LibraryColumn column) {
    table_->edit(shown.siblingAtColumn(static_cast<int>(column)));
  };
  if (!run.isHere()) addElsewhere(*menu, run);
  add("Rename", editable, [edit] { edit(LibraryColumn::name); });
  add("Edit tags", editable, [edit] { edit(LibraryColumn::tags); });
  add("Star or unstar\t*", editable, [this] { toggleStars(selected()); });
  add("Add note…\tN", editable, [this, run] { askNote(run); });
  const qint64 last = row->run.notes.empty() ? 0 : row->run.notes.back().id;
  add("Remove last note", editable && last > 0,
      [this, run, last] { Q_EMIT noteRemovalAsked(run.run.value, last); });
  menu->addSeparator();
  add("Move to trash\tDel", editable, [this] { deleteSelected(); });
  menu->popup(table_->viewport()->mapToGlobal(at));
}

// What can be done with runs of another workspace; a heading says why nothing else can.
void RunLibrary::addElsewhere(QMenu& menu, const ListedRun& run) {
  elsewhere_ = selected();
  std::erase_if(elsewhere_, [&](const ListedRun& one) { return one.workspace != run.workspace; });
  menu.addAction(import_these_);
  menu.addAction(open_theirs_);
  menu.addSeparator();
  menu.addAction(tr("In %1, listed for reading alone:")
                     .arg(QFileInfo(QString::fromStdString(run.workspace)).fileName()))
      ->setEnabled(false);
}

void RunLibrary::askNote(const ListedRun& run) {
  if (!editable_ || here({run}, tr(read_alone)).empty()) return;
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle("Add note");
  dialog->setLabelText("Note about the run");
  dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
  connect(dialog, &QInputDialog::textValueSelected, this,
          [this, run](const QString& note) { Q_EMIT noteAsked(run.run.value, note); });
  dialog->open();
}

void RunLibrary::deleteSelected() {
  const std::vector<RunId> runs =
      editable_ ? here(selected(), tr(read_alone)) : std::vector<RunId>();
  if (!runs.empty()) Q_EMIT deleteAsked(runs);
}

}  // namespace treegrpo
