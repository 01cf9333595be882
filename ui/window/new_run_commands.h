// A new run: the dialog with what it may begin with, from the presets and the runs of the
// workspace.
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "actions.h"
#include "history.h"
#include "session.h"
#include "style/theme.h"

class QWidget;

namespace treegrpo {

class NewRunCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    const Actions& actions;
    const History& history;
    QWidget* window;
  };
  explicit NewRunCommands(const Parts& parts);

  void setTheme(const Theme& theme) { theme_ = theme; }

  // Opens the dialog; with a text it begins with that, "title" saying what it is.
  void ask(const QString& title = {}, const QString& text = {});
  // Opens the prompts of the run that is shown, to edit, for a new run.
  void askPrompts();

 Q_SIGNALS:
  void startAsked(const treegrpo::RunConfig& config, bool paused);
  void failed(const QString& sentence);

 private:
  struct Runs;
  void askWithPrompts(const QString& path);
  void open(const Runs& runs, const QString& title, const QString& text);

  Parts parts_;
  Theme theme_ = {};
};

}  // namespace treegrpo
