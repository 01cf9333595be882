#include "session.h"

#include <utility>

#include "base/machine.h"
#include "workbench/failure.h"

namespace treegrpo {
namespace {

constexpr int poll_milliseconds = 33;
constexpr int paused_milliseconds = 500;  // a run that is held has nothing to tell
constexpr int follow_milliseconds = 200;  // what comes through the store is not faster
constexpr int watch_milliseconds = 1000;  // between two looks at whether anybody stored something
constexpr int own_milliseconds = 3000;    // likewise, while most of it is of this process

Workbench::LoadEngine noEngine() {
  return []() -> std::shared_ptr<Engine> { throw Error("questions to the store need no engine"); };
}

QString keyOf(const std::string& assignment) {
  return QString::fromStdString(assigned_key(assignment));
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

Session::Session(std::filesystem::path store, Workbench::LoadEngine load, QObject* parent)
    : QObject(parent), workbench_(store, std::move(load)), reading_(std::move(store), noEngine()) {
  queries_.setMaxThreadCount(1);
  computations_.setMaxThreadCount(1);
  timer_.setInterval(poll_milliseconds);
  connect(&timer_, &QTimer::timeout, this, &Session::poll);
  connect(&watch_, &QTimer::timeout, this, &Session::askWhetherStoreChanged);
  watch_.start(watch_milliseconds);
}

Session::~Session() {
  thread_.reset();
  follower_.reset();
  queries_.clear();
  queries_.waitForDone();
  computations_.waitForDone();
}

template <class Start>
void Session::start(const Start& start) {
  if (computing_) return;
  unfollow();
  if (!isAllowed(state_, RunRequest::start)) return;
  thread_.reset();
  asked_.clear();
  next_number_ = 0;
  run_ = {};
  const Failure failure = failureOf([&] { thread_ = start(); });
  if (!failure.isEmpty()) {
    Q_EMIT failed(failure.sentence, failure.fault);
    return;
  }
  ++starts_;
  thread_->control().watch(watched_);
  setState(afterRequest(state_, RunRequest::start));
  timer_.start();
}

void Session::train(const RunConfig& config) {
  start([&] { return workbench_.start(config); });
}

void Session::resumeRun(const ResumeRequest& request) {
  start([&] { return workbench_.start_resumed(request); });
  for (const std::string& assignment : request.sets) asked_ << keyOf(assignment);
}

void Session::follow(RunId run) {
  if (trainsHere() || (follows() && run_ == run)) return;
  unfollow();
  thread_.reset();
  asked_.clear();
  next_number_ = 0;
  seen_ = false;
  run_ = run;
  ++starts_;
  follower_ = std::make_unique<RunFollower>(store(), run);
  setState(afterRequest(state_, RunRequest::start));
  timer_.start(follow_milliseconds);
  Q_EMIT runFollowed(run);
}

void Session::unfollow() {
  if (!follower_) return;
  timer_.stop();
  follower_.reset();
  setState(RunState::idle);
}

std::optional<RunNews> Session::followed() const {
  return follower_ ? follower_->news() : std::nullopt;
}

void Session::steer(const SteeringCommand& command) {
  if (follower_)
    follower_->steer(command);
  else
    treegrpo::steer(thread_->control(), command);
}

void Session::request(RunRequest request, const SteeringCommand& command) {
  if (!isAllowed(state_, request)) return;
  steer(command);
  setState(afterRequest(state_, request));
}

void Session::pause() { request(RunRequest::pause, {.what = Steering::pause}); }

void Session::resume() { request(RunRequest::resume, {.what = Steering::resume}); }

void Session::step(SafePoint unit) {
  request(RunRequest::step, {.what = Steering::step, .unit = unit});
}

void Session::stop() { request(RunRequest::stop, {.what = Steering::stop}); }

void Session::edit(const QStringList& assignments) {
  if (state_ == RunState::idle) return;
  ConfigEdit edit{.assignments = {}, .author = user_and_host()};
  for (const QString& assignment : assignments) {
    edit.assignments.push_back(assignment.toStdString());
    if (const QString key = keyOf(edit.assignments.back()); !asked_.contains(key)) asked_ << key;
  }
  steer({.what = Steering::edit, .edit = std::move(edit)});
}

int Session::pendingEdits() const {
  if (state_ == RunState::idle) return 0;
  return follower_ ? follower_->pending_edits() : thread_->control().pending_edits();
}

void Session::discardEdits() {
  if (state_ == RunState::idle || pendingEdits() == 0) return;
  asked_.clear();
  steer({.what = Steering::discard});
}

void Session::watch(std::optional<PromptId> prompt) {
  watched_ = prompt;
  if (thread_) thread_->control().watch(prompt);
}

void Session::setState(RunState state) {
  if (state == state_) return;
  state_ = state;
  timer_.setInterval(follower_                   ? follow_milliseconds
                     : state == RunState::paused ? paused_milliseconds
                                                 : poll_milliseconds);
  watch_.setInterval(trainsHere() ? own_milliseconds : watch_milliseconds);
  Q_EMIT stateChanged(state);
}

void Session::setComputing(bool computing) {
  computing_ = computing;
  Q_EMIT computingChanged(computing);
}

void Session::cancelComputing() {
  if (computing_) cancelled_->store(true);
}

bool Session::startWork(FileWork between_runs, LiveWork live, std::function<void()> finished,
                        const QString& what) {
  if (computing_ || (trainsHere() && !live.work)) return false;
  work_ = what;
  cancelled_ = std::make_shared<std::atomic<bool>>(false);
  setComputing(true);
  const auto end = [this, finished = std::move(finished),
                    cancelled = cancelled_](const Failure& failure) {
    QMetaObject::invokeMethod(this, [this, finished, cancelled, failure] {
      Q_EMIT workEnded(failure.sentence, cancelled->load());
      setComputing(false);
      if (!failure.isEmpty() && !cancelled->load()) Q_EMIT failed(failure.sentence, failure.fault);
      finished();
    });
  };
  if (!trainsHere()) {
    computations_.start([this, end, cancelled = cancelled_, between = std::move(between_runs)] {
      end(failureOf([&] { between(workbench_, [&] { return !cancelled->load(); }); }));
    });
    return true;
  }
  thread_->control().ask(
      {.work =
           [this, end, cancelled = cancelled_, live = std::move(live)](ModelWork& model,
                                                                       const Proceed& goes_on) {
             end(failureOf([&] {
               const auto other = live.beside ? live.beside(workbench_, model.origin()) : nullptr;
               live.work(other ? *other : model, [&] { return goes_on() && !cancelled->load(); });
             }));
           },
       .dropped =
           [end] {
             end({tr("The run ended before what was asked of it was done."), {}});
           }});
  return true;
}

void Session::poll() {
  if (!thread_ && !follower_) return;
  const int start = starts_;
  const bool done = hasEnded();  // asked first: what it said before its end is drained below
  for (const StreamedEvent& streamed : events().drain()) {
    tell(streamed);
    // Who listened has started another run, or left this one.
    if (starts_ != start || (!thread_ && !follower_)) return;
  }
  if (!done) return reconcile();
  timer_.stop();
  follower_.reset();
  setState(RunState::idle);
}

// Others may have taken back what was asked for here.
void Session::reconcile() {
  if (follower_ || computing_) return;
  const RunControl& control = thread_->control();
  setState(reconciled(state_, {.paused = control.pause_wanted(), .stepping = control.stepping()}));
}

// Nothing waits for the answer: a store that cannot be read is told by those who need it.
void Session::askWhetherStoreChanged() {
  if (std::exchange(watching_, true)) return;
  queries_.start([this] {
    bool changed = false;
    const Failure silent = failureOf([&] { changed = reading_.changed(); });
    QMetaObject::invokeMethod(this, [this, changed] {
      watching_ = false;
      if (changed) Q_EMIT storeChanged();
    });
  });
}

void Session::tellChange(const ParameterChanged& changed) {
  Q_EMIT parameterChanged(run_, changed);
  if (!asked_.removeOne(QString::fromStdString(changed.key)))
    Q_EMIT changedElsewhere(run_, changed);
}

void Session::tell(const StreamedEvent& streamed) {
  run_ = streamed.run;
  if (streamed.number) {
    if (*streamed.number != next_number_) Q_EMIT eventsLost(run_);
    next_number_ = *streamed.number + 1;
  }
  const bool begins = follower_ && !std::exchange(seen_, true);
  setState(afterEvent(state_, streamed.event));
  // It was going on all the time.
  if (begins && std::holds_alternative<RunResumed>(streamed.event)) return;
  std::visit(
      Overloaded{
          [&](const RunStarted& event) { Q_EMIT runStarted(run_, event); },
          [&](const RunResumed& event) { Q_EMIT runResumed(run_, event); },
          [&](const TreeGrown& event) { Q_EMIT treeGrown(run_, event); },
          [&](const TreeCredited& event) { Q_EMIT treeCredited(run_, event); },
          [&](const IterationFinished& event) { Q_EMIT iterationFinished(run_, event); },
          [&](const EvaluationFinished& event) { Q_EMIT evaluationFinished(run_, event); },
          [&](const ProbeFinished& event) { Q_EMIT probeFinished(run_, event); },
          [&](const CheckpointWritten& event) { Q_EMIT checkpointWritten(run_, event); },
          [&](const ParameterChanged& event) { tellChange(event); },
          [](const NodeRendered&) {},
          [&](const Progress& event) { Q_EMIT progressed(event); },
          [&](const Warning& event) { Q_EMIT warned(QString::fromStdString(event.sentence)); },
          [&](const RunPaused& event) { Q_EMIT runPaused(run_, event.iteration); },
          [&](const RunFinished& event) { Q_EMIT runFinished(run_, event); },
          [&](const RunFailed& event) {
            Q_EMIT failed(QString::fromStdString(event.sentence),
                          {.kind = event.kind, .place = event.place, .of_run = true, .run = run_});
          },
      },
      streamed.event);
}

Failure Session::failureOf(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (...) {
    const Error error = current_failure();
    const QString sentence = QString::fromUtf8(error.what());
    return {.sentence = sentence.isEmpty() ? QStringLiteral("an unknown error") : sentence,
            .fault = {.kind = error.kind(), .place = error.place()}};
  }
}

}  // namespace treegrpo
