#include "session.h"

#include <utility>

#include "base/machine.h"
#include "workbench/failure.h"

namespace treegrpo {
namespace {

constexpr int poll_milliseconds = 33;
constexpr int paused_milliseconds = 500;  // a run that is held has nothing to tell

Workbench::LoadEngine noEngine() {
  return []() -> std::shared_ptr<Engine> { throw Error("questions to the store need no engine"); };
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
}

Session::~Session() {
  thread_.reset();
  queries_.clear();
  queries_.waitForDone();
  computations_.waitForDone();
}

template <class Start>
void Session::start(const Start& start) {
  if (!isAllowed(state_, RunRequest::start) || computing_) return;
  thread_.reset();
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
}

void Session::request(RunRequest request) { setState(afterRequest(state_, request)); }

void Session::pause() {
  if (!isAllowed(state_, RunRequest::pause)) return;
  thread_->control().pause();
  request(RunRequest::pause);
}

void Session::resume() {
  if (!isAllowed(state_, RunRequest::resume)) return;
  thread_->control().resume();
  request(RunRequest::resume);
}

void Session::step(SafePoint unit) {
  if (!isAllowed(state_, RunRequest::step)) return;
  thread_->control().step(unit);
  request(RunRequest::step);
}

void Session::stop() {
  if (!isAllowed(state_, RunRequest::stop)) return;
  thread_->control().stop();
  request(RunRequest::stop);
}

void Session::edit(const QStringList& assignments) {
  if (state_ == RunState::idle) return;
  ConfigEdit edit{.assignments = {}, .author = user_and_host()};
  for (const QString& assignment : assignments)
    edit.assignments.push_back(assignment.toStdString());
  thread_->control().edit(std::move(edit));
}

int Session::pendingEdits() const {
  return state_ == RunState::idle ? 0 : thread_->control().pending_edits();
}

void Session::discardEdits() {
  if (state_ != RunState::idle) thread_->control().take_edits();
}

void Session::watch(std::optional<PromptId> prompt) {
  watched_ = prompt;
  if (thread_) thread_->control().watch(prompt);
}

void Session::setState(RunState state) {
  if (state == state_) return;
  state_ = state;
  timer_.setInterval(state == RunState::paused ? paused_milliseconds : poll_milliseconds);
  Q_EMIT stateChanged(state);
}

void Session::setComputing(bool computing) {
  computing_ = computing;
  Q_EMIT computingChanged(computing);
}

void Session::cancelComputing() {
  if (computing_) cancelled_->store(true);
}

bool Session::startWork(OpenModel open, Work work, std::function<void()> finished) {
  if (computing_) return false;
  cancelled_ = std::make_shared<std::atomic<bool>>(false);
  setComputing(true);
  const auto end = [this, finished = std::move(finished),
                    cancelled = cancelled_](const Failure& failure) {
    QMetaObject::invokeMethod(this, [this, finished, cancelled, failure] {
      setComputing(false);
      if (!failure.isEmpty() && !cancelled->load()) Q_EMIT failed(failure.sentence, failure.fault);
      finished();
    });
  };
  if (state_ == RunState::idle) {
    computations_.start(
        [this, end, cancelled = cancelled_, open = std::move(open), work = std::move(work)] {
          end(failureOf([&] { work(*open(workbench_), [&] { return !cancelled->load(); }); }));
        });
    return true;
  }
  thread_->control().ask(
      {.work =
           [end, cancelled = cancelled_, work = std::move(work)](ModelWork& model,
                                                                 const Proceed& goes_on) {
             end(failureOf([&] { work(model, [&] { return goes_on() && !cancelled->load(); }); }));
           },
       .dropped =
           [end] {
             end({tr("The run ended before what was asked of it was done."), {}});
           }});
  return true;
}

void Session::poll() {
  if (!thread_) return;
  const int start = starts_;
  const bool done = thread_->done();  // asked first: what it said before its end is drained below
  for (const StreamedEvent& streamed : thread_->events().drain()) {
    tell(streamed);
    if (starts_ != start) return;  // who listened has started another run
  }
  if (!done) return;
  timer_.stop();
  setState(RunState::idle);
}

void Session::tell(const StreamedEvent& streamed) {
  run_ = streamed.run;
  if (streamed.number) {
    if (*streamed.number != next_number_) Q_EMIT eventsLost(run_);
    next_number_ = *streamed.number + 1;
  }
  setState(afterEvent(state_, streamed.event));
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
          [&](const ParameterChanged& event) { Q_EMIT parameterChanged(run_, event); },
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
