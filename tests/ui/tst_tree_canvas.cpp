#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>

#include "actions.h"
#include "canvas/tree_walk.h"
#include "style/studio_style.h"
#include "ui/canvas_trees.h"
#include "views/tree_canvas.h"
#include "views/tree_hover_card.h"
#include "views/tree_keys_overlay.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

using Nodes = std::set<std::int32_t>;

// A canvas as the window has it: its actions added, what is chosen handed back.
class Bench : public QObject {
  Q_OBJECT

 public:
  explicit Bench(TreeSchedule schedule = mockupSchedule())
      : actions(this), record(shared(creditedTree(schedule))) {
    canvas.resize(900, 600);
    actions.addTo(&canvas, ActionScope::tree);
    for (QAction* action : actions.all())
      connect(action, &QAction::triggered, this,
              [this, action] { known = canvas.perform(action->objectName()); });
    connect(&canvas, &TreeCanvas::nodeChosen, this, [this](std::int32_t node) {
      selected = node;
      also.clear();
      handBack();
    });
    connect(&canvas, &TreeCanvas::nodesChosen, this, [this](const Nodes& nodes) {
      also = nodes;
      handBack();
    });
    connect(&canvas, &TreeCanvas::referenceChosen, this, [this](std::int32_t node) {
      reference = node;
      handBack();
    });
    connect(&canvas, &TreeCanvas::bookmarkToggled, this, [this](std::int32_t node) {
      if (bookmarks.erase(node) == 0) bookmarks.insert(node);
      handBack();
    });
  }

  void show() {
    canvas.setTree(record, nullptr);
    canvas.show();
    QVERIFY(QTest::qWaitForWindowActive(&canvas));
    canvas.setFocus();
    canvas.refresh();
  }

  void handBack() { canvas.setSelection(selected, also, reference, bookmarks); }

  // Where a hit box of that kind stands now.
  QPoint middleOf(HitKind kind, std::int32_t target) {
    canvas.refresh();
    for (const HitBox& hit : hitsOf(canvas.drawing(), kind)) {
      if (hit.target != target) continue;
      const Point at = hit.box.centre();
      return {static_cast<int>(at.x), static_cast<int>(at.y)};
    }
    return {-1, -1};
  }
  QPoint nodeAt(std::int32_t node) { return middleOf(HitKind::node, node); }

  void click(QPoint at, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    QTest::mouseClick(&canvas, Qt::LeftButton, keys, at);
  }

  // QTest::mouseMove moves the platform's pointer, which keeps buttons of tests before.
  void moveTo(QPoint at) {
    QMouseEvent event(QEvent::MouseMove, at, canvas.mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QApplication::sendEvent(&canvas, &event);
  }

  void wheel(QPoint at, int turned, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, turned}, Qt::NoButton, keys,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &event);
  }

  bool cardShown() const { return canvas.findChild<TreeHoverCard*>()->isVisible(); }

  TreeCanvas canvas;
  Actions actions;
  std::shared_ptr<const TreeRecord> record;
  std::int32_t selected = -1, reference = -1;
  Nodes also, bookmarks;
  bool known = true;
};

std::int32_t stepOf(const Bench& bench, std::int32_t node) {
  return bench.record->nodes[static_cast<std::size_t>(node)].step;
}

}  // namespace

