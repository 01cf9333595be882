#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "focus.h"
#include "history.h"
#include "support/fake_engine.h"
#include "ui/canvas_trees.h"
#include "ui/fake_runs.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

class TestFocus : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_path_leads_back_to_its_node() {
    const TreeRecord tree = test::creditedTree(test::windowSchedule(1, 3, 2, 3, 2));
    for (std::int32_t node = 0; node < static_cast<std::int32_t>(tree.nodes.size()); ++node)
      QCOMPARE(nodeAt(tree, nodePath(tree, node)), node);
    NodePath beyond = nodePath(tree, 0);
    beyond.children = {0, 9};
    QCOMPARE(nodeAt(tree, beyond), -1);
  }

  void it_follows_the_run_and_keeps_the_selection_by_its_path() {
    Run run(*this, 3);
    Focus& focus = run.focus;
    std::vector<std::int32_t> shown;
    bool grew = false;
    NodePath chosen;
    connect(&focus, &Focus::treeChanged, this, [&] {
      grew = grew || focus.growing().on;
      if (focus.growing().on) return;
      if (shown.empty()) {
        focus.select(static_cast<std::int32_t>(focus.tree()->nodes.size()) - 2);
        chosen = nodePath(*focus.tree(), focus.selected());
      }
      if (shown.empty() || shown.back() != focus.place().iteration)
        shown.push_back(focus.place().iteration);
    });
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    QCOMPARE(shown, (std::vector<std::int32_t>{0, 1, 2}));
    QVERIFY(grew);
    QCOMPARE(focus.selected(), nodeAt(*focus.tree(), chosen));
    QCOMPARE(focus.place().iteration, 2);
    QVERIFY(focus.following() && !focus.growing().on);
    QCOMPARE(focus.figures()->reward.size(), focus.tree()->nodes.size());
  }

  void what_a_run_grows_meanwhile_is_shown_as_one_when_it_is_due() {
    Run run(*this, 3);
    int asked = 0;
    run.focus.setPace([&asked] { return ++asked, 100 * patience; });
    QSignalSpy changes(&run.focus, &Focus::treeChanged);
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    QCOMPARE(asked, 1);
    QCOMPARE(changes.size(), 1);  // the run does not train any more: nothing has to wait
    QCOMPARE(run.focus.place().iteration, 2);
    QVERIFY(!run.focus.growing().on);
  }

  void a_pinned_tree_stays_while_the_run_goes_on() {
    Run run(*this, 4);
    Focus& focus = run.focus;
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    focus.show({run.session.run(), 1, {1}});
    QTRY_COMPARE_WITH_TIMEOUT(focus.place().iteration, 1, patience);
    QVERIFY(!focus.following());
    QCOMPARE(focus.tree()->prompt, PromptId{1});
    run.session.resumeRun({.run = run.session.run(), .iterations = 6});
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    QCOMPARE(focus.place().iteration, 1);
    focus.follow();
    QCOMPARE(focus.place().iteration, 5);
  }

  void a_selected_node_is_explained_and_goes_back_and_forward() {
    Run run(*this, 1);
    Focus& focus = run.focus;
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    const auto leaf = static_cast<std::int32_t>(focus.tree()->nodes.size()) - 1;
    focus.select(leaf);
    QTRY_VERIFY_WITH_TIMEOUT(focus.trace() != nullptr, patience);
    QVERIFY(!focus.trace()->leaves.empty());
    focus.select(0);
    focus.back();
    QCOMPARE(focus.selected(), leaf);
    focus.forward();
    QCOMPARE(focus.selected(), 0);
    QVERIFY(!focus.canGoForward());
  }

  void another_rule_credits_the_same_tree_again() {
    Run run(*this, 1);
    Focus& focus = run.focus;
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    const auto before = focus.tree();
    focus.setCreditRule("treerpo");
    QTRY_VERIFY_WITH_TIMEOUT(focus.tree() != before && focus.trace(), patience);
    QCOMPARE(focus.trace()->rule, std::string("treerpo"));
    QCOMPARE(focus.tree()->rewards, before->rewards);
  }

  void a_history_has_every_iteration_once() {
    Run run(*this, 5);
    QTRY_VERIFY_WITH_TIMEOUT(run.session.state() == RunState::idle, patience);
    QTRY_COMPARE_WITH_TIMEOUT(run.history.iterations().size(), std::size_t{5}, patience);
    for (std::size_t i = 0; i < 5; ++i)
      QCOMPARE(run.history.iterations()[i].iteration, static_cast<std::int32_t>(i));
    QSignalSpy read(&run.history, &History::promptsRead);
    run.history.readPrompts(2);
    QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, patience);
  }

 private:
  // A run of the fake engine that something looks at.
  struct Run {
    Run(TestFocus& test, int iterations)
        : session((test.folder_.path() + QString("/%1.tgws").arg(++test.stores_)).toStdString(),
                  [] { return std::make_shared<FakeEngine>(test::FakeEngineOptions{}); }),
          focus(session),
          history(session) {
      session.train(smallConfig(iterations));
    }
    Session session;
    Focus focus;
    History history;
  };

  QTemporaryDir folder_;
  int stores_ = 0;
};

QTEST_GUILESS_MAIN(TestFocus)
#include "tst_focus.moc"
