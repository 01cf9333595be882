#include <QAbstractItemView>
#include <QApplication>
#include <QDockWidget>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSet>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <random>
#include <utility>

#include "store/run_reader.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/node_inspector.h"
#include "views/tree_canvas.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

// Those of a menu and of the menus in it.
void collect(const QMenu& menu, QSet<const QAction*>& actions) {
  for (const QAction* action : menu.actions()) {
    actions.insert(action);
    if (action->menu()) collect(*action->menu(), actions);
  }
}

int rowsOf(const QWidget& window, const char* table) {
  const auto* view = window.findChild<QAbstractItemView*>(QLatin1String(table));
  return view ? view->model()->rowCount() : -1;
}

QColor groundOf(TreeCanvas& canvas) { return canvas.grab().toImage().pixelColor(2, 2); }

}  // namespace

class TestMainWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void every_action_can_be_reached() {
    const auto window = open();
    QSet<const QAction*> in_menus;
    for (const QAction* top : window->menuBar()->actions()) collect(*top->menu(), in_menus);
    for (const QAction* action : window->actions().all())
      QVERIFY2(in_menus.contains(action), qPrintable(action->objectName()));
  }

  void no_two_actions_share_a_shortcut() {
    const auto window = open();
    std::map<QString, QString> owners;
    for (const QAction* action : window->actions().all())
      for (const QKeySequence& keys : action->shortcuts()) {
        if (keys.isEmpty()) continue;
        // A shortcut of the window would take the tree's too: one owner for both scopes.
        const auto [owner, is_new] = owners.emplace(keys.toString(), action->objectName());
        QVERIFY2(is_new,
                 qPrintable(keys.toString() + ": " + owner->second + ", " + action->objectName()));
      }
    QVERIFY(owners.size() > 40);
  }

  void hidden_pages_take_no_room_from_the_docks() {
    const auto window = open();
    const auto* prompts = window->findChild<QDockWidget*>("dock_prompts");
    window->resize(1600, 1000);
    for (const char* layout : {"compare", "explore"}) window->useLayout(layout);
    QTRY_VERIFY(prompts->width() >= 280);
    const auto* state = window->findChild<QLabel*>("status_state");
    QVERIFY(state);
    QTRY_COMPARE(state->text(), state->accessibleName());
  }

  void each_layout_shows_its_docks() {
    const auto window = open();
    const std::map<QString, int> docks = {
        {"explore", 8}, {"train", 6}, {"compare", 0}, {"figure", 0}};
    for (const auto& [layout, count] : docks) {
      window->actions()[QString("view.layout_" + layout)]->trigger();
      int shown = 0;
      for (const QDockWidget* dock : window->findChildren<QDockWidget*>())
        if (!dock->isHidden()) ++shown;
      QCOMPARE(shown, count);
      QVERIFY(window->actions()[QString("view.layout_" + layout)]->isChecked());
    }
    QVERIFY_THROWS_EXCEPTION(Error, window->useLayout("round"));
  }

  void docks_that_share_a_place_have_their_title_in_the_tabs() {
    const auto window = open();
    window->resize(1600, 1000);
    auto* prompts = window->findChild<QDockWidget*>("dock_prompts");
    auto* iterations = window->findChild<QDockWidget*>("dock_iterations");
    QTRY_VERIFY(prompts->titleBarWidget() && iterations->titleBarWidget());
    QVERIFY(!window->findChild<QDockWidget*>("dock_runs")->titleBarWidget());
    const auto closeButton = [&]() -> QToolButton* {
      for (QTabBar* bar : window->findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        if (bar->isVisible() && bar->tabText(bar->currentIndex()) == prompts->windowTitle())
          return bar->findChild<QToolButton*>("dock_tab_close");
      return nullptr;
    };
    QTRY_VERIFY(closeButton());
    closeButton()->click();
    QVERIFY(prompts->isHidden());
    QTRY_VERIFY(!iterations->titleBarWidget());  // alone it has its own title again
    prompts->show();
    QTRY_VERIFY(iterations->titleBarWidget());
  }

  void in_a_narrow_window_the_right_dock_is_a_tab_of_the_left() {
    const auto window = open();
    auto* inspector = window->findChild<QDockWidget*>("dock_inspector");
    window->resize(1600, 1000);
    QCOMPARE(window->dockWidgetArea(inspector), Qt::RightDockWidgetArea);
    window->findChild<QDockWidget*>("dock_rewards")->hide();
    window->resize(1280, 800);
    QCOMPARE(window->dockWidgetArea(inspector), Qt::LeftDockWidgetArea);
    QVERIFY(window->findChild<QDockWidget*>("dock_rewards")->isHidden());
    window->useLayout("explore");
    QVERIFY(window->tabifiedDockWidgets(inspector).contains(
        window->findChild<QDockWidget*>("dock_rewards")));
    window->resize(1600, 1000);
    QCOMPARE(window->dockWidgetArea(inspector), Qt::RightDockWidgetArea);
  }

  void larger_text_makes_a_window_narrow_sooner_and_its_docks_wider() {
    const auto window = open();
    window->resize(1600, 1000);
    auto* inspector = window->findChild<QDockWidget*>("dock_inspector");
    const int before = inspector->widget()->minimumWidth();
    window->setPreferences({.zoom = 1.5});
    QCOMPARE(window->dockWidgetArea(inspector), Qt::LeftDockWidgetArea);
    QVERIFY(inspector->widget()->minimumWidth() > before);
    window->setPreferences({});
    QCOMPARE(window->dockWidgetArea(inspector), Qt::RightDockWidgetArea);
    QCOMPARE(inspector->widget()->minimumWidth(), before);
  }

  void text_size_goes_in_tenths_reaches_the_canvas_and_is_kept() {
    const auto window = open();
    const auto* canvas = window->findChild<TreeCanvas*>();
    const double system = uiScale(1);
    const auto press = [&](const char16_t* action, int times) {
      while (times-- > 0) window->actions()[action]->trigger();
      return loadPreferences().zoom;
    };
    QCOMPARE(press(u"view.zoom_in", 3), 1.3);
    QCOMPARE(canvas->scale(), static_cast<float>(1.3 * system));
    QCOMPARE(press(u"view.zoom_in", 20), 2.);
    QCOMPARE(press(u"view.zoom_out", 30), .8);
    QCOMPARE(press(u"view.zoom_reset", 1), 1.);
    QCOMPARE(canvas->scale(), static_cast<float>(system));
  }

  void a_layout_puts_docks_back() {
    const auto window = open();
    window->resize(1600, 1000);
    auto* runs = window->findChild<QDockWidget*>("dock_runs");
    auto* curves = window->findChild<QDockWidget*>("dock_curves");
    window->addDockWidget(Qt::RightDockWidgetArea, runs);
    curves->setFloating(true);
    window->actions()[u"view.reset_layout"]->trigger();
    QCOMPARE(window->dockWidgetArea(runs), Qt::LeftDockWidgetArea);
    QVERIFY(!curves->isFloating());
  }

  void space_belongs_to_a_focused_button_and_trains_from_the_tree() {
    const auto window = open();
    window->resize(1600, 1000);
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    window->actions()[u"run.toggle"]->disconnect();  // nothing is to be trained here
    const QSignalSpy toggled(window->actions()[u"run.toggle"], &QAction::triggered);
    auto* button = window->findChild<QToolButton*>("button_tree.next_prompt");
    const QSignalSpy clicked(button, &QToolButton::clicked);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(toggled.size(), 0);
    auto* box = window->findChild<QSpinBox*>("iteration_choice");
    box->setFocus();
    const QSignalSpy previous(window->actions()[u"tree.previous_prompt"], &QAction::triggered);
    QTest::keyClick(box, Qt::Key_PageUp);
    QCOMPARE(previous.size(), 0);
    auto* canvas = window->findChild<TreeCanvas*>("treeCanvas");
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_PageUp);
    QTest::keyClick(canvas, Qt::Key_Space);
    QCOMPARE(previous.size(), 1);
    QCOMPARE(toggled.size(), 1);
  }

  void a_run_fills_the_views() {
    const auto window = open();
    QCOMPARE(rowsOf(*window, "iterationTable"), 0);
    window->session().train(smallConfig(3));
    QTRY_VERIFY_WITH_TIMEOUT(window->session().state() == RunState::idle, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*window, "iterationTable"), 3, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*window, "promptTable"), 2, patience);
    const auto* inspector = window->findChild<NodeInspector*>();
    QTRY_VERIFY_WITH_TIMEOUT(inspector->node() >= 0, patience);
    QCOMPARE(inspector->node(), window->focus().selected());
    QTRY_VERIFY_WITH_TIMEOUT(!inspector->ledgerAsText().isEmpty(), patience);
    const auto* empty = window->findChild<QWidget*>("curvesEmpty");
    QVERIFY(empty && empty->isHidden());
  }

  void a_theme_reaches_the_canvas() {
    const auto window = open();
    auto* canvas = window->findChild<TreeCanvas*>("treeCanvas");
    window->actions()[u"view.theme_light"]->trigger();
    QCOMPARE(&canvas->looks(), &theme(ThemeKind::light));
    const QColor light = groundOf(*canvas);
    window->actions()[u"view.theme_dark"]->trigger();
    QCOMPARE(&canvas->looks(), &theme(ThemeKind::dark));
    QVERIFY(groundOf(*canvas).lightness() + 50 < light.lightness());
  }

  void all_of_the_tool_bar_stays_in_sight_in_a_small_window() {
    const auto window = open();
    const auto* bar = window->findChild<QToolBar*>("tool_bar");
    for (const QSize size : {QSize(900, 700), QSize(1100, 700), QSize(1280, 800)}) {
      window->resize(size);
      QTest::qWait(50);
      QCOMPARE(window->width(), size.width());  // nothing asks for more
      for (const char* name : {"button_run.toggle", "button_run.stop", "prompt_choice",
                               "iteration_choice", "live_pill"}) {
        const auto* part = bar->findChild<QWidget*>(QLatin1String(name));
        const QString told = QString("%1 at %2").arg(name).arg(size.width());
        QVERIFY2(part->isVisible(), qPrintable(told));
        QVERIFY2(part->mapTo(bar, QPoint(part->width(), 0)).x() <= bar->width(), qPrintable(told));
      }
    }
  }

  void high_contrast_reaches_every_view_and_the_style_sheet() {
    const auto window = open();
    window->actions()[u"view.theme_contrast"]->trigger();
    QVERIFY(window->actions()[u"view.theme_contrast"]->isChecked());
    QVERIFY(!window->actions()[u"view.theme_dark"]->isChecked());
    const auto views = window->findChildren<CanvasView*>();
    QVERIFY(views.size() >= 8);
    for (const CanvasView* view : views)
      QVERIFY2(&view->looks() == &theme(ThemeKind::contrast), qPrintable(view->objectName()));
    QCOMPARE(groundOf(*window->findChild<TreeCanvas*>("treeCanvas")), QColor(Qt::black));
    QCOMPARE(qApp->palette().color(QPalette::Window), QColor(Qt::black));
    QCOMPARE(qApp->palette().color(QPalette::Mid), QColor(Qt::white));
    window->actions()[u"view.theme_dark"]->trigger();
    QVERIFY(!window->actions()[u"view.theme_contrast"]->isChecked());
    QVERIFY(qApp->palette().color(QPalette::Window) != QColor(Qt::black));
  }

  void opening_again_brings_back_what_was_looked_at() {
    SessionMemory shown;
    {
      const auto window = open();
      window->session().train(smallConfig(3));
      QTRY_VERIFY_WITH_TIMEOUT(window->session().state() == RunState::idle, patience);
      Focus& focus = window->focus();
      const Place place{window->session().run(), 1, PromptId{1}};
      focus.show(place);
      QTRY_VERIFY_WITH_TIMEOUT(focus.tree() && focus.place() == place, patience);
      focus.toggleBookmark(2);
      focus.setReference(1);
      focus.select(3);
      window->actions()[u"view.layout_compare"]->trigger();
      shown = {focus.place(), focus.marks()};
      window->close();
    }
    const auto window = open({}, stores_);
    QVERIFY(window->actions()[u"view.layout_compare"]->isChecked());
    window->openStore(false);
    Focus& focus = window->focus();
    QTRY_VERIFY_WITH_TIMEOUT(focus.tree() && focus.place() == shown.place, patience);
    QVERIFY(focus.marks() == shown.marks);
    QCOMPARE(focus.selected(), 3);
    QVERIFY(focus.bookmarks().contains(2));
    QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*window, "iterationTable"), 3, patience);
    window->actions()[u"view.reset_layout"]->trigger();
  }

  void a_dropped_workspace_is_asked_for_and_nothing_else() {
    const auto window = open();
    const QSignalSpy chosen(window.get(), &MainWindow::storeChosen);
    const auto drop = [&](const QString& file) {
      QMimeData files;
      files.setUrls({QUrl::fromLocalFile(file)});
      QDragEnterEvent enter({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
      enter.ignore();
      QApplication::sendEvent(window.get(), &enter);
      if (!enter.isAccepted()) return;
      QDropEvent event({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(window.get(), &event);
    };
    drop("/somewhere/picture.png");
    QCOMPARE(chosen.size(), 0);
    drop("/somewhere/other.tgws");
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toString(), QString("/somewhere/other.tgws"));
  }

  void a_path_is_written_and_read() {
    for (const NodePath& path : {NodePath{}, NodePath{2, {0}}, NodePath{0, {1, 0, 11}}})
      QVERIFY(pathFrom(pathText(path)) == path);
    QVERIFY(pathFrom("nonsense") == NodePath{});
  }

  void space_while_the_first_tree_grows_trains_on_after_it() {
    const auto window = open();
    Session& session = window->session();
    bool asked = false;
    connect(&session, &Session::stateChanged, this, [&](RunState state) {
      if (state != RunState::stepping || std::exchange(asked, true)) return;
      window->actions()[u"run.toggle"]->trigger();
    });
    window->commands().growDemoTree();
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(*window, "iterationTable") >= 3, patience);
    QVERIFY(asked);
    disconnect(&session, nullptr, this, nullptr);
    window->closeWithoutAsking();
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
  }

  // The iteration is stored, and the pause after it is still to come.
  void space_between_the_first_tree_and_its_pause_trains_on() {
    const auto window = open();
    Session& session = window->session();
    bool asked = false;
    RunState asked_in = RunState::idle;
    connect(&session, &Session::iterationFinished, this, [&] {
      if (std::exchange(asked, true)) return;
      asked_in = session.state();
      window->actions()[u"run.toggle"]->trigger();
    });
    window->commands().growDemoTree();
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(*window, "iterationTable") >= 3, patience);
    QCOMPARE(asked_in, RunState::stepping);
    disconnect(&session, nullptr, this, nullptr);
    window->closeWithoutAsking();
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
  }

  void any_order_of_run_buttons_ends_well() {
    const auto window = open({.level_time = std::chrono::microseconds(500)});
    Session& session = window->session();
    const QStringList names = {"run.toggle",    "run.pause",       "run.step",          "run.stop",
                               "run.step_tree", "run.step_update", "run.step_iteration"};
    std::mt19937 random(7);
    for (int round = 0; round < 4; ++round) {
      session.train(smallConfig(20));
      for (int click = 0; click < 60; ++click) {
        QAction* action = window->actions()[names[static_cast<int>(random() % 7)]];
        const bool trains_demo = session.state() == RunState::idle;
        if (action->isEnabled() && !trains_demo) action->trigger();
        QTest::qWait(static_cast<int>(random() % 8));
      }
      session.stop();
      QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    }
    QVERIFY(window->actions()[u"run.toggle"]->isEnabled());
    QVERIFY(!window->actions()[u"run.stop"]->isEnabled());
    for (const RunSummary& run : RunReader(session.store()).runs())
      QVERIFY(run.status == RunStatus::stopped || run.status == RunStatus::finished);
  }

  void finding_marks_and_walks_through_what_is_found() {
    const auto window = open();
    window->session().train(smallConfig(2));
    QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*window, "promptTable"), 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(window->session().state() == RunState::idle, patience);
    const auto* bar = window->findChild<QWidget*>("find_bar");
    QVERIFY(!bar->isVisible());
    window->actions()[u"edit.find"]->trigger();
    QVERIFY(bar->isVisible());
    auto* field = window->findChild<QLineEdit*>("find_field");
    const auto* count = window->findChild<QLabel*>("find_count");
    const auto* canvas = window->findChild<TreeCanvas*>("treeCanvas");
    QTest::keyClicks(field, "leaf and t > 0");
    const std::vector<std::int32_t> all = leaves(*window->focus().tree());
    QCOMPARE(canvas->view().found, std::set<std::int32_t>(all.begin(), all.end()));
    window->focus().select(0);
    QCOMPARE(count->text(), QString("%1 found").arg(all.size()));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window->focus().selected(), all[0]);
    QCOMPARE(count->text(), QString("1 of %1").arg(all.size()));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);  // around
    QCOMPARE(window->focus().selected(), all.back());
    window->actions()[u"edit.find_next"]->trigger();
    QCOMPARE(window->focus().selected(), all[0]);

    field->setText("prompt 1");  // words of the other prompt lead to its tree
    QCOMPARE(count->text(), QString("none"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(window->focus().place().prompt.value, 1, patience);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    QVERIFY(canvas->view().found.empty());
  }

  void closing_while_training_asks_once() {
    const auto window = open({.level_time = std::chrono::microseconds(500)});
    window->session().train(smallConfig(100000));
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(*window, "iterationTable") >= 1, patience);
    QCOMPARE(answered(*window, QMessageBox::Cancel), 1);
    QVERIFY(window->isVisible());
    QCOMPARE(window->session().state(), RunState::running);
    const int before = rowsOf(*window, "iterationTable");
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(*window, "iterationTable") > before, patience);

    QCOMPARE(answered(*window, QMessageBox::Close), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    RunReader reader(window->session().store());
    const RunSummary run = reader.runs().back();
    QCOMPARE(run.status, RunStatus::stopped);
    QCOMPARE(reader.checkpoints(run.run).back().iterations, run.iterations);
  }

  void closing_without_a_run_asks_nothing() {
    const auto window = open();
    QCOMPARE(answered(*window, QMessageBox::Cancel), 0);
    QVERIFY(!window->isVisible());
  }

  void closing_while_training_stops_the_run_with_a_checkpoint() {
    const auto window = open({.level_time = std::chrono::microseconds(500)});
    window->session().train(smallConfig(100000));
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(*window, "iterationTable") >= 1, patience);
    window->closeWithoutAsking();
    QVERIFY(window->isVisible());  // until the checkpoint is written
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    RunReader reader(window->session().store());
    const RunSummary run = reader.runs().back();
    QCOMPARE(run.status, RunStatus::stopped);
    QCOMPARE(reader.checkpoints(run.run).back().iterations, run.iterations);
  }

 private:
  // Closes the window and answers each question that comes; how many came.
  static int answered(MainWindow& window, QMessageBox::StandardButton answer) {
    int questions = 0;
    QTimer asked;
    connect(&asked, &QTimer::timeout, &window, [&] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (!box) return;
      ++questions;
      box->button(answer)->click();
    });
    asked.start(20);
    window.close();
    QTest::qWait(100);  // for one more that must not come
    return questions;
  }

  // With a new workspace, or that of an earlier window.
  std::unique_ptr<MainWindow> open(const test::FakeEngineOptions& options = {}, int store = 0) {
    const QString file = folder_.filePath(QString("%1.tgws").arg(store > 0 ? store : ++stores_));
    auto window = std::make_unique<MainWindow>(
        file.toStdString(), [options] { return std::make_shared<FakeEngine>(options); },
        Preferences{}, CanvasKind::software);
    if (store == 0) window->useLayout("explore");
    window->show();
    return window;
  }

  QTemporaryDir folder_;
  int stores_ = 0;
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
