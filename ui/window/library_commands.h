// The window of the run library: reads it from the store whenever that changes, and does there what
// is asked in it.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <vector>

#include "actions.h"
#include "session.h"
#include "views/run_library.h"

namespace treegrpo {

class LibraryCommands : public QObject {
  Q_OBJECT

 public:
  // The action "compare.library" opens a window above `window`, made when it is first asked for.
  LibraryCommands(Session& session, const Actions& actions, QWidget* window);

  void setLooks(const Theme& theme);
  // Lists the runs of another workspace beside those of the open one, from now on. What is wrong
  // with it is told in the library, which must be open.
  void list(const QString& file);
  // Says it in the library, where that is open, and reads it anew.
  void tell(MessageStrip::Kind kind, const QString& sentence);

 Q_SIGNALS:
  void runChosen(qint64 run);
  void compareAsked(const std::vector<treegrpo::RunId>& runs);
  void storeEdited();  // names, tags or the trash changed here
  // Of another workspace; an empty file: the user is to choose one. No runs: likewise.
  void importAsked(const QString& file, const std::vector<treegrpo::RunId>& runs);
  void workspaceAsked(const QString& file);  // is to be opened in place of the open one

 private:
  using Work = std::function<void(Workbench&)>;
  void open();
  void makeView();
  void wireOthers();
  QString storeName() const;
  void setListed(const QStringList& files);
  void read();
  // Tells of an error in the library's own window, else calls `done`; reads it anew either way.
  void edit(Work work, std::function<void()> done = {});
  void remove(const std::vector<RunId>& runs);
  void restore(const std::vector<RunId>& runs);
  void purge(const std::vector<RunId>& runs);

  Session& session_;
  QWidget* window_;
  const Theme* theme_;
  RunLibrary* view_ = nullptr;  // none yet
  QStringList listed_;          // files of other workspaces
  // On the thread of questions alone.
  std::shared_ptr<OtherWorkspaces> others_ = std::make_shared<OtherWorkspaces>();
};

}  // namespace treegrpo
