#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "support/fake_engine.h"
#include "workbench/catalogs.h"
#include "workbench/schedule_preview.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;

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

  void the_trace_of_a_stored_tree_gives_its_stored_advantages() {
    Workbench workbench(file("trace.tgws"), fake);
    const RunId run = train(workbench, small_config());
    const TreeRecord tree = workbench.tree(run, 1, PromptId{1});
    const CreditTrace trace = workbench.credit_trace(run, 1, PromptId{1});
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
