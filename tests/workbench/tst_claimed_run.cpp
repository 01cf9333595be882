// A run that goes on: through the workbench, with an engine without tensors.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "store/run_reader.h"
#include "support/fake_engine.h"
#include "workbench/claimed_run.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;

class TestClaimedRun : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;

  std::filesystem::path new_store() {
    const auto name = "store" + std::to_string(stores_++) + ".tgws";
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }

  static RunConfig config(int iterations) {
    RunConfig config;
    config.run.name = "mine";
    config.run.iterations = iterations;
    config.prompts.per_iteration = 2;
    config.checkpoint.keep = 10;
    config.model.path = "model.safetensors";
    return config;
  }

  // A workbench whose engine the test can ask.
  struct Bench {
    std::shared_ptr<FakeEngine> engine;
    Workbench workbench;
    RunControl control;
    std::vector<Event> events;

    explicit Bench(const std::filesystem::path& store, FakeEngineOptions options = {})
        : engine(std::make_shared<FakeEngine>(std::move(options))),
          workbench(store, [this] { return engine; }) {}

    EventListener listener() {
      return [this](RunId, const Event& event) { events.push_back(event); };
    }
    TrainResult resume(const ResumeRequest& request) {
      return workbench.resume(request, control, listener());
    }
    std::string refusal(const ResumeRequest& request) {
      try {
        resume(request);
      } catch (const Error& error) {
        return error.what();
      }
      return "no error";
    }
    template <class Kind>
    std::vector<Kind> told() const {
      std::vector<Kind> found;
      for (const Event& event : events)
        if (const auto* kind = std::get_if<Kind>(&event)) found.push_back(*kind);
      return found;
    }
  };

  // A run of 3 iterations of 6, stopped, with checkpoints after 1, 2 and 3.
  std::filesystem::path stopped_run() {
    const auto store = new_store();
    Bench bench(store);
    bench.workbench.train(config(6), bench.control, [&](RunId, const Event& event) {
      const auto* finished = std::get_if<IterationFinished>(&event);
      if (finished && finished->record->iteration == 2) bench.control.stop();
    });
    return store;
  }

  static RunSummary run_of(const std::filesystem::path& store) {
    return RunReader(store).runs().front();
  }
  static std::vector<std::int32_t> checkpoints_of(const std::filesystem::path& store) {
    std::vector<std::int32_t> iterations;
    for (const CheckpointRow& row : RunReader(store).checkpoints(RunId{1}))
      iterations.push_back(row.iterations);
    return iterations;
  }
  static std::filesystem::path folder_of(const std::filesystem::path& store, int iterations) {
    return checkpoint_folder(store, 1, iterations);
  }
  static void damage(const std::filesystem::path& store, int iterations) {
    std::filesystem::remove(folder_of(store, iterations) / "state.json");
  }
  static bool contains(const std::string& sentence, const char* words) {
    if (sentence.find(words) != std::string::npos) return true;
    qWarning("%s", sentence.c_str());
    return false;
  }

 private Q_SLOTS:
  void a_stopped_run_goes_on_to_its_planned_total_from_its_last_checkpoint() {
    const auto store = stopped_run();
    Bench bench(store);
    const TrainResult result = bench.resume({.run = RunId{1}});
    QCOMPARE(result.status, RunStatus::finished);
    QCOMPARE(result.iterations, 6);
    QCOMPARE(bench.told<RunResumed>().size(), 1U);
    QCOMPARE(bench.told<RunResumed>()[0].iteration, 3);
    QCOMPARE(bench.told<RunResumed>()[0].run.name, std::string("mine"));
    QVERIFY(bench.told<RunStarted>().empty());
    QCOMPARE(bench.told<IterationFinished>().size(), 3U);
    QCOMPARE(run_of(store).status, RunStatus::finished);
    QCOMPARE(RunReader(store).iterations(RunId{1}).size(), 6U);
  }

  void the_config_is_that_of_the_run_with_what_was_changed_since() {
    const auto store = stopped_run();
    {
      RunWriter writer(store);
      writer.claim_run(RunId{1});
      writer.change_parameters(
          std::vector<ParameterChanged>{{4, "optimizer.learning_rate", "1e-5", "0.5"}});
    }
    Bench bench(store);
    bench.resume({.run = RunId{1}});
    const TrainRequest& request = bench.engine->request();
    QCOMPARE(request.config.prompts.per_iteration, 2);
    QCOMPARE(request.config.run.threads, run_of(store).provenance.threads);
    QCOMPARE(request.changes.size(), 1U);
    QCOMPARE(request.changes[0].iteration, 4);
    QCOMPARE(request.resume_from->filename().string(), std::string("checkpoint-000003"));
  }

  void what_a_resume_sets_is_a_change_from_there_on() {
    const auto store = stopped_run();
    Bench bench(store);
    bench.resume({.run = RunId{1},
                  .checkpoint = 2,
                  .model = "elsewhere.safetensors",
                  .sets = {"sampler.micro_batch=8", "sampler.steps=10"}});  // it has 10
    const std::vector<ParameterChanged> stored = RunReader(store).parameter_changes(RunId{1});
    QCOMPARE(stored.size(), 1U);
    QCOMPARE(stored[0].iteration, 2);
    QCOMPARE(stored[0].key, std::string("sampler.micro_batch"));
    QCOMPARE(stored[0].old_value, std::string("0"));
    QCOMPARE(stored[0].new_value, std::string("8"));
    QCOMPARE(bench.engine->request().changes.size(), 1U);
    QCOMPARE(bench.engine->request().model.string(), std::string("elsewhere.safetensors"));
    QCOMPARE(bench.told<ParameterChanged>().size(), 1U);
  }

  void a_resume_that_cannot_go_on_changes_nothing() {
    const auto store = stopped_run();
    Bench refusing(store, {.refuses = true});
    refusing.refusal({.run = RunId{1}, .sets = {"sampler.micro_batch=8"}});
    Bench wrong(store);
    QVERIFY(contains(wrong.refusal({.run = RunId{1}, .sets = {"prompts.per_iteration=3"}}),
                     "a run keeps it"));
    QVERIFY(RunReader(store).parameter_changes(RunId{1}).empty());
  }

  void a_total_makes_it_longer_or_shorter() {
    const auto store = stopped_run();
    for (const int total : {4, 8}) {
      Bench bench(store);
      QCOMPARE(bench.resume({.run = RunId{1}, .iterations = total}).iterations, total);
      QCOMPARE(run_of(store).iterations_planned, total);
      QCOMPARE(run_of(store).iterations, total);
    }
  }

  void a_run_that_has_its_iterations_loads_no_engine() {
    const auto store = stopped_run();
    Bench(store).resume({.run = RunId{1}});
    RunControl control;
    Workbench workbench(store, []() -> std::shared_ptr<Engine> { throw Error("was loaded"); });
    for (const auto& total : {std::optional<std::int32_t>{}, {6}, {5}}) {
      std::size_t events = 0;
      const auto count = [&](RunId, const Event&) { ++events; };
      const TrainResult result =
          workbench.resume({.run = RunId{1}, .iterations = total}, control, count);
      QCOMPARE(result.status, RunStatus::finished);
      QCOMPARE(result.iterations, 6);
      QCOMPARE(events, 2U);
    }
  }

  void a_run_without_checkpoint_begins_anew() {
    const auto store = new_store();
    {
      Bench bench(store, {.checkpoint_every = 1000});
      bench.workbench.train(config(4), bench.control, [&](RunId, const Event& event) {
        if (std::holds_alternative<IterationFinished>(event)) {
          bench.control.stop();
          bench.control.stop();
        }
      });
    }
    QVERIFY(checkpoints_of(store).empty());
    Bench bench(store);
    bench.resume({.run = RunId{1}});
    QVERIFY(!bench.engine->request().resume_from);
    QCOMPARE(bench.told<IterationFinished>().size(), 4U);
    QCOMPARE(run_of(store).iterations, 4);
  }

  void an_earlier_checkpoint_or_the_beginning_can_be_chosen() {
    for (const int chosen : {0, 1, 2}) {
      const auto store = stopped_run();
      Bench bench(store);
      bench.resume({.run = RunId{1}, .checkpoint = chosen});
      QCOMPARE(bench.told<RunResumed>()[0].iteration, chosen);
      QCOMPARE(bench.told<IterationFinished>().size(), 6U - static_cast<unsigned>(chosen));
      QCOMPARE(checkpoints_of(store), (std::vector<std::int32_t>{1, 2, 3, 4, 5, 6}));
    }
    const auto store = stopped_run();
    QVERIFY(contains(Bench(store).refusal({.run = RunId{1}, .checkpoint = 7}), "1, 2, 3"));
    QCOMPARE(run_of(store).status, RunStatus::stopped);
  }

  void a_damaged_checkpoint_is_told_with_the_one_before_it_and_changes_nothing() {
    const auto store = stopped_run();
    damage(store, 3);
    damage(store, 2);
    Bench bench(store);
    const std::string sentence = bench.refusal({.run = RunId{1}, .iterations = 9});
    QVERIFY(contains(sentence, "the checkpoint of run 'mine' after 3 iterations cannot be used"));
    QVERIFY(contains(sentence, "--checkpoint 1 "));
    QVERIFY(bench.events.empty());
    QCOMPARE(run_of(store).status, RunStatus::stopped);
    QCOMPARE(run_of(store).iterations_planned, 6);
    QCOMPARE(checkpoints_of(store), (std::vector<std::int32_t>{1, 2, 3}));

    damage(store, 1);
    QVERIFY(contains(bench.refusal({.run = RunId{1}}), "--checkpoint 0 to begin anew"));
  }

  void damaged_ones_are_given_up_when_an_earlier_one_is_chosen() {
    const auto store = stopped_run();
    damage(store, 3);
    Bench bench(store, {.checkpoint_every = 1000});
    bench.resume({.run = RunId{1}, .iterations = 4, .checkpoint = 1});
    QCOMPARE(checkpoints_of(store), (std::vector<std::int32_t>{1, 2}));
    QCOMPARE(bench.told<Warning>().size(), 1U);
    QVERIFY(contains(bench.told<Warning>()[0].sentence, "after 3 iterations is given up"));
  }

  void another_model_file_is_refused_and_changes_nothing() {
    const auto store = stopped_run();
    Bench bench(store, {.fingerprint = "fedcba9876543210"});
    QVERIFY(contains(bench.refusal({.run = RunId{1}}), "the model is another one"));
    QCOMPARE(run_of(store).status, RunStatus::stopped);
  }

  void another_machine_is_told() {
    const auto store = stopped_run();
    Bench bench(store, {.torch = "3.0"});
    bench.resume({.run = RunId{1}});
    QCOMPARE(bench.told<Warning>().size(), 1U);
    QVERIFY(contains(bench.told<Warning>()[0].sentence, "LibTorch 3.0"));
  }

  void a_run_that_another_is_at_is_refused_before_an_engine_is_loaded() {
    const auto store = stopped_run();
    RunWriter other(store);
    other.claim_run(RunId{1});
    Workbench workbench(store, []() -> std::shared_ptr<Engine> { throw Error("was loaded"); });
    RunControl control;
    try {
      workbench.resume({.run = RunId{1}}, control, {});
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(contains(error.what(), "is being trained by process"));
    }
    other.set_status(RunStatus::stopped);
  }

  void what_kills_left_in_the_folder_goes_and_nothing_else() {
    const auto store = stopped_run();
    const auto folder = folder_of(store, 1).parent_path();
    for (const char* left :
         {"checkpoint-000005", "checkpoint-000003.unfinished", "mine.bak", "checkpoint-000002.bak"})
      std::filesystem::create_directories(folder / left);
    Bench(store).resume({.run = RunId{1}, .iterations = 4});
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (std::vector<std::string>{"checkpoint-000001", "checkpoint-000002",
                                              "checkpoint-000002.bak", "checkpoint-000003",
                                              "checkpoint-000004", "mine.bak"}));
  }

  void checkpoints_of_before_count_among_those_that_are_kept() {
    const auto store = new_store();
    RunConfig few = config(3);
    few.checkpoint.keep = 2;
    {
      Bench bench(store);
      bench.workbench.train(few, bench.control, bench.listener());
    }
    Bench(store).resume({.run = RunId{1}, .iterations = 5});
    QCOMPARE(checkpoints_of(store), (std::vector<std::int32_t>{4, 5}));
    QVERIFY(!std::filesystem::exists(folder_of(store, 3)));
  }

  void a_run_is_resumed_on_a_thread_of_its_own() {
    const auto store = stopped_run();
    Bench bench(store);
    const auto thread = bench.workbench.start_resumed({.run = RunId{1}});
    bool finished = false;
    while (!finished)
      for (const StreamedEvent& event : thread->events().wait_and_drain(std::chrono::seconds(1))) {
        QVERIFY(!std::holds_alternative<RunFailed>(event.event));
        finished = finished || std::holds_alternative<RunFinished>(event.event);
      }
    QCOMPARE(run_of(store).iterations, 6);
  }
};

QTEST_APPLESS_MAIN(TestClaimedRun)
#include "tst_claimed_run.moc"
