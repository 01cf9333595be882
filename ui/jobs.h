// The queue: what is going on now and what has ended of late. Runs and other work of this process,
// and runs that other processes train on the same store. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <optional>
#include <vector>

#include "session.h"

namespace treegrpo {

enum class JobKind : std::uint8_t {
  run,       // that this process trains
  work,      // of the engine for the window: sampling, evaluation, regrowing
  elsewhere  // a run that another process trains
};

struct Job {
  int id = 0;  // in the order of their beginning, from 1
  JobKind kind = JobKind::run;
  QString what;              // "Train 'demo-1'"
  QString state;             // "Running", "Paused", "Done"
  RunId run;                 // of a run; 0: it has no row yet
  std::int32_t done = 0;     // iterations of a run
  std::int32_t planned = 0;  // 0: not known
  double began = 0;          // monotonic seconds
  double ended = 0;          // 0: it goes on, and can be cancelled

  bool goesOn() const { return ended == 0; }
};

// Whether a living process other than this one is at the run.
bool isElsewhere(const RunSummary& run);

// "process 4711 on lab3"; empty where nobody was at the run.
QString processWords(const std::optional<RunProcess>& process);

// "12 of 50 iterations"; what counts no parts: "8 s". now: monotonic seconds.
QString progressText(const Job& job, double now);

class Jobs : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t most_ended = 50;

  explicit Jobs(Session& session, QObject* parent = nullptr);

  // In the order of their beginning; of those that have ended the last ones.
  const std::vector<Job>& all() const { return jobs_; }

  // Ends a job that goes on: a run with a checkpoint, a second time at once. Work gives no answer.
  void cancel(int id);

  // The runs of the store as they are now.
  void setRuns(const std::vector<RunSummary>& runs);

 Q_SIGNALS:
  void changed();  // likewise once a second while the engine is at work for the window

 private:
  Job& begin(JobKind kind, const QString& what);
  void end(Job& job, const QString& state);
  Job* goingOn(JobKind kind, RunId run);
  void watchRuns();
  void name(RunId run, const RunStarted& started, std::int32_t done);
  void showRun(RunState state);
  void showStored(Job& job, const RunSummary& run);
  void tellEnd(RunId run, const QString& how);
  void showWork(bool computing);
  void cancelElsewhere(RunId run);
  void forgetOld();

  Session& session_;
  std::vector<Job> jobs_;
  int last_id_ = 0;
  QString work_end_;  // how the last work has ended
  QTimer clock_;
};

}  // namespace treegrpo
