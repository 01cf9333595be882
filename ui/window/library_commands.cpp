#include "window/library_commands.h"

#include <utility>

namespace treegrpo {
namespace {

std::vector<std::string> wordsOf(const QStringList& tags) {
  std::vector<std::string> words;
  for (const QString& tag : tags) words.push_back(tag.toStdString());
  return words;
}

}  // namespace

LibraryCommands::LibraryCommands(Session& session, const Actions& actions, QWidget* window)
    : QObject(window), session_(session), view_(new RunLibrary(window)) {
  connect(actions[u"compare.library"], &QAction::triggered, this, &LibraryCommands::open);
  connect(&session_, &Session::storeChanged, this, [this] {
    if (view_->isVisible()) read();
  });
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
}

void LibraryCommands::open() {
  view_->setEditable(!session_.readOnly());
  view_->show();
  view_->raise();
  view_->activateWindow();
  read();
}

void LibraryCommands::read() {
  std::error_code none;
  if (!std::filesystem::exists(session_.store(), none)) return view_->setLibrary({});
  session_.ask<Library>(&readLibrary, view_,
                        [this](Library library) { view_->setLibrary(std::move(library)); });
}

void LibraryCommands::edit(Work work) {
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
      [this](const QString& wrong) {
        if (!wrong.isEmpty()) view_->strip().say(MessageStrip::Kind::error, wrong);
        read();
        Q_EMIT storeEdited();
      });
}

}  // namespace treegrpo
