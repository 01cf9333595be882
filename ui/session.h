// The only QObject that holds a Workbench: passes requests on to the run of this process or to one
// of another that is followed, drains its events into typed signals, and asks the store from a
// thread of its own. GUI thread only.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "fault.h"
#include "record/event.h"
#include "run_state.h"
#include "workbench/run_follower.h"
#include "workbench/workbench.h"

namespace treegrpo {

class Session : public QObject {
  Q_OBJECT

 public:
  // Opens nothing yet. `load` is called on the run's thread when the first run starts.
  Session(std::filesystem::path store, Workbench::LoadEngine load, QObject* parent = nullptr);
  // Stops a run at once and waits for it; stop() first for one that ends with a checkpoint.
  ~Session() override;

  const std::filesystem::path& store() const { return workbench_.store(); }
  RunState state() const { return state_; }
  bool readOnly() const { return reading_.read_only(); }
  RunId run() const { return run_; }  // the one in progress or the last; 0: none yet

  // Each does what its button says where isAllowed(state(), …), and nothing elsewhere.
  void train(const RunConfig& config);
  void resumeRun(const ResumeRequest& request);  // a stored one
  void pause();
  void resume();
  void step(SafePoint unit);
  void stop();

  // Shows a run that another process trains as if it were one of this: the same signals, and what
  // is asked of it goes there through the store. Leaves the one that was followed before; does
  // nothing while this process trains, or is at that run already.
  void follow(RunId run);
  // Leaves the run that is followed to its process.
  void unfollow();
  bool follows() const { return follower_ && state_ != RunState::idle; }
  // A run of this process is in progress.
  bool trainsHere() const { return state_ != RunState::idle && !follows(); }
  // Of the run that is followed: its process, its heartbeat; nothing before it was seen.
  std::optional<RunNews> followed() const;

  // Changes options of the run in progress with its next iteration, all of them or none: told by
  // parameterChanged or warned. Nothing between runs.
  void edit(const QStringList& assignments);
  // Options that wait for that iteration; taking them back.
  int pendingEdits() const;
  void discardEdits();

  // Whose growing trees are told; holds for later runs too.
  void watch(std::optional<PromptId> prompt);

  // Asks the store on its thread and hands the answer to `receive` on this one, unless `context`
  // is gone by then. Questions are answered in order; one that throws ends in failed().
  template <class Answer>
  void ask(std::function<Answer(Workbench&)> question, QObject* context,
           std::function<void(Answer)> receive) {
    QPointer<QObject> receiver(context);
    queries_.start([this, receiver, question = std::move(question), receive = std::move(receive)] {
      std::shared_ptr<Answer> answer;
      const Failure failure =
          failureOf([&] { answer = std::make_shared<Answer>(question(reading_)); });
      QMetaObject::invokeMethod(this, [this, receiver, receive, answer, failure] {
        if (!failure.isEmpty()) Q_EMIT failed(failure.sentence, failure.fault);
        if (answer && receiver) receive(std::move(*answer));
      });
    });
  }

  // How the weights are had while no run is in progress.
  using OpenModel = std::function<std::unique_ptr<ModelWork>(Workbench&)>;

  // Other weights than those of the run in progress, whose are told; null: its own will do. Called
  // on the run's thread at a safe point.
  using OpenBeside =
      std::function<std::unique_ptr<ModelWork>(Workbench&, const WeightsOrigin& live)>;

  // Lets the engine work with weights for the window: those of the run in progress, at its next
  // safe point (paused, it stays paused; `beside` may answer others), or between runs those that
  // `open` answers. `work` runs on
  // the engine's thread; its answer arrives as that of ask() does. False, doing nothing, while
  // other such work is going on; no run starts before it has ended. `what` names it for users.
  template <class Answer>
  bool compute(OpenModel open, std::function<Answer(ModelWork&, const Proceed&)> work,
               QObject* context, std::function<void(Answer)> receive, const QString& what = {},
               OpenBeside beside = {}) {
    auto answer = std::make_shared<std::shared_ptr<Answer>>();
    const Work with_model = [answer, work = std::move(work)](ModelWork& model,
                                                             const Proceed& proceed) {
      *answer = std::make_shared<Answer>(work(model, proceed));
    };
    return startWork(
        [open = std::move(open), with_model](Workbench& workbench, const Proceed& proceed) {
          with_model(*open(workbench), proceed);
        },
        {with_model, std::move(beside)}, handOver(answer, context, std::move(receive)), what);
  }

