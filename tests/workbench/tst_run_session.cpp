#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <thread>

#include "engine/library_environment.h"
#include "store/run_reader.h"
#include "support/fake_engine.h"
#include "workbench/run_session.h"
#include "workbench/run_thread.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;

class TestRunSession : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;

  std::filesystem::path new_store() {
    const auto name = "store" + std::to_string(stores_++) + ".tgws";
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }

  static RunPlan plan(const std::filesystem::path& store, int iterations) {
    RunPlan plan{.store = store, .config = {}, .model = "model.safetensors"};
    plan.config.run.iterations = iterations;
    plan.config.prompts.per_iteration = 2;
    plan.config.checkpoint.keep = 2;
    return plan;
  }

  static RunStatus status(const std::filesystem::path& store) {
    return RunReader(store).runs().back().status;
  }

 private Q_SLOTS:
  void a_whole_run_is_told_in_order_and_stored() {
    const auto store = new_store();
    FakeEngine engine;
    RunControl control;
    std::vector<std::size_t> kinds;
    RunSession session(engine, plan(store, 3), control,
                       [&](RunId, const Event& event) { kinds.push_back(event.index()); });
    QCOMPARE(session.train().status, RunStatus::finished);

    QCOMPARE(kinds.front(), Event(RunStarted{}).index());
    QCOMPARE(kinds.back(), Event(RunFinished{}).index());
    RunReader reader(store);
    const RunSummary run = reader.runs().front();
    QCOMPARE(run.status, RunStatus::finished);
    QCOMPARE(run.iterations, 3);
    QVERIFY(run.provenance.threads >= 1);
    QCOMPARE(run.provenance.wait_policy, wait_policy());
    QCOMPARE(run.provenance.device, std::string("cpu"));
    QCOMPARE(reader.evaluations(run.run).size(), 2U);
  }

  void an_event_is_announced_after_its_commit() {
    const auto store = new_store();
    FakeEngine engine;
    RunControl control;
    int seen = 0;
    RunSession session(engine, plan(store, 3), control, [&](RunId run, const Event& event) {
      RunReader reader(store);
      if (const auto* finished = std::get_if<IterationFinished>(&event)) {
        const auto stored = reader.iteration(run, finished->record->iteration);
        QCOMPARE(stored.reward, finished->record->reward);
        QCOMPARE(stored.seconds.store, finished->record->seconds.store);
        QCOMPARE(reader.tree(run, finished->record->iteration, PromptId{1}).nodes.size(),
                 finished->trees[1]->nodes.size());
        ++seen;
      }
      if (const auto* written = std::get_if<CheckpointWritten>(&event))
        QCOMPARE(reader.checkpoints(run).back().iterations, written->iteration);
    });
    session.train();
    QCOMPARE(seen, 3);
  }

  void a_throwing_reward_makes_a_failed_run_and_leaves_what_was_committed() {
    const auto store = new_store();
    FakeEngine engine({.throws_in_iteration = 2, .iteration_begins = {}});
    RunControl control;
    std::string told;
    RunSession session(engine, plan(store, 5), control, [&](RunId, const Event& event) {
      if (const auto* failed = std::get_if<RunFailed>(&event)) told = failed->sentence;
    });
    QVERIFY_THROWS_EXCEPTION(Error, session.train());
    QVERIFY(told.find("gave no number") != std::string::npos);
    const RunSummary run = RunReader(store).runs().front();
    QCOMPARE(run.status, RunStatus::failed);
    QCOMPARE(run.failure, told);
    QCOMPARE(run.iterations, 2);
  }

  void what_cannot_be_run_leaves_no_store() {
    const auto store = new_store();
    FakeEngine engine({.refuses = true, .iteration_begins = {}});
    RunControl control;
    QVERIFY_THROWS_EXCEPTION(Error, RunSession(engine, plan(store, 1), control, {}));
    QVERIFY(!std::filesystem::exists(store));
  }

  void a_contradicting_config_is_refused_before_anything_else() {
    const auto store = new_store();
    FakeEngine engine;
    RunControl control;
    RunPlan wrong = plan(store, 1);
    wrong.config.method.window = 10;
    QVERIFY_THROWS_EXCEPTION(Error, RunSession(engine, wrong, control, {}));
    QVERIFY(!std::filesystem::exists(store));
  }

  void a_stop_writes_a_checkpoint_and_a_second_one_does_not_wait() {
    for (const int stops : {1, 2}) {
      const auto store = new_store();
      RunControl control;
      FakeEngine engine({.checkpoint_every = 1000, .iteration_begins = [&](std::int32_t iteration) {
                           if (iteration == 2)
                             for (int i = 0; i < stops; ++i) control.stop();
                         }});
      RunSession session(engine, plan(store, 1000), control, [](RunId, const Event&) {});
      const TrainResult result = session.train();
      QCOMPARE(result.status, RunStatus::stopped);
      QCOMPARE(result.iterations, 2);
      QCOMPARE(status(store), RunStatus::stopped);
      RunReader reader(store);
      QCOMPARE(reader.checkpoints(reader.runs().front().run).size(), stops == 1 ? 1U : 0U);
    }
  }

  void an_edit_holds_from_the_next_iteration_and_one_that_cannot_be_is_refused_whole() {
    const auto store = new_store();
    RunControl control;
    FakeEngine engine(
        {.checkpoint_every = 1000, .iteration_begins = [&](std::int32_t iteration) {
           if (iteration != 2) return;
           control.edit(
               {.assignments = {"method.window=4", "method.branch=2"}, .author = "ada@lab"});
           control.edit({.assignments = {"optimizer.learning_rate=0.5", "method.window=10"},
                         .author = "ada@lab"});
         }});
    std::vector<std::string> told, warned;
    RunSession session(engine, plan(store, 4), control, [&](RunId, const Event& event) {
      if (const auto* change = std::get_if<ParameterChanged>(&event)) told.push_back(change->key);
      if (const auto* warning = std::get_if<Warning>(&event)) warned.push_back(warning->sentence);
    });
    session.train();
    QVERIFY(told == (std::vector<std::string>{"method.window", "method.branch"}));
    QCOMPARE(warned.size(), std::size_t{1});
    QVERIFY(warned[0].find("method.window = 10") != std::string::npos);

    RunReader reader(store);
    const RunId run = reader.runs().front().run;
    const std::vector<ParameterChanged> stored = reader.parameter_changes(run);
    QCOMPARE(stored.size(), std::size_t{2});
    QCOMPARE(stored[0].iteration, 2);
    QCOMPARE(stored[0].old_value, std::string("3"));
    QCOMPARE(stored[0].author, std::string("ada@lab"));
    QCOMPARE(reader.checkpoints(run).front().iterations, 2);
    const auto leaves_of = [&](std::int32_t iteration) {
      return leaves(reader.tree(run, iteration, PromptId{0})).size();
    };
    QCOMPARE(leaves_of(1), std::size_t{27});
    QCOMPARE(leaves_of(2), std::size_t{16});
  }

  void another_process_steers_a_run_through_its_store() {
    const auto store = new_store();
    FakeEngine engine({.level_time = std::chrono::milliseconds(2), .iteration_begins = {}});
    RunControl control;
    std::atomic<int> pauses = 0, changes = 0;
    RunSession session(engine, plan(store, 100000), control, [&](RunId, const Event& event) {
      if (std::holds_alternative<RunPaused>(event)) ++pauses;
      if (std::holds_alternative<ParameterChanged>(event)) ++changes;
    });
    std::jthread other([&, run = session.run()] {
      Workbench workbench(store, [] { return std::make_shared<FakeEngine>(); });
      const auto until = [](const auto& so) {
        while (!so()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      };
      until([&] { return status(store) == RunStatus::running; });
      workbench.steer(run, {.what = Steering::pause});
      until([&] { return pauses == 1; });
      workbench.steer(run, {.what = Steering::step, .unit = SafePoint::iteration});
      until([&] { return pauses == 2; });
      workbench.steer(run, {.what = Steering::edit,
                            .edit = {.assignments = {"method.branch=2"}, .author = "ada@lab"}});
      workbench.steer(run, {.what = Steering::resume});
      until([&] { return changes == 1; });
      workbench.steer(run, {.what = Steering::stop});
    });
    QCOMPARE(session.train().status, RunStatus::stopped);
    other.join();
    QCOMPARE(pauses.load(), 2);
    Workbench workbench(store, [] { return std::make_shared<FakeEngine>(); });
    QVERIFY_THROWS_EXCEPTION(Error, workbench.steer(session.run(), {.what = Steering::pause}));
  }

  void a_watched_tree_is_told_without_gaps_however_fast_it_grows() {
    FakeEngine engine;  // ten levels in no time: fewer announcements than levels
    RunControl control;
    control.watch(PromptId{1});
    std::vector<std::int32_t> next(3, 0);  // first node not told yet, an iteration
    std::vector<int> credited;
    bool whole = true;
    RunSession session(engine, plan(new_store(), 3), control, [&](RunId, const Event& event) {
      if (const auto* grown = std::get_if<TreeGrown>(&event)) {
        std::int32_t& known = next[static_cast<std::size_t>(grown->iteration)];
        whole = whole && grown->first_node == known && grown->prompt == PromptId{1};
        known += static_cast<std::int32_t>(grown->nodes.size());
      }
      if (const auto* tree = std::get_if<TreeCredited>(&event))
        credited.push_back(tree->trees->iteration);
    });
    session.train();
    QVERIFY(whole);
    QCOMPARE(credited, (std::vector<int>{0, 1, 2}));
  }

  void a_stepped_run_pauses_after_every_step_and_shows_all_of_it() {
    RunControl control;
    control.watch(PromptId{0});
    control.pause();
    int pauses = 0;
    std::int32_t told = 0;
    std::vector<std::int32_t> told_at_pause;
    FakeEngine engine;
    RunSession session(engine, plan(new_store(), 1), control, [&](RunId, const Event& event) {
      if (const auto* grown = std::get_if<TreeGrown>(&event))
        told = grown->first_node + static_cast<std::int32_t>(grown->nodes.size());
      if (!std::holds_alternative<RunPaused>(event)) return;
      told_at_pause.push_back(told);
      if (++pauses < 4)
        control.step(SafePoint::step);
      else
        control.resume();
    });
    QCOMPARE(session.train().status, RunStatus::finished);
    QCOMPARE(told_at_pause, (std::vector<std::int32_t>{0, 1, 2, 3}));
  }

  void only_the_last_checkpoints_stay_on_disk() {
    const auto store = new_store();
    FakeEngine engine;
    RunControl control;
    RunSession session(engine, plan(store, 5), control, [](RunId, const Event&) {});
    session.train();
    RunReader reader(store);
    const auto rows = reader.checkpoints(session.run());
    QCOMPARE(rows.size(), 2U);
    const auto run_folder = rows.front().path.parent_path();
    QCOMPARE(std::distance(std::filesystem::directory_iterator(run_folder), {}), 2);
  }

  void pause_resume_and_stop_in_any_order_keep_status_and_iterations_whole() {
    for (unsigned seed = 0; seed < 5; ++seed) {
      const auto store = new_store();
      FakeEngine engine({.level_time = std::chrono::microseconds(200), .iteration_begins = {}});
      RunThread thread([&](RunControl& control, const EventListener& listener) {
        RunSession(engine, plan(store, 100000), control, listener).train();
      });
      std::mt19937 random(seed);
      for (int i = 0; i < 20; ++i) {
        random() % 2 == 0 ? thread.control().pause() : thread.control().resume();
        thread.control().watch(PromptId{0});
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 2000));
      }
      thread.control().stop();
      std::int32_t iterations = 0;
      bool paused = false;
      while (!thread.done() || iterations == 0) {
        for (const StreamedEvent& event : thread.events().wait_and_drain(std::chrono::seconds(1))) {
          if (std::holds_alternative<RunPaused>(event.event)) {
            QVERIFY(!paused);
            paused = true;
          }
          if (std::holds_alternative<RunResumed>(event.event)) {
            QVERIFY(paused);
            paused = false;
          }
          if (const auto* finished = std::get_if<RunFinished>(&event.event)) {
            QCOMPARE(finished->status, RunStatus::stopped);
            iterations = std::max(1, finished->iterations);
          }
        }
      }
      const RunSummary run = RunReader(store).runs().front();
      QCOMPARE(run.status, RunStatus::stopped);
      QCOMPARE(std::max(1, run.iterations), iterations);
    }
  }

  void a_pause_is_seen_in_the_store() {
    const auto store = new_store();
    FakeEngine engine({.level_time = std::chrono::microseconds(200), .iteration_begins = {}});
    RunThread thread([&](RunControl& control, const EventListener& listener) {
      RunSession(engine, plan(store, 100000), control, listener).train();
    });
    thread.control().pause();
    bool paused = false;
    for (int i = 0; i < 100 && !paused; ++i)
      for (const StreamedEvent& event : thread.events().wait_and_drain(std::chrono::seconds(1)))
        paused = paused || std::holds_alternative<RunPaused>(event.event);
    QVERIFY(paused);
    QCOMPARE(status(store), RunStatus::paused);
  }

  void an_error_before_the_run_exists_is_announced_too() {
    RunThread thread([](RunControl&, const EventListener&) { throw Error("no engine"); });
    const auto events = thread.events().wait_and_drain(std::chrono::seconds(10));
    QCOMPARE(events.size(), 1U);
    QCOMPARE(std::get<RunFailed>(events[0].event).sentence, std::string("no engine"));
  }

  void a_run_thread_that_ends_its_life_ends_its_run() {
    const auto store = new_store();
    FakeEngine engine({.level_time = std::chrono::microseconds(100), .iteration_begins = {}});
    {
      RunThread thread([&](RunControl& control, const EventListener& listener) {
        RunSession(engine, plan(store, 100000), control, listener).train();
      });
      while (thread.events().wait_and_drain(std::chrono::seconds(1)).empty()) continue;
    }
    QCOMPARE(status(store), RunStatus::stopped);
  }
};

QTEST_APPLESS_MAIN(TestRunSession)
#include "tst_run_session.moc"
