// A user without a plan: actions, clicks and keys in any order, in the window and in its dialogs,
// with runs that pause, stop and fail. TREEGRPO_WALK_SECONDS and TREEGRPO_WALK_SEED make it longer
// and other.
#include <QElapsedTimer>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <numeric>
#include <random>

#include "store/run_reader.h"
#include "store/store_check.h"
#include "support/fake_engine.h"
#include "ui/dialog_walk.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/curve_view.h"
#include "views/tree_canvas.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

// What leaves the window or asks a dialog of the platform for a file.
bool isLeftOut(const QString& name) {
  static const QStringList left_out = {"file.quit", "file.open", "file.new_store",
                                       "file.save_image", "view.full_screen"};
  return left_out.contains(name);
}

}  // namespace

class TestRandomWalk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void any_order_of_actions_clicks_and_keys_ends_well() {
    const auto store = std::filesystem::path(folder_.filePath("walk.tgws").toStdString());
    bool set = false;
    const int seed = qEnvironmentVariableIntValue("TREEGRPO_WALK_SEED", &set);
    std::mt19937 random(static_cast<unsigned>(set ? seed : 11));
    int done = 0;
    QSet<QString> entered;
    {
      auto failures = std::make_shared<int>(0);
      MainWindow window(
          store,
          [failures] {
            return std::make_shared<FakeEngine>(
                test::FakeEngineOptions{.checkpoint_every = 3,
                                        .level_time = std::chrono::microseconds(300),
                                        .iteration_begins = [failures](std::int32_t iteration) {
                                          if (iteration == 7 && ++*failures % 2 == 1)
                                            throw Error("it broke");
                                        }});
          },
          Preferences{}, CanvasKind::software);
      window.show();
      test::DialogWalk dialogs(window, random);
      dialogs.start();
      walk(window, random, done);
      window.closeWithoutAsking();
      QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), RunState::idle, patience);
      QTRY_VERIFY_WITH_TIMEOUT(!window.session().computing(), patience);
      dialogs.stop();
      entered = dialogs.entered();
    }
    QVERIFY(done > 50);
    QVERIFY(!entered.isEmpty());
    if (done >= 2000)
      for (const char* name : {"new_run", "preferences", "shortcut_editor", "command_palette",
                               "figure_dialog", "prompt_set_dialog", "sample_dialog"})
        QVERIFY2(entered.contains(name),
                 qPrintable(QString("%1 not among %2, in %3 turns")
                                .arg(name, QStringList(entered.values()).join(", "))
                                .arg(done)));
    RunReader reader(store);
    QVERIFY(!reader.runs().empty());
    for (const RunSummary& run : reader.runs())
      QVERIFY2(run.status == RunStatus::stopped || run.status == RunStatus::finished ||
                   run.status == RunStatus::failed,
               run_status_name(run.status).c_str());
    StoreConnection connection(store, StoreAccess::read);
    for (const StoreFinding& finding : check_store(connection).findings)
      QVERIFY2(QString::fromStdString(finding.sentence).contains("lacks weights"),  // of the fake
               finding.sentence.c_str());
  }

 private:
  static qint64 milliseconds() {
    bool set = false;
    const int seconds = qEnvironmentVariableIntValue("TREEGRPO_WALK_SECONDS", &set);
    return 1000 * (set ? seconds : 4);
  }

  void walk(MainWindow& window, std::mt19937& random, int& done) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds()) {
      if (window.session().state() == RunState::idle && !window.session().computing() &&
          random() % 4 == 0)
        window.commands().attempt({.what = smallConfig(12)});
      switch (random() % 4) {
        case 0:
        case 1:
          trigger(window, random);
          break;
        case 2:
          click(window, random);
          break;
        default:
          press(window, random);
      }
      ++done;
      QTest::qWait(static_cast<int>(random() % 12));
    }
  }

  // Each action comes once before any comes again.
  void trigger(MainWindow& window, std::mt19937& random) {
    const auto all = window.actions().all();
    if (to_come_.empty()) {
      to_come_.resize(all.size());
      std::iota(to_come_.begin(), to_come_.end(), 0);
      std::shuffle(to_come_.begin(), to_come_.end(), random);
    }
    QAction* action = all[to_come_.back()];
    to_come_.pop_back();
    // The demonstration's config would be trained: so long an iteration is no walk.
    const bool trains_demo =
        action->objectName() == "run.toggle" && window.session().state() == RunState::idle;
    if (action->isEnabled() && !trains_demo && !isLeftOut(action->objectName())) action->trigger();
  }

  static void click(MainWindow& window, std::mt19937& random) {
    QList<QWidget*> views;
    for (QWidget* view : window.findChildren<CanvasView*>()) views << view;
    QWidget* view = views[static_cast<int>(random() % static_cast<unsigned>(views.size()))];
    if (!view->isVisible() || view->width() < 1 || view->height() < 1) return;
    const QPoint at(static_cast<int>(random() % static_cast<unsigned>(view->width())),
                    static_cast<int>(random() % static_cast<unsigned>(view->height())));
    if (random() % 4 == 0)
      QTest::mouseDClick(view, Qt::LeftButton, {}, at);
    else
      QTest::mouseClick(view, Qt::LeftButton, random() % 3 ? Qt::NoModifier : Qt::ControlModifier,
                        at);
  }

  static void press(MainWindow& window, std::mt19937& random) {
    constexpr std::array keys = {Qt::Key_Left,   Qt::Key_Right, Qt::Key_Up,   Qt::Key_Down,
                                 Qt::Key_B,      Qt::Key_N,     Qt::Key_C,    Qt::Key_H,
                                 Qt::Key_R,      Qt::Key_M,     Qt::Key_1,    Qt::Key_2,
                                 Qt::Key_Escape, Qt::Key_Home,  Qt::Key_End,  Qt::Key_F,
                                 Qt::Key_0,      Qt::Key_Plus,  Qt::Key_Minus};
    auto* canvas = window.findChild<TreeCanvas*>("treeCanvas");
    if (canvas->isVisible())
      QTest::keyClick(canvas, keys[random() % keys.size()],
                      random() % 3 ? Qt::NoModifier : Qt::ShiftModifier);
  }

  QTemporaryDir folder_;
  std::vector<std::size_t> to_come_;  // actions, by their place in the table
};

QTEST_MAIN(TestRandomWalk)
#include "tst_random_walk.moc"
