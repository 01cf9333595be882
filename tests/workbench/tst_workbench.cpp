#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "support/fake_engine.h"
#include "tree/advantage.h"
#include "tree/credit_options.h"
#include "workbench/catalogs.h"
#include "workbench/schedule_preview.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;

class TestWorkbench : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  std::filesystem::path file(const char* name) {
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }
  static std::shared_ptr<Engine> fake() { return std::make_shared<FakeEngine>(); }

  static RunConfig small_config() {
    RunConfig config;
    config.run.iterations = 2;
    config.prompts.per_iteration = 2;
    config.model.path = "model.safetensors";
    return config;
  }

  static RunId train(Workbench& workbench, const RunConfig& config) {
    RunControl control;
    RunId run;
    workbench.train(config, control, [&](RunId id, const Event&) { run = id; });
    return run;
  }

 private Q_SLOTS:
  void reading_a_store_loads_no_engine() {
    const auto store = file("plain.tgws");
    {
      Workbench writer(store, fake);
      train(writer, small_config());
    }
    Workbench workbench(store, []() -> std::shared_ptr<Engine> { throw Error("was loaded"); });
    QCOMPARE(workbench.runs().size(), 1U);
    QCOMPARE(workbench.tree(RunId{1}, 0, PromptId{0}).text, std::string("prompt 0"));
    QVERIFY_THROWS_EXCEPTION(Error, workbench.engine());
  }

  void a_library_that_was_read_before_shows_what_was_stored_since() {
    Workbench workbench(file("library.tgws"), fake);
    const RunId run = train(workbench, small_config());
    train(workbench, small_config());
    std::vector<LibraryRun> before = workbench.library(workbench.runs());
    QCOMPARE(before.size(), std::size_t{2});
    QCOMPARE(before[0].rewards, (std::vector<double>{.5, .501}));
    QCOMPARE(before[0].nfe, workbench.iterations(run)[0].nfe + workbench.iterations(run)[1].nfe);
    QVERIFY(before[0].best > 0 && before[0].seconds > 0);

    workbench.rename_run(run, "renamed");
    RunControl control;
    workbench.resume({.run = run, .iterations = 4}, control, [](RunId, const Event&) {});
    const std::vector<LibraryRun> after = workbench.library(workbench.runs());
    QCOMPARE(after[0].summary.name, std::string("renamed"));
    QCOMPARE(after[0].rewards.size(), std::size_t{4});
    QCOMPARE(after[1].rewards, before[1].rewards);
    QVERIFY(after[1].parameters->entries == before[1].parameters->entries);
    QVERIFY(!after[1].parameters->entries.empty());
  }

  void a_stored_tree_is_grown_again_stored_listed_and_given_another_seed_each_time() {
    Workbench workbench(file("regrow.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const RegrowAsked asked{.run = run,
                            .iteration = 1,
                            .prompt = PromptId{1},
                            .node = {0},
                            .kind = RegrowKind::leaves,
                            .leaves = 3};
    const StoredRegrown first = workbench.regrow(asked, 1);
    const StoredRegrown second = workbench.regrow(asked);
    QCOMPARE(first.regrown.weights.iterations, 1);
    QCOMPARE(second.regrown.weights.iterations, 2);
    QCOMPARE(first.regrown.seed, std::uint64_t{0});
    QCOMPARE(second.regrown.seed, std::uint64_t{1});
    const auto listed = workbench.regrown(run, 1, PromptId{1});
    QCOMPARE(listed.size(), std::size_t{2});
    QVERIFY(listed[1].regrown.tree.rewards == second.regrown.tree.rewards);
    QCOMPARE(leaves(listed[0].regrown.tree).size(), std::size_t{3});
  }

  // A tree of iteration i was grown with the weights after i iterations; at first the model's own.
  void a_tree_is_drawn_with_the_nearest_weights_there_are() {
    Workbench workbench(file("draw.tgws"), [] {
      return std::make_shared<FakeEngine>(FakeEngineOptions{.checkpoint_every = 4});
    });
    RunConfig config = small_config();
    config.run.iterations = 9;
    const RunId run = train(workbench, config);
    const auto drawn_with = [&](std::int32_t iteration) {
      return workbench.draw(run, iteration, PromptId{1}, NodeId{0}).weights;
    };
    const std::vector<std::int32_t> nearest = {0, 0, 0, 4, 4, 4, 4, 8, 8};
    for (std::int32_t iteration = 0; iteration < 9; ++iteration) {
      QCOMPARE(drawn_with(iteration).iterations, nearest[static_cast<std::size_t>(iteration)]);
      QCOMPARE(began(drawn_with(iteration), iteration), iteration % 4 == 0);
    }
    const auto beside = [&](std::int32_t iteration, const WeightsOrigin& live) {
      return workbench.nearest_model(run, config, iteration, live) != nullptr;
    };
    QVERIFY(!beside(6, {.iterations = 6}));
    QVERIFY(!beside(6, {.iterations = 6, .updating = true}));
    QVERIFY(!beside(4, {.iterations = 4}));
    QVERIFY(beside(4, {.iterations = 4, .updating = true}));  // the checkpoint is it exactly
    QVERIFY(beside(1, {.iterations = 9}));

    const TreeRecord tree = workbench.tree(run, 4, PromptId{1});
    const std::int32_t leaf = leaves(tree).back();
    QCOMPARE(workbench.draw(run, 4, PromptId{1}, NodeId{leaf}).nodes.size(),
             tree.schedule.steps.size() + 1);
    QCOMPARE(workbench.draw(run, 4, PromptId{1}, NodeId{leaf}, 8).weights.iterations, 8);
    QVERIFY_THROWS_EXCEPTION(Error, workbench.draw(run, 4, PromptId{1}, NodeId{100000}));
    QVERIFY_THROWS_EXCEPTION(Error, workbench.draw(run, 4, PromptId{1}, NodeId{leaf}, 7));
  }

  void what_cannot_be_grown_again_is_a_sentence() {
    Workbench workbench(file("refusals.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const auto said = [&](std::int32_t iteration, std::int32_t node,
                          std::optional<std::int32_t> checkpoint) {
      try {
        workbench.regrow(
            {.run = run, .iteration = iteration, .prompt = PromptId{0}, .node = {node}},
            checkpoint);
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    const std::int32_t leaf = leaves(workbench.tree(run, 0, PromptId{0})).front();
    QVERIFY(said(0, leaf, {}).contains("is a leaf"));
    QVERIFY(said(9, 0, {}).contains("has no iteration 9"));
    QVERIFY(said(0, 0, 7).contains("checkpoint"));
    QVERIFY(workbench.regrown(run, 0, PromptId{0}).empty());
  }

  void the_trace_of_a_stored_tree_gives_its_stored_advantages() {
    Workbench workbench(file("trace.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const TreeRecord tree = workbench.tree(run, 1, PromptId{1});
    const CreditTrace trace = workbench.credit(run, 1, PromptId{1}).trace;
    QCOMPARE(trace.leaves.size(), leaves(tree).size());
    int compared = 0;
    for (const EdgeTrace& edge : trace.edges) {
      const double stored = tree.nodes[static_cast<std::size_t>(edge.node)].advantage;
      if (std::isnan(stored)) continue;
      QVERIFY(std::abs(edge.advantage - stored) < 1e-12);
      ++compared;
    }
    QCOMPARE(compared, 39);
  }

  void any_rule_credits_a_stored_tree_among_all_prompts_of_its_iteration() {
    Workbench workbench(file("rules.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const std::vector<TreeRecord> records = {workbench.tree(run, 1, PromptId{0}),
                                             workbench.tree(run, 1, PromptId{1})};
    for (const CatalogEntry& rule : credit_rule_catalog()) {
      for (const char* deviation : {"group", "batch"}) {
        CreditOptions options = credit_options(small_config());
        options.rule = rule.name;
        options.deviation = std::string(deviation) == "batch" ? Deviation::batch : Deviation::group;
        CreditState state;
        const Credit expected = assign_credit(records, options, state);
        const std::vector<std::string> sets = {"credit.rule=" + rule.name,
                                               std::string("credit.std=") + deviation};
        const CreditedTree credited = workbench.credit(run, 1, PromptId{1}, sets);
        QCOMPARE(credited.trace.rule, rule.name);
        for (std::size_t node = 0; node < credited.tree.nodes.size(); ++node) {
          const double advantage = credited.tree.nodes[node].advantage;
          const double wanted = expected.records[1].advantages[node];
          QVERIFY(advantage == wanted || (std::isnan(advantage) && std::isnan(wanted)));
          QCOMPARE(credited.tree.nodes[node].value, expected.records[1].values[node]);
        }
      }
    }
    // Nothing of it was stored.
    QCOMPARE(workbench.tree(run, 1, PromptId{1}).nodes[20].value, records[1].nodes[20].value);
  }

  void a_stored_tree_knows_what_a_summed_log_prob_sums_over() {
    Workbench workbench(file("summed.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const auto value = [&](const char* backup) {
      const std::vector<std::string> sets = {std::string("method.backup=") + backup};
      return workbench.credit(run, 0, PromptId{0}, sets).tree.nodes[1].value;
    };
    QVERIFY(value("softmax_sum_log_prob") != value("softmax_mean_log_prob"));
  }

  void the_deviation_of_an_iteration_is_not_that_of_one_prompt() {
    Workbench workbench(file("batch.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const std::vector<std::string> batch = {"credit.std=batch"};
    QVERIFY(workbench.credit(run, 0, PromptId{0}).trace.normalisation[0].divisor !=
            workbench.credit(run, 0, PromptId{0}, batch).trace.normalisation[0].divisor);
  }

  void what_cannot_be_credited_is_said() {
    Workbench workbench(file("uncredited.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const std::vector<std::string> sets = {"credit.rule=treerp"};
    try {
      workbench.credit(run, 0, PromptId{0}, sets);
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::configuration);
      QVERIFY(std::string(error.what()).find("did you mean treerpo?") != std::string::npos);
    }
    QVERIFY_THROWS_EXCEPTION(Error, workbench.credit(run, 0, PromptId{2}));
    QVERIFY_THROWS_EXCEPTION(Error, workbench.credit(run, 2, PromptId{0}));
  }

  void a_run_is_named_tagged_noted_deleted_and_brought_back() {
    Workbench workbench(file("kept.tgws"), fake);
    const RunId run = train(workbench, small_config());
    workbench.rename_run(run, "kept");
    const std::vector<std::string> tags = {"paper"};
    workbench.add_tags(run, tags);
    workbench.add_note(run, {.iteration = 0, .prompt = 1}, "a note");
    QVERIFY_THROWS_EXCEPTION(Error, workbench.add_note(run, {.iteration = 7}, "nowhere"));
    workbench.delete_run(run);
    QVERIFY(workbench.runs().empty());
    QCOMPARE(workbench.free_name("kept"), std::string("kept-1"));
    workbench.restore_run(run);
    QCOMPARE(workbench.find_run("kept").tags, tags);
    QCOMPARE(workbench.notes(run).size(), 1U);
    workbench.remove_note(run, workbench.notes(run).front().id);
    workbench.remove_tags(run, tags);
    workbench.delete_run(run);
    QVERIFY(workbench.purge_run(workbench.find_trashed_run("kept").run) > 0);
    QVERIFY(workbench.trashed_runs().empty());
  }

  void the_name_of_a_deleted_run_is_not_given_to_a_new_one() {
    Workbench workbench(file("freed.tgws"), fake);
    RunConfig config = small_config();
    config.run.name = "demo-1";
    workbench.delete_run(train(workbench, config));
    QCOMPARE(workbench.free_name("demo"), std::string("demo-2"));
  }

  void a_run_that_is_being_trained_is_not_deleted() {
    const auto store = file("live.tgws");
    std::string sentence;
    test::FakeEngineOptions options;
    options.iteration_begins = [&](std::int32_t iteration) {
      if (iteration == 0) return;
      Workbench other(store, fake);
      try {
        other.delete_run(other.runs().front().run);
      } catch (const Error& error) {
        sentence = error.what();
      }
    };
    Workbench workbench(store, [&] { return std::make_shared<FakeEngine>(options); });
    train(workbench, small_config());
    QVERIFY2(sentence.find("is being trained") != std::string::npos, sentence.c_str());
    QCOMPARE(workbench.runs().front().iterations, 2);
  }

  void looking_after_a_store_that_is_not_there_makes_none() {
    const auto store = file("nowhere.tgws");
    Workbench workbench(store, fake);
    QVERIFY_THROWS_EXCEPTION(Error, workbench.check_store());
    QVERIFY_THROWS_EXCEPTION(Error, workbench.repair_store());
    QVERIFY_THROWS_EXCEPTION(Error, workbench.compact_store());
    QVERIFY_THROWS_EXCEPTION(Error, workbench.vacuum_store());
    QVERIFY_THROWS_EXCEPTION(Error, workbench.rename_run({1}, "x"));
    QVERIFY(!std::filesystem::exists(store));
  }

  void a_free_name_is_one_that_no_run_has() {
    Workbench workbench(file("names.tgws"), fake);
    QCOMPARE(workbench.free_name("demo"), std::string("demo-1"));
    RunConfig config = small_config();
    config.run.name = "demo-1";
    train(workbench, config);
    QCOMPARE(workbench.free_name("demo"), std::string("demo-2"));
  }

  void a_checkpoint_that_is_not_there_is_named_with_those_that_are() {
    Workbench workbench(file("checkpoints.tgws"), fake);
    const RunId run = train(workbench, small_config());
    QVERIFY(workbench.model_of(run, 2).weights->string().ends_with(
        "checkpoint-000002/weights.safetensors"));
    QCOMPARE(*workbench.model_of(run, {}).weights, *workbench.model_of(run, 2).weights);
    try {
      workbench.model_of(run, 7);
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).find("1, 2") != std::string::npos);
    }
  }

  void a_run_on_a_thread_of_its_own_ends_by_itself() {
    Workbench workbench(file("thread.tgws"), fake);
    const auto thread = workbench.start(small_config());
    bool finished = false;
    while (!finished)
      for (const StreamedEvent& event : thread->events().wait_and_drain(std::chrono::seconds(1)))
        finished = finished || std::holds_alternative<RunFinished>(event.event);
    QCOMPARE(workbench.runs().front().status, RunStatus::finished);
  }

  void a_schedule_costs_what_the_table_of_counts_says() {
    struct Row {
      int branch, window;
      std::int64_t leaves, parents, edges, nfe;
    };
    // Starts of 0, T = 10: leaves k^w, parents (k^w-1)/(k-1), edges k·parents.
    for (const Row& row :
         {Row{2, 3, 8, 7, 14, 63}, Row{2, 4, 16, 15, 30, 111}, Row{3, 3, 27, 13, 39, 202},
          Row{4, 3, 64, 21, 84, 469}, Row{5, 2, 25, 6, 30, 206}}) {
      RunConfig config;
      config.method.branch = row.branch;
      config.method.window = row.window;
      config.method.window_rule = "fixed";
      const SchedulePreview preview = preview_schedule(config, 0);
      QCOMPARE(preview.counts.leaves, row.leaves);
      QCOMPARE(preview.counts.trained_passes, row.parents);
      QCOMPARE(preview.counts.trained_edges, row.edges);
      QCOMPARE(preview.counts.nfe, row.nfe);
      QCOMPARE(preview.forward_passes, row.nfe + row.parents);
      QCOMPARE(preview.sigmas.size(), 11U);
    }
  }

  void the_sheet_shows_the_same_prompts_before_and_after() {
    Workbench workbench(file("sheet.tgws"), fake);
    const ContactSheet sheet = workbench.compare({.before = {}, .after = {}, .config = {}});
    QCOMPARE(sheet.pairs.size(), 21U);
    QCOMPARE(sheet.columns, 3);
    for (const ContactPair& pair : sheet.pairs) QVERIFY(!std::isnan(pair.after_score));
  }

  void every_catalog_row_has_a_name_and_a_sentence() {
    for (const auto& catalog : {method_catalog(), credit_rule_catalog(), sampler_catalog()}) {
      QVERIFY(!catalog.empty());
      for (const CatalogEntry& entry : catalog)
        QVERIFY(!entry.name.empty() && entry.sentence.ends_with('.'));
    }
  }
};

QTEST_APPLESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
