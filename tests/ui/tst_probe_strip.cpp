#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "comparison/probe_strip.h"
#include "keep_picture.h"
#include "own_settings.h"
#include "probe_runs.h"
#include "style/studio_style.h"
#include "support/fake_engine.h"
#include "window/main_window.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

ProbeCanvas* canvasOf(const QWidget& view) { return view.findChild<ProbeCanvas*>("probeCanvas"); }

QString wordsOf(const QWidget& view) { return view.findChild<QLabel*>("probeWords")->text(); }

// A strip on the screen, with room for that many pixels.
struct Shown {
  ProbeStripView view;
  explicit Shown(const ProbeSizes& sizes = {}, QSize size = {900, 700}) {
    view.setProbes(probeStrip(sizes).probes);
    view.resize(size);
    view.show();
    if (!QTest::qWaitForWindowExposed(&view)) qFatal("the strip does not show");
    canvasOf(view)->refresh();
  }
  ProbeCanvas& canvas() { return *canvasOf(view); }
  void click(ProbePlace place) {
    canvas().refresh();
    for (const HitBox& hit : canvas().drawing().hits)
      if (hit.kind == HitKind::node && pictureOf(canvas().strip(), hit.target) == place)
        QTest::mouseClick(
            &canvas(), Qt::LeftButton, {},
            QPoint(static_cast<int>(hit.box.centre().x), static_cast<int>(hit.box.centre().y)));
  }
  void press(Qt::Key key) { QTest::keyClick(&canvas(), key); }
};

}  // namespace

class TestProbeStrip : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void without_probes_it_says_what_they_are_and_offers_a_new_run() {
    ProbeStripView view;
    view.resize(600, 300);
    view.show();
    QVERIFY(view.findChild<QWidget*>("probesEmpty")->isVisible());
    keepPicture(view, "probes-none");
    QSignalSpy asked(&view, &ProbeStripView::newRunAsked);
    view.findChild<QPushButton*>("probesNewRun")->click();
    QCOMPARE(asked.size(), 1);
    view.addProbe(probeAt(0, {}));
    QVERIFY(!view.findChild<QWidget*>("probesEmpty")->isVisible());
    QVERIFY(canvasOf(view)->isVisible());
  }

  void a_click_selects_a_picture_and_tells_its_numbers() {
    Shown shown;
    QSignalSpy chosen(&shown.view, &ProbeStripView::pictureChosen);
    shown.click({2, 1});
    keepPicture(shown.view, "probes-selected");
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toInt(), 40);
    QCOMPARE(chosen[0][1].toString(), QString("a red circle"));
    QCOMPARE(chosen[0][2].toInt(), 1);
    QVERIFY(wordsOf(shown.view)
                .startsWith("a red circle, seed 1, after 40 iterations: match 0.600, clean 0.900, "
                            "KL 2.0×10⁻⁴"));
  }

  void arrows_walk_over_checkpoints_and_rows_and_enter_opens() {
    Shown shown;
    const auto selected = [&] { return shown.canvas().strip().selected; };
    shown.press(Qt::Key_Left);  // begins at the newest
    QVERIFY(selected() == (ProbePlace{3, 0}));
    shown.press(Qt::Key_Left);
    shown.press(Qt::Key_Down);
    QVERIFY(selected() == (ProbePlace{2, 1}));
    shown.press(Qt::Key_Home);
    shown.press(Qt::Key_Up);
    shown.press(Qt::Key_Up);
    QVERIFY(selected() == (ProbePlace{0, 0}));
    shown.press(Qt::Key_End);
    QSignalSpy opened(&shown.view, &ProbeStripView::iterationChosen);
    shown.press(Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].toInt(), 60);
  }

  void a_seed_alone_has_a_row_a_prompt_and_stays_chosen_as_the_run_goes_on() {
    Shown shown;
    auto* seeds = shown.view.findChild<QComboBox*>("probeSeed");
    QCOMPARE(seeds->count(), 3);
    seeds->setCurrentIndex(2);
    QCOMPARE(probeRows(shown.canvas().strip()).size(), std::size_t{3});
    shown.view.addProbe(probeAt(4, {}));
    QCOMPARE(seeds->currentText(), QString("seed 1"));
    QCOMPARE(probeRows(shown.canvas().strip()).size(), std::size_t{3});
    shown.view.setProbes(probeStrip({.seeds = 1}).probes);  // another run
    QCOMPARE(seeds->currentText(), QString("all seeds"));
    QVERIFY(!shown.canvas().strip().seed);
  }

  void who_looks_at_the_newest_sees_the_next_one_too() {
    Shown shown({.probes = 40});
    const auto first = [&] { return shown.canvas().strip().first_probe; };
    const int newest = first();
    keepPicture(shown.view, "probes-many");
    QVERIFY(newest > 0);
    shown.view.addProbe(probeAt(40, {}));
    QCOMPARE(first(), newest + 1);
    shown.press(Qt::Key_End);
    shown.press(Qt::Key_Home);
    QCOMPARE(first(), 0);
    shown.view.addProbe(probeAt(41, {}));
    QCOMPARE(first(), 0);
  }

  void a_probe_that_is_taken_again_takes_the_place_of_the_later_ones() {
    Shown shown;
    shown.view.addProbe(probeAt(2, {}));
    QCOMPARE(shown.canvas().strip().probes.size(), std::size_t{3});
  }

  void the_window_reads_the_probes_of_a_run_when_they_are_looked_at_and_follows_them() {
    const QTemporaryDir folder;
    useOwnSettings(folder.path());
    const auto engine = [] {
      return std::make_shared<FakeEngine>(FakeEngineOptions{.probes = true});
    };
    const std::filesystem::path file = folder.filePath("w.tgws").toStdString();
    RunConfig config;
    config.run.iterations = 3;
    config.prompts.per_iteration = 2;
    config.model.path = "model.safetensors";
    RunControl control;
    Workbench store(file, engine);
    store.train(config, control, [](RunId, const Event&) {});

    MainWindow window(file, engine, {}, CanvasKind::software);
    window.closeWithoutAsking();
    window.show();
    window.openStore(false);
    auto* view = window.findChild<ProbeStripView*>("probeStrip");
    QTRY_VERIFY(window.focus().tree());
    QVERIFY(!view->isVisible());
    window.actions()[u"view.probes"]->trigger();
    QTRY_COMPARE(canvasOf(*view)->strip().probes.size(), std::size_t{4});
    config.run.iterations = 2;
    window.session().train(config);
    QTRY_COMPARE(canvasOf(*view)->strip().probes.size(), std::size_t{3});
    QTRY_VERIFY(window.session().state() == RunState::idle);
  }
};

QTEST_MAIN(TestProbeStrip)
#include "tst_probe_strip.moc"
