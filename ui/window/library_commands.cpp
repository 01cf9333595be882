#include "window/library_commands.h"

#include <QAction>
#include <QFileInfo>
#include <QMessageBox>
#include <memory>
#include <utility>

#include "base/byte_size.h"
#include "views/file_choice.h"
#include "window/session_memory.h"

namespace treegrpo {
namespace {

std::vector<std::string> wordsOf(const QStringList& tags) {
  std::vector<std::string> words;
  for (const QString& tag : tags) words.push_back(tag.toStdString());
  return words;
}

}  // namespace

LibraryCommands::LibraryCommands(Session& session, const Actions& actions, QWidget* window)
    : QObject(window),
      session_(session),
      window_(window),
      theme_(&theme(ThemeKind::dark)),
      listed_(rememberedListed(storeName())) {
  connect(actions[u"compare.library"], &QAction::triggered, this, &LibraryCommands::open);
  connect(&session_, &Session::storeChanged, this, [this] {
    if (view_ && view_->isVisible()) read();
  });
}

void LibraryCommands::setLooks(const Theme& theme) {
  theme_ = &theme;
  if (view_) view_->setLooks(theme);
}

void LibraryCommands::makeView() {
  view_ = new RunLibrary(window_);
  view_->setLooks(*theme_);
  connect(view_, &RunLibrary::runChosen, this, &LibraryCommands::runChosen);
  connect(view_, &RunLibrary::compareAsked, this, &LibraryCommands::compareAsked);
  connect(view_, &RunLibrary::renameAsked, this, [this](qint64 run, const QString& name) {
    edit([run, name](Workbench& store) { store.rename_run({run}, name.toStdString()); });
  });
  connect(view_, &RunLibrary::tagsAsked, this,
          [this](qint64 run, const QStringList& added, const QStringList& removed) {
            edit([run, added, removed](Workbench& store) {
              if (!added.isEmpty()) store.add_tags({run}, wordsOf(added));
              if (!removed.isEmpty()) store.remove_tags({run}, wordsOf(removed));
            });
          });
  connect(view_, &RunLibrary::noteAsked, this, [this](qint64 run, const QString& note) {
    edit([run, note](Workbench& store) { store.add_note({run}, {}, note.toStdString()); });
  });
  connect(view_, &RunLibrary::noteRemovalAsked, this, [this](qint64 run, qint64 note) {
    edit([run, note](Workbench& store) { store.remove_note({run}, note); });
  });
  connect(view_, &RunLibrary::deleteAsked, this, &LibraryCommands::remove);
  connect(view_, &RunLibrary::restoreAsked, this, &LibraryCommands::restore);
  connect(view_, &RunLibrary::purgeAsked, this, [this](const std::vector<RunId>& runs) {
    auto* question = new QMessageBox(
        QMessageBox::Warning, tr("Empty the trash?"),
        tr("What is in the trash (%1) is removed for good, with its pictures and checkpoints.")
            .arg(runs.size() == 1 ? tr("1 run") : tr("%1 runs").arg(runs.size())),
        QMessageBox::Cancel, view_);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* sure = question->addButton(tr("Empty trash"), QMessageBox::DestructiveRole);
    connect(sure, &QPushButton::clicked, this, [this, runs] { purge(runs); });
    question->open();
  });
  wireOthers();
}

void LibraryCommands::wireOthers() {
  connect(view_, &RunLibrary::importAsked, this, &LibraryCommands::importAsked);
  connect(view_, &RunLibrary::workspaceAsked, this, &LibraryCommands::workspaceAsked);
  connect(view_, &RunLibrary::listingAsked, this, [this] {
    const QString file =
        fileToOpen(view_, tr("Add a workspace to the list"), tr("Workspaces (*.tgws)"));
    if (!file.isEmpty()) list(file);
  });
  connect(view_, &RunLibrary::listingEndAsked, this, [this](const QString& file) {
    QStringList rest = listed_;
    rest.removeAll(file);
    setListed(rest);
  });
}

QString LibraryCommands::storeName() const {
  return QString::fromStdString(std::filesystem::absolute(session_.store()).string());
}

void LibraryCommands::list(const QString& file) {
  const QString whole = QFileInfo(file).absoluteFilePath();
  std::error_code none;
  if (std::filesystem::equivalent(whole.toStdString(), session_.store(), none))
    return tell(MessageStrip::Kind::info, tr("This workspace is the one that is open."));
  if (listed_.contains(whole))
    return tell(MessageStrip::Kind::info, tr("The runs of '%1' are listed already.").arg(whole));
  setListed(listed_ + QStringList(whole));
}

void LibraryCommands::setListed(const QStringList& files) {
  listed_ = files;
  rememberListed(storeName(), files);
  read();
}

void LibraryCommands::tell(MessageStrip::Kind kind, const QString& sentence) {
  if (!view_ || !view_->isVisible()) return;
  view_->strip().say(kind, sentence);
  read();
}

void LibraryCommands::open() {
  if (!view_) makeView();
  view_->setEditable(!session_.readOnly());
  view_->show();
  view_->raise();
  view_->activateWindow();
  others_ = std::make_shared<OtherWorkspaces>();  // as they are now, whatever they were
  read();
}

void LibraryCommands::read() {
  session_.ask<Library>([files = wordsOf(listed_), others = others_](
                            Workbench& store) { return readLibrary(store, files, *others); },
                        view_, [this](Library library) { view_->setLibrary(std::move(library)); });
}

void LibraryCommands::edit(Work work, std::function<void()> done) {
  session_.ask<QString>(
      [work = std::move(work)](Workbench& store) -> QString {
        try {
          work(store);
          return {};
        } catch (const Error& wrong) {
          return QString::fromUtf8(wrong.what());
        }
      },
      view_,
      [this, done = std::move(done)](const QString& wrong) {
        if (!wrong.isEmpty()) view_->strip().say(MessageStrip::Kind::error, wrong);
        if (wrong.isEmpty() && done) done();
        read();
        Q_EMIT storeEdited();
      });
}

// Into the trash, with a way back.
void LibraryCommands::remove(const std::vector<RunId>& runs) {
  edit(
      [runs](Workbench& store) {
        for (const RunId run : runs) store.delete_run(run);
      },
      [this, runs] {
        delete view_->findChild<QAction*>("undo_delete");
        auto* undo = new QAction(tr("Undo"), view_);
        undo->setObjectName("undo_delete");
        connect(undo, &QAction::triggered, this, [this, runs] { restore(runs); });
        view_->strip().say(MessageStrip::Kind::info,
                           runs.size() == 1 ? tr("The run is in the trash.")
                                            : tr("%1 runs are in the trash.").arg(runs.size()),
                           {undo});
      });
}

void LibraryCommands::restore(const std::vector<RunId>& runs) {
  edit(
      [runs](Workbench& store) {
        for (const RunId run : runs) store.restore_run(run);
      },
      [this] { view_->strip().hide(); });
}

void LibraryCommands::purge(const std::vector<RunId>& runs) {
  auto freed = std::make_shared<std::int64_t>(0);
  edit(
      [runs, freed](Workbench& store) {
        for (const RunId run : runs) *freed += store.purge_run(run);
      },
      [this, freed] {
        view_->strip().say(MessageStrip::Kind::info,
                           tr("The trash is empty; %1 freed.")
                               .arg(QString::fromStdString(byte_size_text(*freed))));
      });
}

}  // namespace treegrpo
