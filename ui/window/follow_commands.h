// Runs that other processes train: which of them is followed, what is said of the process and of
// its end, and of options that somebody else changed.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <vector>

#include "actions.h"
#include "session.h"
#include "window/run_commands.h"

namespace treegrpo {

class MessageStrip;
class RunStatusBar;

// "Followed: running in another process (pid 4711, lab3), heartbeat 3 s ago". now: seconds since
// 1970.
QString followedText(RunState state, const RunNews& news, double now);

class FollowCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    const Actions& actions;
    RunCommands& runs;
    MessageStrip& strip;
    RunStatusBar& status;
    QWidget* window;  // owns this
  };
  explicit FollowCommands(const Parts& parts);

  // The runs of the store as they are now. One that another process has begun with is followed
  // where `shown` is it, else offered; one whose process is gone is offered to be resumed.
  void setRuns(const std::vector<RunSummary>& runs, RunId shown);

  // Follows the run where it is elsewhere and no run of this process is in progress.
  void follow(RunId run);

 Q_SIGNALS:
  void logged(const QString& kind, const QString& sentence);

 private:
  void began(const RunSummary& run, RunId shown);
  void offerResume(const RunSummary& run);
  void tellChange(const ParameterChanged& change);
  void showState();
  bool mayInform() const;
  QAction* own(const char* name, const QString& text, const QString& tooltip,
               std::function<void()> work);

  Parts parts_;
  std::map<RunId, RunSummary> elsewhere_;  // as of the last setRuns
  QTimer heartbeat_;
  std::vector<ParameterChanged> changes_;  // that the strip tells of
  QString told_changes_;                   // by this sentence
  QList<QAction*> own_;                    // of the strip's buttons
};

}  // namespace treegrpo
