// The schedule editor beside a run: shows the one that is looked at, and brings what is drawn to
// the run in progress or to a new one.
#pragma once

#include <QObject>

#include "actions.h"
#include "history.h"
#include "session.h"
#include "views/schedule_editor.h"

namespace treegrpo {

class ScheduleCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    const History& history;
    ScheduleEditor& editor;
    QObject* parent;
  };
  explicit ScheduleCommands(const Parts& parts);

  // The editor has come into sight; out of sight it is told nothing.
  void refresh();

 Q_SIGNALS:
  // What was drawn beside a run that is not in progress.
  void newRunAsked(const treegrpo::RunConfig& config);

 private:
  void showRun();
  void showCost();
  void showPending();
  // How many bytes its pictures take by now: the history knows them as of when it was read.
  void askForBytes();
  // Once for each run that trains here, at its next safe point.
  void measureMemory();
  void apply(const QStringList& overrides);

  Parts parts_;
  std::optional<MemoryFigures> memory_;
  RunId memory_of_;     // the run that was asked last
  RunSummary summary_;  // of the shown run, from when it was half as long at least
  int asked_at_ = 0;    // its iterations when that was asked last
};

}  // namespace treegrpo
