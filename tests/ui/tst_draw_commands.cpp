// Pictures drawn again as a user has them: the latent of the selected node, and what is not stored.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/keep_picture.h"
#include "window/draw_commands.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

constexpr int latent_tab = 1;

// What stands in the window, without the window.
struct Desk {
  QTemporaryDir folder;
  Session session;
  Focus focus{session};
  History history{session};
  NodeInspector inspector;
  DrawCommands draw{{session, focus, history, inspector}, nullptr};

  // Of a store of its own, or of one that is there.
  explicit Desk(Workbench::LoadEngine load, const std::filesystem::path& store = {})
      : session(store.empty() ? std::filesystem::path(folder.path().toStdString()) / "runs.tgws"
                              : store,
                std::move(load)) {
    const auto show = [this] {
      inspector.setTree(focus.tree(), focus.figures(), focus.trace(), focus.selected());
    };
    // Before those of DrawCommands, as in the window.
    QObject::connect(&focus, &Focus::treeChanged, &inspector, show);
    inspector.resize(340, 700);
    inspector.show();
  }
  explicit Desk(FakeEngineOptions options = {})
      : Desk([options] { return std::make_shared<FakeEngine>(options); }) {}

  void train(int iterations) {
    session.train(smallConfig(iterations));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
  }
  void show(std::int32_t iteration) {
    const Place place{RunId{1}, iteration, PromptId{1}};
    focus.show(place);
    QTRY_VERIFY_WITH_TIMEOUT(focus.place() == place && focus.tree() && !focus.growing().on,
                             patience);
  }
  void select(std::int32_t node) {
    inspector.setNode(node);
    focus.select(node);
  }
  QTabBar& tabs() const { return *inspector.findChild<QTabBar*>("nodeImageShown"); }
  QPushButton& button() const { return *inspector.findChild<QPushButton*>("drawNode"); }
  QString said() const { return inspector.findChild<QLabel*>("nodeDrawnOf")->text(); }
  QString place() const {
    const QString why = inspector.findChild<NodeImage*>()->difficulty();
    return why.isEmpty() ? inspector.findChild<NodeImage*>()->caption() : why;
  }
  // The grey of the picture's first pixel, as the probe reads it; empty without one.
  QString grey() const {
    auto* image = inspector.findChild<NodeImage*>();
    QTest::mouseMove(image, {40, 40});
    QTest::mouseMove(image, {2, 2});
    return image->caption().section("R ", 1).section(' ', 0, 0);
  }
};

}  // namespace

class TestDrawCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_latent_follows_the_selection_while_its_tab_is_chosen() {
    Desk desk;
    desk.train(2);
    desk.show(1);
    desk.select(0);
    QVERIFY(!desk.session.computing());  // nothing is drawn that is not looked at
    desk.tabs().setCurrentIndex(latent_tab);
    QTRY_COMPARE_WITH_TIMEOUT(desk.grey(), QString("100"), patience);
    QCOMPARE(desk.said(), QString("Drawn again with the weights that grew the tree."));
    QVERIFY(!desk.button().isVisible());
    const std::int32_t leaf = leaves(*desk.focus.tree()).back();
    desk.select(leaf);
    const int step = desk.focus.tree()->steps();
    QTRY_COMPARE_WITH_TIMEOUT(desk.grey(), QString::number(100 + step), patience);
    // All of the way was drawn with it, and is at hand.
    const std::int32_t above = desk.focus.tree()->nodes[static_cast<std::size_t>(leaf)].parent;
    QSignalSpy work(&desk.session, &Session::computingChanged);
    desk.select(above);
    QCOMPARE(desk.grey(), QString::number(99 + step));
    QCOMPARE(work.count(), 0);
    desk.tabs().setCurrentIndex(0);
    desk.select(1);
    QCOMPARE(work.count(), 0);
    treegrpo::test::keepPicture(desk.inspector, "draw-inspector");
  }

  void a_picture_that_is_not_stored_says_why_and_is_drawn_when_asked() {
    Desk desk;
    desk.train(2);
    desk.show(1);
    desk.select(1);
    QCOMPARE(desk.place(), QString("Image not stored"));
    QVERIFY2(desk.said().contains("every 20 iterations"), qPrintable(desk.said()));
    QVERIFY(desk.button().isVisible());
    QCOMPARE(desk.button().text(), QString("Draw again"));
    desk.button().click();
    QCOMPARE(desk.button().text(), QString("Drawing…"));
    QVERIFY(!desk.button().isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(desk.grey(), QString("1"), patience);
    QVERIFY(!desk.button().isVisible());
    QVERIFY(desk.said().startsWith("Drawn again"));
  }

  void of_weights_that_did_not_grow_the_tree_it_is_said_so() {
    Desk desk({.checkpoint_every = 4});
    desk.train(4);
    desk.show(0);  // of the model itself
    desk.select(0);
    desk.tabs().setCurrentIndex(latent_tab);
    QTRY_VERIFY_WITH_TIMEOUT(desk.said().contains("that grew the tree."), patience);
    desk.show(3);
    QTRY_COMPARE_WITH_TIMEOUT(
        desk.said(),
        QString("Drawn with the weights after 4 iterations; the tree was grown with those after 3: "
                "the same noise, other latents."),
        patience);
  }

  void a_paused_run_draws_with_its_own_weights_and_stays_paused() {
    Desk desk({.checkpoint_every = 100000, .level_time = std::chrono::milliseconds(1)});
    desk.session.train(smallConfig(400));
    QSignalSpy finished(&desk.session, &Session::iterationFinished);
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() >= 3, patience);
    desk.session.pause();
    QTRY_VERIFY_WITH_TIMEOUT(desk.session.state() == RunState::paused, patience);
    const auto done = static_cast<std::int32_t>(finished.count());
    desk.show(done - 1);
    desk.select(0);
    desk.tabs().setCurrentIndex(latent_tab);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.said().isEmpty() && desk.grey() == "100", patience);
    QVERIFY2(desk.said().contains(QString("weights after %1 iteration").arg(done)),
             qPrintable(desk.said()));
    QVERIFY(desk.session.state() == RunState::paused);
    desk.show(0);  // the model itself is nearer than the weights of the moment
    QTRY_VERIFY_WITH_TIMEOUT(desk.said().contains("that grew the tree."), patience);
    QVERIFY(desk.session.state() == RunState::paused);
  }

  void a_run_that_trains_is_held_up_only_when_asked() {
    Desk desk({.checkpoint_every = 100000, .level_time = std::chrono::milliseconds(1)});
    desk.session.train(smallConfig(4000));
    QSignalSpy finished(&desk.session, &Session::iterationFinished);
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() >= 1, patience);
    desk.show(0);
    desk.select(0);
    QSignalSpy work(&desk.session, &Session::computingChanged);
    desk.tabs().setCurrentIndex(latent_tab);
    QCOMPARE(work.count(), 0);
    QVERIFY(desk.button().isVisible() && desk.button().text() == "Draw xₜ");
    desk.button().click();
    QTRY_COMPARE_WITH_TIMEOUT(desk.grey(), QString("100"), patience);
    QVERIFY(desk.session.state() == RunState::running);
  }

  void what_cannot_be_drawn_is_a_sentence_and_not_tried_again_by_itself() {
    Desk desk;
    desk.train(1);
    const auto fails = []() -> std::shared_ptr<Engine> {
      throw Error("LibTorch is not there; install it");
    };
    Desk other(fails, desk.session.store());  // another window on it
    other.show(0);
    other.select(0);
    QSignalSpy work(&other.session, &Session::workEnded);
    other.tabs().setCurrentIndex(latent_tab);
    QTRY_COMPARE_WITH_TIMEOUT(other.said(), QString("LibTorch is not there; install it"), patience);
    QCOMPARE(other.place(), QString("Not drawn yet"));
    other.select(1);
    QCOMPARE(work.count(), 1);
    QVERIFY(other.button().isVisible());
    other.button().click();
    QTRY_COMPARE_WITH_TIMEOUT(work.count(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(other.said(), QString("LibTorch is not there; install it"), patience);
  }

  void what_takes_long_is_cancelled() {
    Desk desk({.work_parts = 60000});
    desk.train(1);
    desk.show(0);
    desk.select(0);
    desk.tabs().setCurrentIndex(latent_tab);
    QVERIFY(desk.session.computing());
    desk.session.cancelComputing();
    QTRY_COMPARE_WITH_TIMEOUT(desk.said(), QString("Cancelled."), patience);
    QVERIFY(!desk.session.computing());
    QVERIFY(desk.button().isVisible() && desk.button().isEnabled());
  }
};

QTEST_MAIN(TestDrawCommands)
#include "tst_draw_commands.moc"
