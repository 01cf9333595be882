// Regrow and more leaves as a user has them: asked of a node, stored beside its tree, shown.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/keep_picture.h"
#include "views/regrown_dialog.h"
#include "window/explore_commands.h"
#include "window/regrown_commands.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

// What stands in the window, without the window.
struct Desk {
  QTemporaryDir folder;
  QWidget window;
  Session session;
  Focus focus{session};
  Actions actions{&window};
  ExploreCommands explore{session, focus, actions, &window};

  explicit Desk(FakeEngineOptions options = {})
      : session(std::filesystem::path(folder.path().toStdString()) / "runs.tgws",
                [options] { return std::make_shared<FakeEngine>(options); }) {}

  RegrownDialog* shown() const { return window.findChild<RegrownDialog*>(); }
  std::vector<StoredRegrown> stored() const {
    return Workbench(session.store(), {}).regrown(RunId{1}, 0, PromptId{1});
  }
  QString said(const char* label) const { return shown()->findChild<QLabel*>(label)->text(); }
  bool looksAt(std::int32_t iteration) const {
    return focus.place().iteration == iteration && focus.tree() && !focus.growing().on;
  }
};

}  // namespace

class TestExploreCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void between_runs_the_last_checkpoint_grows_more_leaves_that_are_stored_and_shown() {
    Desk desk;
    desk.session.train(smallConfig(2));
    QTRY_VERIFY_WITH_TIMEOUT(desk.session.state() == RunState::idle, patience);
    desk.focus.show({RunId{1}, 0, PromptId{1}});
    QTRY_VERIFY_WITH_TIMEOUT(desk.looksAt(0), patience);
    desk.focus.select(0);
    QVERIFY(desk.actions[u"tree.more_leaves"]->isEnabled());
    desk.actions[u"tree.more_leaves"]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(desk.shown(), patience);
    const auto stored = desk.stored();
    QCOMPARE(stored.size(), std::size_t{1});
    QCOMPARE(leaves(stored[0].regrown.tree).size(), std::size_t{8});
    QVERIFY2(desk.said("regrown_origin").contains("weights after 2 iterations"),
             qPrintable(desk.said("regrown_origin")));
    QVERIFY(desk.said("regrown_origin").contains("Never trained"));
    QVERIFY(desk.said("regrown_rewards").startsWith("8 new leaves"));
    QVERIFY(desk.said("regrown_command").contains("--leaves 8 --seed 0"));
    delete desk.shown();
    desk.explore.moreLeaves(0);
    QTRY_VERIFY_WITH_TIMEOUT(desk.shown(), patience);
    QVERIFY(desk.said("regrown_command").contains("--seed 1"));  // other noise than before
  }

  void what_was_grown_again_is_chosen_in_the_header_and_left_again() {
    Desk desk;
    TreeCanvas canvas;
    CanvasHeader header(desk.actions);
    RegrownCommands regrown({desk.session, desk.focus, desk.actions, header, canvas}, nullptr);
    connect(&desk.explore, &ExploreCommands::showAsked, &regrown, &RegrownCommands::refresh);
    connect(&desk.explore, &ExploreCommands::stored, &regrown, [&] { regrown.refresh(); });
    desk.session.train(smallConfig(2));
    QTRY_VERIFY_WITH_TIMEOUT(desk.session.state() == RunState::idle, patience);
    desk.focus.show({RunId{1}, 0, PromptId{1}});
    QTRY_VERIFY_WITH_TIMEOUT(desk.looksAt(0), patience);
    auto* choice = header.findChild<QComboBox*>("header_regrown");
    QVERIFY(choice->isHidden());
    const auto trained = desk.focus.tree();
    desk.focus.select(0);
    desk.explore.moreLeaves(0);
    QTRY_VERIFY_WITH_TIMEOUT(desk.shown(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(choice->count(), 2, patience);
    QVERIFY(!choice->isHidden());
    QVERIFY2(choice->itemText(1).startsWith("8 more leaves of node 0"),
             qPrintable(choice->itemText(1)));
    QCOMPARE(choice->currentIndex(), 0);
    QVERIFY(!desk.actions[u"tree.trained"]->isEnabled());

    desk.shown()->findChild<QPushButton*>("regrown_show")->click();
    QTRY_VERIFY_WITH_TIMEOUT(desk.focus.regrown(), patience);
    QCOMPARE(choice->currentIndex(), 1);
    QCOMPARE(leaves(*desk.focus.tree()).size(), std::size_t{8});
    QCOMPARE(desk.focus.selected(), 0);
    QCOMPARE(canvas.view().regrown.size(),
             desk.focus.tree()->nodes.size() - 1);  // all but the root
    canvas.resize(900, 500);
    canvas.setTree(desk.focus.tree(), desk.focus.figures());
    canvas.show();
    canvas.perform(u"tree.fit");
    canvas.refresh();
    treegrpo::test::keepPicture(canvas, "regrown-canvas");
    treegrpo::test::keepPicture(header, "regrown-header");
    QVERIFY(!desk.focus.trace());
    QVERIFY(!desk.actions[u"tree.regrow"]->isEnabled());
    QVERIFY(desk.explore.commandOf(0).contains("--leaves 8"));

    desk.actions[u"tree.trained"]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.focus.regrown(), patience);
    QCOMPARE(desk.focus.tree()->nodes.size(), trained->nodes.size());
    QCOMPARE(choice->currentIndex(), 0);
    QVERIFY(canvas.view().regrown.empty());
    Q_EMIT header.regrownChosen(0);
    QVERIFY(desk.focus.regrown());
    desk.focus.show({RunId{1}, 1, PromptId{1}});  // nothing was grown from that tree
    QTRY_VERIFY_WITH_TIMEOUT(desk.looksAt(1) && !desk.focus.regrown(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(choice->isHidden(), patience);
  }

  void a_paused_run_regrows_with_its_own_weights_and_stays_paused() {
    Desk desk({.level_time = std::chrono::milliseconds(1)});
    desk.session.train(smallConfig(400));
    QSignalSpy finished(&desk.session, &Session::iterationFinished);
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() >= 2, patience);
    desk.session.pause();
    QTRY_VERIFY_WITH_TIMEOUT(desk.session.state() == RunState::paused, patience);
    desk.focus.show({RunId{1}, 0, PromptId{1}});
    QTRY_VERIFY_WITH_TIMEOUT(desk.looksAt(0), patience);
    desk.explore.regrow(0);
    QTRY_VERIFY_WITH_TIMEOUT(desk.shown(), patience);
    QVERIFY(desk.session.state() == RunState::paused);
    QCOMPARE(desk.stored()[0].regrown.weights.iterations,
             static_cast<std::int32_t>(finished.count()));
  }

  void a_leaf_and_a_run_without_a_checkpoint_are_refused_in_a_sentence() {
    Desk desk({.checkpoint_every = 100});
    QStringList failures;
    connect(&desk.session, &Session::failed, this, [&](const QString& said) { failures << said; });
    desk.session.train(smallConfig(1));
    QTRY_VERIFY_WITH_TIMEOUT(desk.session.state() == RunState::idle, patience);
    desk.focus.show({RunId{1}, 0, PromptId{1}});
    QTRY_VERIFY_WITH_TIMEOUT(desk.looksAt(0), patience);
    const std::int32_t leaf = leaves(*desk.focus.tree()).front();
    desk.focus.select(leaf);
    QVERIFY(!desk.actions[u"tree.regrow"]->isEnabled());
    QVERIFY(desk.explore.commandOf(leaf).isEmpty());
    desk.explore.regrow(leaf);
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, patience);
    QVERIFY2(failures[0].contains("is a leaf"), qPrintable(failures[0]));
    desk.explore.regrow(0);
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 2, patience);
    QVERIFY2(failures[1].contains("no checkpoint"), qPrintable(failures[1]));
    QVERIFY(!desk.shown());
  }
};

QTEST_MAIN(TestExploreCommands)
#include "tst_explore_commands.moc"
