// What a window does about faults: each is one sentence with its remedies, and each remedy helps.
#include <QFile>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <limits>
#include <new>

#include "store/run_reader.h"
#include "support/fake_engine.h"
#include "ui/canvas_trees.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/curve_view.h"
#include "views/free_space_dialog.h"
#include "views/message_strip.h"
#include "window/main_window.h"
#include "window/remedies.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

using Ways = std::vector<FaultRemedy>;

// An engine that throws that at the beginning of an iteration, as often as `times` says.
FakeEngineOptions failing(std::int32_t iteration, std::function<void()> thrower, int times = 1) {
  auto left = std::make_shared<int>(times);
  return {.iteration_begins = [=](std::int32_t begun) {
    if (begun == iteration && (*left)-- > 0) thrower();
  }};
}

std::function<void()> error(ErrorKind kind, ErrorPlace place = {}) {
  return [=] { throw Error("it broke", kind, place); };
}

}  // namespace

class TestFaults : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void remedies_follow_from_the_kind_and_from_what_there_is() {
    const FaultFacts stored{.stored = true, .attempted = true, .halvable = true};
    const auto run = [](ErrorKind kind) { return Fault{.kind = kind, .of_run = true, .run = {1}}; };
    QCOMPARE(remediesOf(run(ErrorKind::failure), stored),
             (Ways{FaultRemedy::resume, FaultRemedy::show_log}));
    QCOMPARE(remediesOf(run(ErrorKind::disk_full), stored),
             (Ways{FaultRemedy::free_space, FaultRemedy::resume, FaultRemedy::show_log}));
    QCOMPARE(remediesOf(run(ErrorKind::memory), stored),
             (Ways{FaultRemedy::half_rows, FaultRemedy::show_log}));
    QCOMPARE(remediesOf(run(ErrorKind::memory), {.stored = true}),
             (Ways{FaultRemedy::resume, FaultRemedy::show_log}));
    const Fault unborn{.kind = ErrorKind::model_file, .of_run = true};
    QCOMPARE(remediesOf(unborn, {.attempted = true, .own_model = true, .new_run = true}),
             (Ways{FaultRemedy::choose_model, FaultRemedy::bundled_model}));
    QCOMPARE(remediesOf(unborn, {.attempted = true, .new_run = true}),
             (Ways{FaultRemedy::choose_model}));
    QCOMPARE(remediesOf({.kind = ErrorKind::no_engine, .of_run = true}, {.attempted = true}),
             (Ways{FaultRemedy::try_again}));
    QCOMPARE(remediesOf({.kind = ErrorKind::store_damaged}, {}),
             (Ways{FaultRemedy::check_store, FaultRemedy::open_store, FaultRemedy::new_store}));
    QCOMPARE(remediesOf({.kind = ErrorKind::store_foreign}, {}),
             (Ways{FaultRemedy::open_store, FaultRemedy::new_store}));
    QVERIFY(remediesOf({.kind = ErrorKind::failure}, stored).empty());
  }

  void a_failed_run_goes_on_from_its_checkpoint() {
    const auto window = open(failing(2, error(ErrorKind::failure)));
    window->session().train(smallConfig(4));
    QPushButton* resume = button(*window, "resume");
    QVERIFY(resume);
    QCOMPARE(resume->text(), QString("Resume from checkpoint 2"));
    QCOMPARE(strip(*window).sentence(), QString("it broke"));
    QVERIFY(button(*window, "view.log"));
    resume->click();
    QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
  }

  void a_run_without_a_checkpoint_starts_again() {
    const auto window = open(failing(0, error(ErrorKind::failure)));
    window->session().train(smallConfig(2));
    QPushButton* again = button(*window, "resume");
    QVERIFY(again);
    QCOMPARE(again->text(), QString("Start again"));
    again->click();
    QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
    QCOMPARE(RunReader(window->session().store()).runs().size(), std::size_t{1});
  }

  void out_of_memory_goes_on_with_half_the_rows() {
    const auto window = open(failing(1, [] { throw std::bad_alloc(); }));
    window->session().train(smallConfig(3));
    QPushButton* half = button(*window, "half_rows");
    QVERIFY(half);
    half->click();
    QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
    RunReader reader(window->session().store());
    const auto changes = reader.parameter_changes({1});
    QCOMPARE(changes.size(), std::size_t{1});
    QCOMPARE(changes[0].key, std::string("sampler.micro_batch"));
    QVERIFY(std::stoi(changes[0].new_value) > 0);
    QTRY_COMPARE(window->findChild<CurveView*>("curve1")->plot().marks.size(), std::size_t{1});
    QCOMPARE(reader.iterations({1}).size(), std::size_t{3});
  }

  void a_number_that_is_not_finite_leads_to_its_place() {
    const auto window =
        open(failing(2, error(ErrorKind::not_finite, {.iteration = 2, .prompt = 1})));
    window->session().train(smallConfig(4));
    QPushButton* show = button(*window, "show_place");
    QVERIFY(show);
    QCOMPARE(show->text(), QString("Show iteration 1, prompt 1"));  // 2 is not stored
    show->click();
    QTRY_COMPARE_WITH_TIMEOUT(window->focus().place(), (Place{{1}, 1, {1}}), patience);
    QVERIFY(button(*window, "resume"));
  }

  void a_full_disk_offers_what_may_go() {
    const auto window = open(failing(1, error(ErrorKind::disk_full)));
    window->session().train(smallConfig(3));
    QPushButton* free = button(*window, "file.free_space");
    QVERIFY(free);
    free->click();
    FreeSpaceDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(dialog = window->findChild<FreeSpaceDialog*>(), patience);
    QVERIFY(!dialog->emptiesTrash());
    dialog->findChild<QSpinBox*>("free_space_budget")->setValue(0);
    dialog->accept();
    QTRY_VERIFY_WITH_TIMEOUT(strip(*window).kind() == MessageStrip::Kind::info, patience);
    QVERIFY(!strip(*window).sentence().isEmpty());
    QPushButton* resume = button(*window, "resume");  // it stays
    QVERIFY(resume);
    resume->click();
    QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
  }

  void a_missing_engine_is_tried_again() {
    auto missing = std::make_shared<bool>(true);
    const auto window = open([missing]() -> std::shared_ptr<Engine> {
      if (*missing) throw Error("LibTorch is missing", ErrorKind::no_engine);
      return std::make_shared<FakeEngine>();
    });
    window->commands().attempt({.what = smallConfig(2)});
    QPushButton* again = button(*window, "try_again");
    QVERIFY(again);
    *missing = false;
    QTRY_COMPARE_WITH_TIMEOUT(window->session().state(), RunState::idle, patience);
    again->click();
    QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
  }

  void a_workspace_that_is_none_offers_another() {
    const QString file = folder_.filePath("foreign.tgws");
    QFile foreign(file);
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    foreign.write("no database");
    foreign.close();
    const auto window = openFile(file, [] { return std::make_shared<FakeEngine>(); });
    window->openStore(true);
    QVERIFY(button(*window, "open_store"));
    QVERIFY(button(*window, "file.new_store"));
    QVERIFY(!window->findChild<QPushButton*>("message_strip_resume"));
    QCOMPARE(strip(*window).kind(), MessageStrip::Kind::error);
  }

  void a_workspace_is_looked_at_and_what_is_wrong_is_said() {
    // Without checkpoints all is well; those of the fake engine have no weights.
    for (const auto& [every, words] : {std::pair(100, "nothing is wrong"), {1, "lacks weights"}}) {
      const auto window = open(FakeEngineOptions{.checkpoint_every = every});
      window->session().train(smallConfig(2));
      QTRY_COMPARE_WITH_TIMEOUT(status(*window), RunStatus::finished, patience);
      window->actions()[u"file.check_store"]->trigger();
      QTRY_VERIFY_WITH_TIMEOUT(!strip(*window).sentence().isEmpty(), patience);
      QVERIFY2(strip(*window).sentence().contains(words), qPrintable(strip(*window).sentence()));
    }
  }

  void what_is_not_finite_is_selected_unless_a_tree_is_held() {
    const auto window = open(FakeEngineOptions{});
    TreeRecord tree = test::creditedTree(test::mockupSchedule());
    tree.iteration = 1;
    const auto node = static_cast<std::int32_t>(tree.nodes.size()) / 2;
    tree.nodes[static_cast<std::size_t>(node)].value = std::numeric_limits<double>::infinity();
    Session& session = window->session();
    const auto tell = [&](int iteration) {
      tree.iteration = iteration;
      Q_EMIT session.treeCredited({1}, {std::make_shared<const TreeRecord>(tree)});
    };
    tell(1);
    QCOMPARE(window->focus().selected(), node);
    window->focus().select(0);
    tell(1);
    QCOMPARE(window->focus().selected(), 0);  // once a tree
    window->focus().pin();
    tell(2);
    QCOMPARE(window->focus().selected(), 0);
  }

 private:
  std::unique_ptr<MainWindow> openFile(const QString& file, Workbench::LoadEngine load) {
    auto window = std::make_unique<MainWindow>(file.toStdString(), std::move(load), Preferences{},
                                               CanvasKind::software);
    window->show();
    return window;
  }
  std::unique_ptr<MainWindow> open(Workbench::LoadEngine load) {
    return openFile(folder_.filePath(QString("%1.tgws").arg(++stores_)), std::move(load));
  }
  std::unique_ptr<MainWindow> open(const FakeEngineOptions& options) {
    return open([options] { return std::make_shared<FakeEngine>(options); });
  }

  static MessageStrip& strip(MainWindow& window) { return *window.findChild<MessageStrip*>(); }

  // The remedy of that name once it is there; null: it does not come.
  static QPushButton* button(MainWindow& window, const char* name) {
    QPushButton* found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
          for (auto* one : strip(window).findChildren<QPushButton*>(
                   QLatin1String("message_strip_") + QLatin1String(name)))
            if (!one->isHidden()) found = one;
          return found != nullptr;
        },
        patience);
    return found;
  }
  static RunStatus status(MainWindow& window) {
    const auto& store = window.session().store();
    if (window.session().state() != RunState::idle || !std::filesystem::exists(store))
      return RunStatus::preparing;
    return RunReader(store).runs().back().status;
  }

  QTemporaryDir folder_;
  int stores_ = 0;
};

QTEST_MAIN(TestFaults)
#include "tst_faults.moc"
