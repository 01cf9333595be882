#include "jobs.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/clock.h"

namespace treegrpo {
namespace {

constexpr int clock_milliseconds = 1000;

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString statusWords(RunStatus status) {
  QString words = text(run_status_name(status));
  words[0] = words[0].toUpper();
  return words;
}

}  // namespace

bool isElsewhere(const RunSummary& run) {
  return is_at_work(run.status) && run.process && !run.process->own;
}

QString processWords(const std::optional<RunProcess>& process) {
  if (!process) return {};
  return Jobs::tr("process %1 on %2").arg(process->pid).arg(text(process->host));
}

QString progressText(const Job& job, double now) {
  if (job.planned > 0) return Jobs::tr("%1 of %2 iterations").arg(job.done).arg(job.planned);
  if (job.done > 0) return Jobs::tr("%1 iterations").arg(job.done);
  return Jobs::tr("%1 s").arg(std::lround((job.goesOn() ? now : job.ended) - job.began));
}

Jobs::Jobs(Session& session, QObject* parent) : QObject(parent), session_(session) {
  clock_.setInterval(clock_milliseconds);
  connect(&clock_, &QTimer::timeout, this, &Jobs::changed);
  connect(&session_, &Session::stateChanged, this, &Jobs::showRun);
  watchRuns();
  connect(&session_, &Session::computingChanged, this, &Jobs::showWork);
  connect(&session_, &Session::workEnded, this, [this](const QString& failure, bool cancelled) {
    work_end_ = cancelled           ? tr("Cancelled")
                : failure.isEmpty() ? tr("Done")
                                    : tr("Failed: %1").arg(failure);
  });
}

void Jobs::watchRuns() {
  connect(&session_, &Session::runStarted, this,
          [this](RunId run, const RunStarted& started) { name(run, started, 0); });
  connect(&session_, &Session::runResumed, this, [this](RunId run, const RunResumed& resumed) {
    name(run, resumed.run, resumed.iteration);
  });
  connect(&session_, &Session::iterationFinished, this,
          [this](RunId run, const IterationFinished& finished) {
            const auto kind = session_.follows() ? JobKind::elsewhere : JobKind::run;
            Job* job = goingOn(kind, run);
            if (!job) return;
            job->done = std::max(job->done, finished.record->iteration + 1);
            Q_EMIT changed();
          });
  connect(&session_, &Session::runFinished, this, [this](RunId run, const RunFinished& finished) {
    tellEnd(run, statusWords(finished.status));
  });
  connect(&session_, &Session::failed, this, [this](const QString& sentence, const Fault& fault) {
    if (fault.of_run) tellEnd(fault.run, tr("Failed: %1").arg(sentence));
  });
}

// The run of this process has a row in the store.
void Jobs::name(RunId run, const RunStarted& started, std::int32_t done) {
  Job* job = goingOn(JobKind::run, {});
  if (!job) return;
  job->run = run;
  job->what = tr("Train '%1'").arg(text(started.name));
  job->done = std::max(job->done, done);
  Q_EMIT changed();
}

Job& Jobs::begin(JobKind kind, const QString& what) {
  forgetOld();
  Job job;
  job.id = ++last_id_;
  job.kind = kind;
  job.what = what;
  job.began = monotonic_seconds();
  jobs_.push_back(job);
  return jobs_.back();
}

void Jobs::end(Job& job, const QString& state) {
  job.state = state;
  job.ended = monotonic_seconds();
}

// Of a kind of which one goes on at a time, any run will do.
Job* Jobs::goingOn(JobKind kind, RunId run) {
  const auto found = std::ranges::find_if(jobs_, [&](const Job& job) {
    return job.kind == kind && job.goesOn() && (kind != JobKind::elsewhere || job.run == run);
  });
  return found == jobs_.end() ? nullptr : &*found;
}

void Jobs::forgetOld() {
  const auto ended = std::ranges::count_if(jobs_, [](const Job& job) { return !job.goesOn(); });
  if (static_cast<std::size_t>(ended) >= most_ended)
    jobs_.erase(std::ranges::find_if(jobs_, [](const Job& job) { return !job.goesOn(); }));
}

void Jobs::showRun(RunState state) {
  const bool followed = session_.follows();
  Job* job = followed ? goingOn(JobKind::elsewhere, session_.run()) : goingOn(JobKind::run, {});
  if (!job && session_.trainsHere()) {
    job = &begin(JobKind::run, tr("Train a run"));
  }
  if (!job) return;
  if (state == RunState::idle && !followed)
    end(*job, tr("Ended"));  // how, is told next
  else
    job->state = text(nameOf(state));
  Q_EMIT changed();
}

// Of the last run of this process.
void Jobs::tellEnd(RunId run, const QString& how) {
  const auto job = std::find_if(jobs_.rbegin(), jobs_.rend(),
                                [](const Job& one) { return one.kind == JobKind::run; });
  if (job == jobs_.rend() || job->run != run) return;
  job->state = how;
  Q_EMIT changed();
}

void Jobs::showWork(bool computing) {
  if (computing) {
    const QString& what = session_.work();
    begin(JobKind::work, what.isEmpty() ? tr("Work of the engine") : what).state = tr("Running");
    clock_.start();
  } else if (Job* job = goingOn(JobKind::work, {})) {
    end(*job, work_end_);
    clock_.stop();
  }
  Q_EMIT changed();
}

void Jobs::setRuns(const std::vector<RunSummary>& runs) {
  for (const RunSummary& run : runs) {
    const bool elsewhere = isElsewhere(run);
    Job* job = goingOn(JobKind::elsewhere, run.run);
    if (!job && elsewhere) {
      job = &begin(JobKind::elsewhere,
                   tr("Train '%1' in %2").arg(text(run.name), processWords(run.process)));
      job->run = run.run;
    }
    if (job) showStored(*job, run);
    if (job && !elsewhere) end(*job, statusWords(run.status));
    if (Job* own = goingOn(JobKind::run, {}); own && own->run == run.run)
      own->planned = run.iterations_planned;
  }
  Q_EMIT changed();
}

// What is asked of a run that is followed shows before the store has it.
void Jobs::showStored(Job& job, const RunSummary& run) {
  const bool followed = session_.follows() && session_.run() == run.run;
  job.done = std::max(job.done, run.iterations);
  job.planned = run.iterations_planned;
  job.state = followed ? text(nameOf(session_.state())) : statusWords(run.status);
}

void Jobs::cancel(int id) {
  const auto job = std::ranges::find(jobs_, id, &Job::id);
  if (job == jobs_.end() || !job->goesOn()) return;
  const RunId run = job->run;
  switch (job->kind) {
    case JobKind::run:
      return session_.stop();
    case JobKind::work:
      job->state = tr("Cancelling…");
      session_.cancelComputing();
      return Q_EMIT changed();
    case JobKind::elsewhere:
      return cancelElsewhere(run);
  }
}

void Jobs::cancelElsewhere(RunId run) {
  if (session_.follows() && session_.run() == run) return session_.stop();
  session_.ask<bool>(
      [run](Workbench& store) {
        store.steer(run, {.what = Steering::stop});
        return true;
      },
      this,
      [this, run](bool) {
        if (Job* job = goingOn(JobKind::elsewhere, run)) job->state = tr("Stopping…");
        Q_EMIT changed();
      });
}

}  // namespace treegrpo
