// The window of the run library: reads it from the store whenever that changes, and does there what
// is asked in it.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
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

 Q_SIGNALS:
  void runChosen(qint64 run);
  void compareAsked(const std::vector<treegrpo::RunId>& runs);
  void storeEdited();  // names, tags or the trash changed here

 private:
  using Work = std::function<void(Workbench&)>;
  void open();
  void makeView();
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
};

}  // namespace treegrpo