  // The same with no weights in memory: what the workbench does by itself with files, on the
  // engine's thread. False, doing nothing, while a run is in progress here, too.
  template <class Answer>
  bool computeWithFiles(std::function<Answer(Workbench&, const Proceed&)> work, QObject* context,
                        std::function<void(Answer)> receive, const QString& what) {
    auto answer = std::make_shared<std::shared_ptr<Answer>>();
    return startWork(
        [answer, work = std::move(work)](Workbench& workbench, const Proceed& proceed) {
          *answer = std::make_shared<Answer>(work(workbench, proceed));
        },
        {}, handOver(answer, context, std::move(receive)), what);
  }
  // Ends that work at its next part, without an answer and without a word of failure.
  void cancelComputing();
  bool computing() const { return computing_; }
  const QString& work() const { return work_; }  // what compute() was told it is; may be empty

 Q_SIGNALS:
  void computingChanged(bool computing);
  // That work has ended; empty: as it should.
  void workEnded(const QString& failure, bool cancelled);
  void stateChanged(treegrpo::RunState state);
  void runStarted(treegrpo::RunId run, const treegrpo::RunStarted& started);
  void runFollowed(treegrpo::RunId run);  // follow() has begun
  // Somebody stored something, in this process or another; at most once a second.
  void storeChanged();
  void runResumed(treegrpo::RunId run, const treegrpo::RunResumed& resumed);
  void treeGrown(treegrpo::RunId run, const treegrpo::TreeGrown& grown);
  void treeCredited(treegrpo::RunId run, const treegrpo::TreeCredited& credited);
  void iterationFinished(treegrpo::RunId run, const treegrpo::IterationFinished& finished);
  void evaluationFinished(treegrpo::RunId run, const treegrpo::EvaluationFinished& finished);
  void probeFinished(treegrpo::RunId run, const treegrpo::ProbeFinished& finished);
  void checkpointWritten(treegrpo::RunId run, const treegrpo::CheckpointWritten& written);
  void parameterChanged(treegrpo::RunId run, const treegrpo::ParameterChanged& changed);
  // Likewise, where nobody asked for it here.
  void changedElsewhere(treegrpo::RunId run, const treegrpo::ParameterChanged& changed);
  void runPaused(treegrpo::RunId run, std::int32_t iteration);
  void runFinished(treegrpo::RunId run, const treegrpo::RunFinished& finished);
  void progressed(const treegrpo::Progress& progress);
  void warned(const QString& sentence);
  // Of a run, a question to the store, or the engine's work between runs.
  void failed(const QString& sentence, const treegrpo::Fault& fault);
  // Events were dropped because nobody drained them: what is shown of the run is to be read anew.
  void eventsLost(treegrpo::RunId run);

 private:
  template <class Start>
  void start(const Start& start);
  void request(RunRequest request, const SteeringCommand& command);
  void steer(const SteeringCommand& command);
  void reconcile();
  void askWhetherStoreChanged();
  void tellChange(const ParameterChanged& changed);
  EventStream& events() { return follower_ ? follower_->events() : thread_->events(); }
  bool hasEnded() const { return follower_ ? follower_->done() : thread_->done(); }
  void setState(RunState state);
  void setComputing(bool computing);
  using Work = std::function<void(ModelWork&, const Proceed&)>;
  using FileWork = std::function<void(Workbench&, const Proceed&)>;
  // What is done during a run: with the weights that `beside` answers, else its own. No work:
  // nothing can be.
  struct LiveWork {
    Work work;
    OpenBeside beside;
  };
  bool startWork(FileWork between_runs, LiveWork live, std::function<void()> finished,
                 const QString& what);
  template <class Answer>
  static std::function<void()> handOver(std::shared_ptr<std::shared_ptr<Answer>> answer,
                                        QObject* context, std::function<void(Answer)> receive) {
    return [answer, receiver = QPointer<QObject>(context), receive = std::move(receive)] {
      if (*answer && receiver) receive(std::move(**answer));
    };
  }
  void poll();
  void tell(const StreamedEvent& streamed);
  static Failure failureOf(const std::function<void()>& work);  // empty: it did not throw

  Workbench workbench_;  // the run's thread uses its engine
  Workbench reading_;    // the queries' thread alone
  QThreadPool queries_;
  QThreadPool computations_;
  bool computing_ = false;
  QString work_;
  std::shared_ptr<std::atomic<bool>> cancelled_;  // of the work that is going on
  QTimer timer_;
  std::unique_ptr<RunThread> thread_;
  std::unique_ptr<RunFollower> follower_;  // at most one of the two has a run in progress
  bool seen_ = false;                      // the followed run has told something
  QTimer watch_;                           // of the store
  bool watching_ = false;                  // that question is on its way
  QStringList asked_;                      // keys of options that were asked to change here
  int starts_ = 0;                         // of threads: a new one may lie where the old one lay
  std::optional<PromptId> watched_;
  RunState state_ = RunState::idle;
  RunId run_;
  std::uint64_t next_number_ = 0;  // of the events of this run
};

}  // namespace treegrpo