class TestTreeCanvas : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void without_a_tree_it_says_so_and_every_action_is_harmless() {
    Bench bench;
    bench.canvas.refresh();
    QVERIFY(hasText(bench.canvas.drawing(), "No tree yet"));
    QCOMPARE(bench.canvas.accessibleDescription(), QString("no tree yet"));
    QSignalSpy chosen(&bench.canvas, &TreeCanvas::nodeChosen);
    for (const ActionRow& row : actionRows()) bench.canvas.perform(QString(row.name));
    bench.click({200, 200});
    bench.wheel({200, 200}, 120);
    QCOMPARE(chosen.size(), 0);
  }

  void every_action_of_the_tree_is_known() {
    Bench bench;
    bench.show();
    for (const ActionRow& row : actionRows()) {
      const QString name(row.name);
      QCOMPARE(bench.canvas.perform(name), row.scope == ActionScope::tree);
    }
  }

  void the_first_tree_fits_and_later_ones_of_its_schedule_leave_the_viewport_alone() {
    Bench bench;
    bench.show();
    const float fitted = bench.canvas.view().zoom;
    for (const std::int32_t leaf : leaves(*bench.record))
      QVERIFY(bench.canvas.rect().contains(bench.nodeAt(leaf)));
    bench.canvas.setTree(shared(creditedTree(bench.record->schedule, 5)), nullptr);
    QCOMPARE(bench.canvas.view().zoom, fitted);
    bench.canvas.setTree(shared(creditedTree(windowSchedule(1, 1, 1, 2), 5)), nullptr);
    QVERIFY(bench.canvas.view().zoom > fitted);  // fewer leaves fill the view as well
    bench.canvas.setTree(bench.record, nullptr);
    QCOMPARE(bench.canvas.view().zoom, fitted);
    bench.canvas.resize(700, 400);
    QTRY_VERIFY(bench.canvas.view().zoom < fitted);
    bench.wheel({300, 200}, 120);
    const float zoomed = bench.canvas.view().zoom;
    bench.canvas.setTree(shared(creditedTree(windowSchedule(1, 1, 1, 2), 5)), nullptr);
    QCOMPARE(bench.canvas.view().zoom, zoomed);
    bench.canvas.setTree(bench.record, nullptr);
    bench.canvas.resize(900, 600);
    QTRY_COMPARE(bench.canvas.view().width, 900.f);
    QCOMPARE(bench.canvas.view().zoom, zoomed);
  }

  void a_click_selects_and_ctrl_adds() {
    Bench bench;
    bench.show();
    bench.click(bench.nodeAt(5));
    QCOMPARE(bench.selected, 5);
    QCOMPARE(bench.canvas.view().selected, 5);
    QCOMPARE(bench.canvas.view().last_child.at(3), 5);
    bench.click(bench.nodeAt(7), Qt::ControlModifier);
    QCOMPARE(bench.also, Nodes({5, 7}));
    bench.click(bench.nodeAt(5), Qt::ControlModifier);
    QCOMPARE(bench.also, Nodes({7}));
    QCOMPARE(bench.selected, 5);
    bench.click(bench.nodeAt(4));
    QCOMPARE(bench.also, Nodes());
  }

  void zoom_and_order_are_gone_to_and_then_nothing_moves() {
    Bench bench;
    bench.show();
    bench.canvas.perform(u"tree.fit");
    QTest::qWait(300);
    for (const char16_t* action : {u"tree.zoom_in", u"tree.order_value"}) {
      const QPoint before = bench.nodeAt(20);
      QElapsedTimer clock;
      clock.start();
      bench.canvas.perform(action);
      const QPoint begun = bench.nodeAt(20);
      if (clock.elapsed() < 50) QVERIFY((begun - before).manhattanLength() < 20);  // not at once
      QTest::qWait(400);
      const QPoint there = bench.nodeAt(20);
      QVERIFY(there != before);
      QTest::qWait(100);
      QCOMPARE(bench.nodeAt(20), there);
    }
    bench.canvas.setReducedMotion(true);
    const QPoint before = bench.nodeAt(20);
    bench.canvas.perform(u"tree.order_value");
    const QPoint at_once = bench.nodeAt(20);
    QVERIFY((at_once - before).manhattanLength() > 20);
    QTest::qWait(100);
    QCOMPARE(bench.nodeAt(20), at_once);
  }

  void a_node_selected_elsewhere_is_brought_in_and_one_in_sight_moves_nothing() {
    Bench bench;
    bench.show();
    QTest::mouseDClick(&bench.canvas, Qt::LeftButton, {}, bench.nodeAt(0));
    for (int notch = 0; notch < 8; ++notch) bench.wheel({100, 100}, 120);
    QCOMPARE(bench.nodeAt(60), QPoint(-1, -1));
    bench.canvas.setSelection(60, {}, -1, {});
    QTRY_VERIFY(bench.canvas.rect().contains(bench.nodeAt(60)));  // after the way there
    const TreeView before = bench.canvas.view();
    bench.canvas.setTree(shared(creditedTree(mockupSchedule(), 9)), nullptr);
    bench.canvas.setSelection(60, {61}, -1, {});
    QCOMPARE(bench.canvas.view().pan, before.pan);
    QCOMPARE(bench.canvas.view().zoom, before.zoom);
  }

  void escape_ends_a_rectangle_without_choosing() {
    Bench bench;
    bench.show();
    QSignalSpy chosen(&bench.canvas, &TreeCanvas::nodesChosen);
    QTest::mousePress(&bench.canvas, Qt::LeftButton, {}, {4, 300});
    QTest::mouseMove(&bench.canvas, {600, 400});
    QTest::keyClick(&bench.canvas, Qt::Key_Escape);
    QTest::mouseRelease(&bench.canvas, Qt::LeftButton, {}, {600, 400});
    QCOMPARE(chosen.size(), 0);
  }

  void a_rectangle_on_empty_ground_selects_what_it_holds() {
    Bench bench;
    bench.show();
    const QPoint first = bench.nodeAt(4), last = bench.nodeAt(6);
    const QPoint from(first.x() - 40, first.y() - 40), to(last.x() + 40, last.y() + 40);
    QTest::mousePress(&bench.canvas, Qt::LeftButton, {}, from);
    QTest::mouseMove(&bench.canvas, (from + to) / 2);
    QTest::mouseRelease(&bench.canvas, Qt::LeftButton, {}, to);
    QCOMPARE(bench.also, Nodes({4, 5, 6}));
    bench.click({first.x() - 40, first.y() - 40});
    QCOMPARE(bench.also, Nodes());
  }

  void a_step_header_selects_its_nodes_and_the_legend_goes_on() {
    Bench bench;
    bench.show();
    bench.click(bench.middleOf(HitKind::step, 5));
    QCOMPARE(bench.also.size(), std::size_t(9));
    for (const std::int32_t node : bench.also) QCOMPARE(stepOf(bench, node), 5);
    QSignalSpy changed(&bench.canvas, &TreeCanvas::viewChanged);
    bench.click(bench.middleOf(HitKind::legend, 0));
    QCOMPARE(bench.canvas.view().overlay, Overlay::log_prob);
    QCOMPARE(changed.size(), 1);
    for (int more = 0; more < 6; ++more) bench.click(bench.middleOf(HitKind::legend, 0));
    QCOMPARE(bench.canvas.view().overlay, Overlay::advantage);
    bench.click(bench.middleOf(HitKind::legend, 2));
    QCOMPARE(bench.selected, bestLeaf(*bench.record));
  }

  void the_wheel_zooms_at_the_pointer_and_shift_pans() {
    Bench bench;
    bench.show();
    const QPoint at = bench.nodeAt(8);
    const float before = bench.canvas.view().zoom;
    bench.wheel(at, 240);
    QVERIFY(bench.canvas.view().zoom > 1.3f * before);
    QVERIFY((bench.nodeAt(8) - at).manhattanLength() <= 2);
    const float pan = bench.canvas.view().pan.x;
    bench.wheel(at, -120, Qt::ShiftModifier);
    QCOMPARE(bench.canvas.view().pan.x, pan - 60);
  }

  void the_middle_button_and_alt_pan() {
    Bench bench;
    bench.show();
    for (const auto& [button, keys] :
         {std::pair(Qt::MiddleButton, Qt::KeyboardModifiers()),
          std::pair(Qt::LeftButton, Qt::KeyboardModifiers(Qt::AltModifier))}) {
      const Point before = bench.canvas.view().pan;
      QTest::mousePress(&bench.canvas, button, keys, {300, 300});
      QTest::mouseMove(&bench.canvas, {330, 290});
      QTest::mouseRelease(&bench.canvas, button, keys, {330, 290});
      QCOMPARE(bench.canvas.view().pan, Point({before.x + 30, before.y - 10}));
      QTest::mouseMove(&bench.canvas, {400, 400});
      QCOMPARE(bench.canvas.view().pan.x, before.x + 30);
    }
    QCOMPARE(bench.selected, -1);
  }

  void a_double_click_fits_the_subtree_and_on_the_ground_the_tree() {
    Bench bench;
    bench.show();
    const float whole = bench.canvas.view().zoom;
    QTest::mouseDClick(&bench.canvas, Qt::LeftButton, {}, bench.nodeAt(7));
    QVERIFY(bench.canvas.view().zoom > whole);
    QTest::mouseDClick(&bench.canvas, Qt::LeftButton, {}, {4, 300});
    QCOMPARE(bench.canvas.view().zoom, whole);
  }

  void hover_shows_a_halo_at_once_and_a_card_when_the_pointer_rests() {
    Bench bench;
    bench.show();
    bench.moveTo(bench.nodeAt(5));
    QTRY_COMPARE(bench.canvas.view().hovered, 5);
    QVERIFY(!bench.cardShown() && !bench.canvas.view().dim_others);
    QTRY_VERIFY(bench.cardShown());
    QVERIFY(bench.canvas.view().dim_others);
    const auto* card = bench.canvas.findChild<TreeHoverCard*>();
    QVERIFY(bench.canvas.rect().contains(card->geometry()));
    QStringList words;
    for (const QLabel* label : card->findChildren<QLabel*>()) words << label->text();
    for (const char* name : {"t4.1", "log π", "advantage A", "value V", "mean reward below"})
      QVERIFY2(words.contains(name), name);
    QCOMPARE(bench.selected, -1);
    QTest::keyClick(&bench.canvas, Qt::Key_Escape);
    QVERIFY(!bench.cardShown() && bench.canvas.view().hovered == -1);
  }

  void a_card_of_a_leaf_has_its_raw_rewards() {
    const TreeRecord record = creditedTree(mockupSchedule());
    const std::int32_t leaf = leaves(record)[2];
    const auto rows = cardRows(record, treeFigures(record), leaf);
    QCOMPARE(rows.front().value, QString("t10.2"));
    for (const std::string& name : record.reward_names) {
      const auto named = [&](const CardRow& row) {
        return row.name.trimmed() == QString::fromStdString(name);
      };
      QVERIFY(std::any_of(rows.begin(), rows.end(), named));
    }
  }

  void keys_walk() {
    Bench bench;
    bench.show();
    QTest::keyClick(&bench.canvas, Qt::Key_Right);
    QCOMPARE(bench.selected, 0);
    QTest::keyClick(&bench.canvas, Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(bench.selected, 3);
    QTest::keyClick(&bench.canvas, Qt::Key_3);
    QCOMPARE(bench.selected, 6);
    QTest::keyClick(&bench.canvas, Qt::Key_Up);
    QCOMPARE(bench.selected, 5);
    QTest::keyClick(&bench.canvas, Qt::Key_Left);
    QTest::keyClick(&bench.canvas, Qt::Key_Right);
    QCOMPARE(bench.selected, 5);  // the child walked last
    QTest::keyClick(&bench.canvas, Qt::Key_B);
    QCOMPARE(bench.selected, bestLeaf(*bench.record));
    QTest::keyClick(&bench.canvas, Qt::Key_N);
    QCOMPARE(bench.selected, largestEdge(*bench.record, bestLeaf(*bench.record), Direction::next));
    QTest::keyClick(&bench.canvas, Qt::Key_Home);
    QCOMPARE(bench.selected, 0);
    QVERIFY(bench.known);
  }

  void keys_collapse_hoist_and_bring_hidden_nodes_back() {
    Bench bench;
    bench.show();
    bench.click(bench.nodeAt(5));
    const QPoint before = bench.nodeAt(5);
    QTest::keyClick(&bench.canvas, Qt::Key_C);
    QCOMPARE(bench.canvas.view().collapsed, Nodes({5}));
    QVERIFY((bench.nodeAt(5) - before).manhattanLength() <= 2);
    bench.click(bench.middleOf(HitKind::expander, 5));
    QCOMPARE(bench.canvas.view().collapsed, Nodes());
    QTest::keyClick(&bench.canvas, Qt::Key_H);
    QCOMPARE(bench.canvas.view().hoisted, 5);
    QTest::keyClick(&bench.canvas, Qt::Key_B, Qt::ShiftModifier);
    QCOMPARE(bench.selected, worstLeaf(*bench.record));
    QVERIFY(bench.nodeAt(bench.selected).x() >= 0);
    QTest::keyClick(&bench.canvas, Qt::Key_C, Qt::ShiftModifier);
    QVERIFY(bench.canvas.view().collapsed.size() > 5);
    QVERIFY(bench.nodeAt(bench.selected).x() >= 0);
  }

  void keys_mark_and_show_other_numbers() {
    Bench bench;
    bench.show();
    bench.click(bench.nodeAt(5));
    QTest::keyClick(&bench.canvas, Qt::Key_M);
    QTest::keyClick(&bench.canvas, Qt::Key_R);
    QCOMPARE(bench.bookmarks, Nodes({5}));
    QCOMPARE(bench.canvas.view().reference, 5);
    QTest::keyClick(&bench.canvas, Qt::Key_Home);
    QTest::keyClick(&bench.canvas, Qt::Key_Apostrophe);
    QCOMPARE(bench.selected, 5);
    QTest::keyClick(&bench.canvas, Qt::Key_R);
    QCOMPARE(bench.reference, -1);
    QTest::keyClick(&bench.canvas, Qt::Key_O);
    QTest::keyClick(&bench.canvas, Qt::Key_K);
    QCOMPARE(bench.canvas.view().overlay, Overlay::kl);
    QTest::keyClick(&bench.canvas, Qt::Key_0);
    QCOMPARE(bench.canvas.view().zoom, 1.f);
    QTest::keyClick(&bench.canvas, Qt::Key_Minus);
    QCOMPARE(bench.canvas.view().zoom, .8f);
    QTest::keyClick(&bench.canvas, Qt::Key_F);
    QVERIFY(bench.canvas.view().zoom != .8f);
  }

  void holding_the_question_mark_shows_every_key() {
    Bench bench;
    bench.show();
    QTest::keyPress(&bench.canvas, '?', Qt::ShiftModifier);
    const auto* keys = bench.canvas.findChild<TreeKeysOverlay*>();
    QVERIFY(keys && keys->isVisible());
    QStringList words;
    for (const QLabel* label : keys->findChildren<QLabel*>()) words << label->text();
    for (const ActionRow& row : actionRows()) {
      if (row.scope == ActionScope::tree && *row.keys)
        QVERIFY2(!words.filter(QString::fromUtf8(row.text)).isEmpty(), row.name);
    }
    QTest::keyRelease(&bench.canvas, '?', Qt::ShiftModifier);
    QVERIFY(!bench.canvas.findChild<TreeKeysOverlay*>());
    QTest::keyPress(&bench.canvas, '?', Qt::ShiftModifier);
    QTest::keyPress(&bench.canvas, Qt::Key_Escape);
    QVERIFY(!bench.canvas.findChild<TreeKeysOverlay*>());
  }

  void every_part_says_what_it_is() {
    Bench bench;
    bench.show();
    const auto tipOf = [&](QPoint at) {
      QToolTip::hideText();
      QHelpEvent event(QEvent::ToolTip, at, bench.canvas.mapToGlobal(at));
      QApplication::sendEvent(&bench.canvas, &event);
      return QToolTip::text();
    };
    QVERIFY(tipOf(bench.middleOf(HitKind::legend, 0)).contains("A = Σ"));
    QVERIFY(tipOf(bench.middleOf(HitKind::legend, 1)).contains("ODE"));
    QVERIFY(tipOf(bench.middleOf(HitKind::step, 4)).contains("noise level 0.70; 3 children"));
    QStringList columns;
    for (int x = bench.nodeAt(bench.record->steps()).x(); x < 900; x += 20)
      columns << tipOf({x, 20}) << tipOf({x, 70});
    QVERIFY(!columns.filter("A of each leaf").isEmpty());
    QVERIFY(!columns.filter("R of each leaf").isEmpty());
    tipOf({4, 300});
    QTRY_VERIFY(!QToolTip::isVisible());
  }

  void a_right_click_asks_for_a_menu_and_leaves_the_selection() {
    Bench bench;
    bench.show();
    QSignalSpy asked(&bench.canvas, &TreeCanvas::contextMenuAsked);
    const QPoint at = bench.nodeAt(6);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, bench.canvas.mapToGlobal(at));
    QApplication::sendEvent(&bench.canvas, &event);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toInt(), 6);
    QCOMPARE(asked[0][1].toPoint(), bench.canvas.mapToGlobal(at));
    QCOMPARE(bench.selected, -1);
  }

  void it_says_the_selection_to_screen_readers() {
    Bench bench;
    TreeRecord record = creditedTree(mockupSchedule());
    record.nodes[4].advantage = .638;
    record.nodes[5].advantage = -.31;
    bench.record = shared(std::move(record));
    bench.show();
    QCOMPARE(bench.canvas.accessibleName(), QString("Denoising tree"));
    bench.canvas.setSelection(4, {}, -1, {});
    QCOMPARE(bench.canvas.accessibleDescription(),
             QString("node t4.0, advantage plus 0.64, 3 children"));
    bench.canvas.setSelection(5, {}, -1, {});
    QVERIFY(bench.canvas.accessibleDescription().contains("advantage minus 0.31"));
  }

  void it_paints_while_a_tree_grows_and_is_idle_else() {
    Bench bench;
    bench.show();
    bench.canvas.setTree(shared(grownSoFar(*bench.record, 8)), nullptr);
    bench.canvas.setGrowing({.on = true, .first_new = 4, .evaluated = 3, .seconds = 0});
    const int before = bench.canvas.frames();
    QTRY_VERIFY(bench.canvas.view().growing.seconds >= .5);
    QTRY_VERIFY(bench.canvas.frames() >= before + 2);
    bench.canvas.setReducedMotion(true);
    QTest::qWait(150);
    const int still = bench.canvas.frames();
    QTest::qWait(600);
    QCOMPARE(bench.canvas.frames(), still);
    bench.canvas.setReducedMotion(false);
    bench.canvas.setGrowing({});
    QTest::qWait(150);
    const int idle = bench.canvas.frames();
    QTest::qWait(600);
    QCOMPARE(bench.canvas.frames(), idle);
  }

  void advantages_flow_from_the_leaves_to_the_root_unless_motion_is_reduced() {
    Bench bench;
    TreeRecord credited = creditedTree(mockupSchedule());
    credited.nodes[4].advantage = 3.21;  // beside the first edge that branches, the last in turn
    bench.record = shared(credited);
    bench.show();
    for (TreeNode& node : credited.nodes) node.advantage = no_value;
    for (const bool reduced : {false, true}) {
      bench.canvas.setReducedMotion(reduced);
      bench.canvas.setTree(shared(credited), nullptr);
      bench.canvas.setTree(bench.record, nullptr);
      bench.canvas.refresh();
      QCOMPARE(hasText(bench.canvas.drawing(), "+3.21"), reduced);
      QTRY_COMPARE(bench.canvas.view().credit_front, 0.f);
      bench.canvas.refresh();
      QVERIFY(hasText(bench.canvas.drawing(), "+3.21"));
    }
  }

  void a_kept_view_comes_back_and_the_next_tree_does_not_refit_it() {
    Bench bench;
    TreeView kept;
    kept.zoom = 2;
    kept.pan = {-100, -50};
    kept.overlay = Overlay::reward;
    kept.collapsed = {5};
    kept.selected = 9;
    bench.canvas.setView(kept);
    bench.show();
    QCOMPARE(bench.canvas.view().zoom, 2.f);
    QCOMPARE(bench.canvas.view().pan, Point({-100, -50}));
    QCOMPARE(bench.canvas.view().collapsed, Nodes({5}));
    QCOMPARE(bench.canvas.view().selected, -1);  // the window's to say
    QCOMPARE(bench.canvas.view().width, 900.f);
  }

  // TREEGRPO_KEEP_PROOF names a folder.
  void it_can_be_looked_at() {
    const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF");
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      const QString name = kind == ThemeKind::dark ? "dark" : "light";
      const auto keep = [&](Bench& bench, const QString& what) {
        const QPixmap picture = bench.canvas.grab();
        QVERIFY(!picture.isNull());
        if (!folder.isEmpty()) QVERIFY(picture.save(folder + "/" + what + "-" + name + ".png"));
      };
      Bench bench;
      bench.canvas.setLooks(theme(kind), loadFonts(uiScale(1)));
      keep(bench, "empty");
      bench.show();
      bench.canvas.setSelection(5, {7, 8}, 11, {9});
      bench.moveTo(bench.nodeAt(12));
      QTRY_VERIFY(bench.cardShown());
      keep(bench, "card");
      bench.moveTo({3, 300});
      QTest::keyPress(&bench.canvas, '?', Qt::ShiftModifier);
      keep(bench, "keys");
    }
  }
};

QTEST_MAIN(TestTreeCanvas)
#include "tst_tree_canvas.moc"
