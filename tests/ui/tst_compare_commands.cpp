// The compare page over a store: an iteration of several runs is read tree by tree.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "window/compare_commands.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

// Two runs of two prompts.
struct Desk {
  QTemporaryDir folder;
  Session session;

  Desk()
      : session(std::filesystem::path(folder.path().toStdString()) / "runs.tgws",
                [] { return std::make_shared<FakeEngine>(FakeEngineOptions{.pictures = true}); }) {
    train(smallConfig(3, "first"));
    train(smallConfig(2, "second"));
  }

  void train(const RunConfig& config) {
    session.train(config);
    if (!QTest::qWaitFor([&] { return session.state() == RunState::idle; }, patience))
      qFatal("the run does not end");
  }
};

IterationRead last(const QSignalSpy& spy) {
  return spy.isEmpty() ? IterationRead() : spy.back().front().value<IterationRead>();
}

}  // namespace

class TestCompareCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_iteration_of_all_runs_is_read_a_tree_at_a_time() {
    Desk desk;
    IterationReading reading(desk.session, nullptr);
    const QSignalSpy spy(&reading, &IterationReading::progressed);
    reading.start({RunId{1}, RunId{2}}, 1);
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty() && !last(spy).goesOn(), patience);
    QCOMPARE(spy.size(), 5);  // two prompts of two runs, after their names
    const IterationRead read = last(spy);
    QCOMPARE(read.grid.rows.size(), std::size_t{2});
    QCOMPARE(read.grid.columns[1].name, std::string("second"));
    for (std::size_t cell = 0; cell < 4; ++cell) {
      const GridCell& own = read.grid.cells[cell];
      const TreeRecord tree = Workbench(desk.session.store(), {})
                                  .tree(RunId{1 + static_cast<int>(cell % 2)}, 1,
                                        PromptId{static_cast<std::int32_t>(cell / 2)});
      double best = no_value;
      for (std::size_t leaf = 0; leaf < leaves(tree).size(); ++leaf)
        best = std::fmax(best, total_reward(tree, leaf));
      QCOMPARE(own.reward, best);
      QVERIFY(!own.pictures.empty());
      QCOMPARE(own.pictures.back().step, tree.steps());
    }
    QVERIFY(read.samples[0].rewards.size() > 2 && !read.samples[1].advantages.empty());
  }

  void a_compared_run_knows_its_checkpoints() {
    Desk desk;
    Workbench store(desk.session.store(), {});
    const ComparedRun run = store.compared_run(store.runs().front());
    QCOMPARE(run.checkpoints, (std::vector<std::int32_t>{1, 2, 3}));
  }

  void what_a_run_has_not_is_said_in_its_cells() {
    Desk desk;
    IterationReading reading(desk.session, nullptr);
    const QSignalSpy spy(&reading, &IterationReading::progressed);
    reading.start({RunId{1}, RunId{2}}, 2);  // the second run has none
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty() && !last(spy).goesOn(), patience);
    QVERIFY(!last(spy).grid.cells[0].pictures.empty());
    QVERIFY(!last(spy).grid.cells[1].missing.empty());
    QVERIFY(last(spy).samples[1].rewards.empty());
  }

  void reading_ends_when_it_is_cancelled_and_keeps_what_was_read() {
    Desk desk;
    IterationReading reading(desk.session, nullptr);
    QSignalSpy spy(&reading, &IterationReading::progressed);
    connect(&reading, &IterationReading::progressed, &reading, [&](const IterationRead& read) {
      if (read.done == 1 && !read.cancelled) reading.cancel();
    });
    reading.start({RunId{1}, RunId{2}}, 0);
    QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty() && last(spy).cancelled, patience);
    QVERIFY(!spy.wait(300));
    QCOMPARE(last(spy).done, 1);
    QVERIFY(!last(spy).grid.cells[0].pictures.empty());
    QCOMPARE(last(spy).grid.cells[3].missing, std::string("Not read: cancelled"));
  }

  void the_page_reads_pictures_when_they_are_to_show() {
    Desk desk;
    ComparePage page;
    page.resize(1400, 900);
    page.show();
    CompareCommands commands(desk.session, page, nullptr);
    commands.compare({RunId{1}, RunId{2}});
    QTRY_VERIFY_WITH_TIMEOUT(page.runs().size() == 2 && !page.working(), patience);
    page.findChild<QTabBar*>("compareView")->setCurrentIndex(1);
    const ImageGridCanvas& grid = *page.findChild<ImageGridCanvas*>();
    QTRY_VERIFY_WITH_TIMEOUT(grid.grid().count() == 4 && !grid.grid().cells[0].pictures.empty(),
                             patience);
    QTRY_VERIFY_WITH_TIMEOUT(!page.findChild<QWidget*>("compareReading")->isVisible(), patience);
    QCOMPARE(grid.grid().columns[0].letter, std::string("A"));
  }
};

QTEST_MAIN(TestCompareCommands)
#include "tst_compare_commands.moc"
