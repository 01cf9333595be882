#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>
#include <QtTest>
#include <random>

#include "base/error.h"
#include "record/config_fields.h"
#include "style/studio_style.h"
#include "tree/check_config.h"
#include "tree/draft_changes.h"
#include "tree/method.h"
#include "views/schedule_cells.h"
#include "views/schedule_editor.h"
#include "views/schedule_keyframes.h"
#include "views/schedule_lanes.h"
#include "views/schedule_starts.h"
#include "views/schedule_table.h"

using namespace treegrpo;

namespace {

constexpr int live = 37;

RunConfig fixedWindow() {
  RunConfig config;
  config.run.name = "treegrpo-k3w3";
  config.method.window_rule = "fixed";
  config.method.window_start = 3;
  return config;
}

struct Shown {
  ScheduleEditor editor;
  ScheduleLanesView* lanes = editor.findChild<ScheduleLanesView*>();
  ScheduleTable* table = editor.findChild<ScheduleTable*>();

  explicit Shown(const RunConfig& config = fixedWindow()) {
    editor.setRun(config, live);
    editor.resize(1200, 700);
    editor.show();
    lanes->refresh();
  }

  QString text(const char* name) const { return editor.findChild<QLabel*>(name)->text(); }
  TreeSchedule drawn() const { return drawn_schedule(editor.draft(), live); }
  QModelIndex cell(ScheduleRow row, int step) const {
    return table->model()->index(static_cast<int>(row), step);
  }
  // The middle of a step in the lane plot, at the height of its lane.
  QPoint lane(int step) const {
    return {table->labelWidth() + step * table->stepWidth() + table->stepWidth() / 2,
            lanes->height() - 30};
  }
  QPoint cellPoint(ScheduleRow row, int step, double share) const {
    const QRect box = table->visualRect(cell(row, step));
    return {box.left() + static_cast<int>(box.width() * share), box.center().y()};
  }
  void drag(QWidget* widget, QPoint from, QPoint to) const {
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    const int parts = 12;
    for (int part = 1; part <= parts; ++part)
      QTest::mouseMove(widget, from + (to - from) * part / parts);
    QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
  }
};

MeasuredFigures figures() {
  return {.memory = {.model_bytes = 2.9e6,
                     .optimizer_bytes = 5.8e6,
                     .latent_bytes = 12'288,
                     .activation_bytes = 1.4e6,
                     .forward_bytes = 2e5},
          .node_row_bytes = 120,
          .thumbnail_bytes = 1900,
          .forward_seconds = .0031,
          .train_seconds = .0072};
}

void keepPicture(ScheduleEditor& editor, const QString& name) {
  const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_SCHEDULE");
  if (!folder.isEmpty()) QVERIFY(editor.grab().save(folder + "/" + name + ".png"));
}

}  // namespace

class TestScheduleEditor : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void the_model_keeps_the_rules_of_qt() {
    ScheduleModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const int steps : {3, 5, 5, 2}) {
      const TreeSchedule schedule{.steps = std::vector<StepPlan>(static_cast<std::size_t>(steps))};
      model.setSheet({schedule, schedule, {}, {}});
      QCOMPARE(model.columnCount(), steps);
    }
  }

  void the_table_says_what_each_step_does() {
    const Shown shown;
    QCOMPARE(shown.cell(ScheduleRow::type, 3).data().toString(), QString("SDE"));
    QCOMPARE(shown.cell(ScheduleRow::type, 6).data().toString(), QString("ODE"));
    QCOMPARE(shown.cell(ScheduleRow::children, 4).data().toString(), QString("3"));
    QCOMPARE(shown.cell(ScheduleRow::nfe, 9).data().toString(), QString("124"));
    QCOMPARE(shown.cell(ScheduleRow::sigma, 3).data().toString(), QString("0.70 → 0.60"));
  }

  void the_cost_stands_against_separate_trajectories() {
    const Shown shown;
    QCOMPARE(shown.text("scheduleNfe"), QString("124"));
    QVERIFY(shown.text("scheduleNfeNote").contains("3 before + 13 in SDE steps + 108"));
    QVERIFY(shown.text("scheduleNfeNote").contains("270 for 27 separate trajectories: −54 %"));
    QCOMPARE(shown.text("schedulePasses"), QString("13"));
    QVERIFY(shown.text("schedulePassesNote").contains("81 if each leaf trained alone: −84 %"));
  }

  void the_expected_cost_is_shown_now_and_as_drawn() {
    Shown shown{RunConfig{}};
    auto* ratio = shown.editor.findChild<QDoubleSpinBox*>("schedule.method.window_ratio");
    ratio->setValue(.3);
    QVERIFY(ratio->property("staged").toBool());
    QCOMPARE(shown.text("scheduleExpected"),
             QString("expected NFE over starts: 177.4 now → 190.9"));
    QCOMPARE(shown.text("scheduleChanges"), QString("□ 1 change pending"));
  }

  void the_window_is_dragged_as_a_block() {
    Shown shown;
    const QPoint bar{shown.lane(4).x(), 16};
    shown.drag(shown.lanes, bar, {shown.lane(6).x(), 16});
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{5, 8}));
    QCOMPARE(shown.editor.undoStack()->count(), 1);
    shown.editor.undoStack()->undo();
    QVERIFY(shown.editor.draft() == fixedWindow());
  }

  void an_end_of_the_window_is_dragged() {
    Shown shown;
    const QPoint grip{shown.table->labelWidth() + 6 * shown.table->stepWidth() - 5, 30};
    shown.drag(shown.lanes, grip, {shown.lane(4).x(), 30});
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{3, 5}));
    QCOMPARE(shown.editor.draft().method.window, 2);
  }

  void steps_are_painted_by_dragging_across() {
    Shown shown;
    shown.drag(shown.lanes, shown.lane(6), shown.lane(7));
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{3, 8}));
    shown.drag(shown.table->viewport(), shown.cellPoint(ScheduleRow::type, 7, .8),
               shown.cellPoint(ScheduleRow::type, 6, .8));
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{3, 6}));
    QCOMPARE(shown.editor.undoStack()->count(), 2);
  }

  void everything_goes_by_keys_in_the_lanes() {
    Shown shown;
    shown.lanes->setFocus();
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers with = {}) {
      QTest::keyClick(shown.lanes, key, with);
    };
    press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{4, 7}));
    press(Qt::Key_Home);
    for (int step = 0; step < 4; ++step) press(Qt::Key_Right);
    press(Qt::Key_Minus);
    QCOMPARE(shown.drawn().steps[4].branch, 2);
    press(Qt::Key_Up);
    QVERIFY(std::abs(shown.drawn().steps[4].noise_level - .75) < 1e-9);
    press(Qt::Key_T);
    QVERIFY(!shown.drawn().steps[4].train);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Space);
    QCOMPARE(noisy_block(shown.drawn()), (NoisyBlock{6, 7}));
    QCOMPARE(shown.editor.draft().method.name, std::string("custom"));
  }

  void everything_goes_by_keys_in_the_table() {
    Shown shown;
    shown.table->setCurrentIndex(shown.cell(ScheduleRow::train, 3));
    QTest::keyClick(shown.table, Qt::Key_Space);
    QVERIFY(!shown.drawn().steps[3].train);
    shown.table->setCurrentIndex(shown.cell(ScheduleRow::type, 4));
    QTest::keyClick(shown.table, Qt::Key_Space);
    QCOMPARE(shown.drawn().steps[4].noise_level, 0.);
    shown.table->setCurrentIndex(shown.cell(ScheduleRow::children, 5));
    shown.table->edit(shown.cell(ScheduleRow::children, 5));
    auto* spin = shown.table->findChild<QSpinBox*>("scheduleChildrenSpin");
    QVERIFY(spin);
    spin->setValue(5);
    QTest::keyClick(spin, Qt::Key_Return);
    QTRY_COMPARE(shown.drawn().steps[5].branch, 5);
  }

  void an_edit_holds_for_the_selected_columns() {
    Shown shown;
    shown.table->setCurrentIndex(shown.cell(ScheduleRow::noise, 3));
    shown.table->selectionModel()->select(
        QItemSelection(shown.cell(ScheduleRow::noise, 3), shown.cell(ScheduleRow::noise, 5)),
        QItemSelectionModel::Select);
    QVERIFY(shown.table->model()->setData(shown.cell(ScheduleRow::noise, 3), .8));
    QCOMPARE(shown.editor.draft().method.name, std::string("treegrpo"));
    QCOMPARE(shown.editor.draft().sampler.noise_level, .8);
    QVERIFY(shown.cell(ScheduleRow::noise, 5).data(ScheduleModel::staged_role).toBool());
  }

  void slider_and_spin_box_of_the_noise_move_each_other() {
    NoiseEditor editor;
    editor.setValue(.7);
    auto* slider = editor.findChild<QSlider*>();
    QCOMPARE(slider->value(), 70);
    editor.show();
    slider->setSliderDown(true);
    slider->setValue(120);
    QCOMPARE(editor.value(), 1.2);
  }

  void a_wrong_cell_is_named_in_words_and_not_applied() {
    Shown shown;
    QVERIFY(shown.table->model()->setData(shown.cell(ScheduleRow::children, 6), 2));
    QVERIFY(shown.text("scheduleProblem").contains("children would be equal"));
    const QString why =
        shown.cell(ScheduleRow::children, 6).data(ScheduleModel::problem_role).toString();
    QVERIFY(why.contains("schedule.step.6.branch"));
    QCOMPARE(shown.text("scheduleNfe"), QString("–"));
    QSignalSpy applied(&shown.editor, &ScheduleEditor::applyAsked);
    QVERIFY(!shown.editor.findChild<QPushButton*>("scheduleApply")->isEnabled());
    QTest::qWait(50);
    keepPicture(shown.editor, "problem");
    shown.editor.undoStack()->undo();
    QVERIFY(shown.text("scheduleProblem").isEmpty());
  }

  void what_may_surprise_is_said_and_can_be_applied() {
    Shown shown{RunConfig{}};
    QTest::keyClick(shown.lanes, Qt::Key_Right, Qt::AltModifier);
    QVERIFY(shown.text("scheduleProblem").contains("no longer moves"));
    QCOMPARE(shown.editor.findChild<QLabel*>("scheduleProblem")->property("tone").toString(),
             QString("warning"));
    QVERIFY(shown.editor.findChild<QPushButton*>("scheduleApply")->isEnabled());
    keepPicture(shown.editor, "note");
  }

  void what_is_applied_makes_the_draft_of_the_run() {
    Shown shown;
    shown.editor.findChild<QSpinBox*>("schedule.method.branch")->setValue(2);
    shown.table->model()->setData(shown.cell(ScheduleRow::noise, 4), .5);
    QStringList overrides;
    connect(&shown.editor, &ScheduleEditor::applyAsked, this,
            [&](const QStringList& asked) { overrides = asked; });
    shown.editor.findChild<QPushButton*>("scheduleApply")->click();
    QVERIFY(overrides.contains("method.name=custom"));
    RunConfig config = fixedWindow();
    for (const QString& override : overrides) set_field(config, override.toStdString());
    check_config(config);
    QVERIFY(config == shown.editor.draft());
    shown.editor.setPending(static_cast<int>(overrides.size()));
    shown.editor.setRun(config, live + 1);
    QVERIFY(shown.text("scheduleChanges").contains("wait for iteration 39"));
    shown.editor.setPending(0);
    QCOMPARE(shown.text("scheduleChanges"), QString("No changes"));
    shown.editor.undoStack()->undo();  // stages the inverse
    QVERIFY(shown.text("scheduleChanges").contains("pending"));
  }

  void discarded_edits_can_be_brought_back() {
    Shown shown;
    QSignalSpy discarded(&shown.editor, &ScheduleEditor::discardAsked);
    shown.editor.findChild<QTabBar*>("scheduleMethods")->setCurrentIndex(4);
    QCOMPARE(shown.editor.draft().method.name, std::string("branchgrpo"));
    shown.editor.findChild<QPushButton*>("scheduleDiscard")->click();
    QCOMPARE(discarded.count(), 1);
    QVERIFY(shown.editor.draft() == fixedWindow());
    shown.editor.undoStack()->undo();
    QCOMPARE(shown.editor.draft().method.name, std::string("branchgrpo"));
  }

  void edits_stay_while_the_run_goes_on_and_go_with_another_run() {
    Shown shown;
    shown.editor.findChild<QSpinBox*>("schedule.method.branch")->setValue(2);
    RunConfig config = fixedWindow();
    config.optimizer.learning_rate = 1e-4;
    shown.editor.setRun(config, live + 1);
    QCOMPARE(shown.editor.draft().method.branch, 2);
    QCOMPARE(shown.editor.draft().optimizer.learning_rate, 1e-4);
    config.run.name = "another";
    shown.editor.setRun(config, 3);
    QVERIFY(shown.editor.draft() == config);
    QVERIFY(!shown.editor.undoStack()->canUndo());
  }

  void the_shown_iteration_has_its_own_start() {
    RunConfig config;
    config.method.window_rule = "shifting";
    config.method.shift_every = 10;
    Shown shown(config);
    auto* box = shown.editor.findChild<QSpinBox*>("scheduleIteration");
    QCOMPARE(box->value(), live);
    QCOMPARE(shown.text("scheduleCostStart"), QString("window start 3"));
    box->setValue(55);
    QCOMPARE(shown.text("scheduleCostStart"), QString("window start 5"));
    QCOMPARE(shown.editor.undoStack()->count(), 0);
  }

  void an_edit_holds_from_its_keyframe_on() {
    Shown shown;
    shown.editor.findChild<QToolButton*>("scheduleAddKeyframe")->click();
    auto* box = shown.editor.findChild<QSpinBox*>("scheduleIteration");
    QCOMPARE(box->value(), live + 1);
    QCOMPARE(shown.editor.draft().schedule.keyframe.size(), std::size_t(1));
    QVERIFY(shown.editor.problems().empty());
    shown.editor.findChild<QSpinBox*>("schedule.method.branch")->setValue(2);
    QCOMPARE(shown.text("scheduleNfe"), QString("42"));
    box->setValue(live);
    QCOMPARE(shown.text("scheduleNfe"), QString("124"));
    QVERIFY(shown.text("scheduleExpected").contains("over the training"));
    QSignalSpy asked(&shown.editor, &ScheduleEditor::applyAsked);
    shown.editor.findChild<QPushButton*>("scheduleApply")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toStringList(), QStringList({"schedule.keyframe.0.iteration=38",
                                                      "schedule.keyframe.0.set=method.branch=2"}));
  }

  void keyframes_are_walked_moved_and_removed_by_keyboard() {
    Shown shown;
    auto* keyframes = shown.editor.findChild<ScheduleKeyframesView*>();
    auto* box = shown.editor.findChild<QSpinBox*>("scheduleIteration");
    box->setValue(60);
    QTest::keyClick(keyframes, Qt::Key_Insert);
    QTest::keyClick(keyframes, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(shown.editor.draft().schedule.keyframe[0].iteration, 61);
    QCOMPARE(box->value(), 61);
    QTest::keyClick(keyframes, Qt::Key_PageUp);
    QCOMPARE(box->value(), 0);
    QTest::keyClick(keyframes, Qt::Key_PageDown);
    QCOMPARE(box->value(), 61);
    QTest::keyClick(keyframes, Qt::Key_Left);
    QCOMPARE(box->value(), 60);
    QTest::keyClick(keyframes, Qt::Key_Delete);  // none holds here
    QCOMPARE(shown.editor.draft().schedule.keyframe.size(), std::size_t(1));
    box->setValue(70);
    QTest::keyClick(keyframes, Qt::Key_Delete);
    QVERIFY(shown.editor.draft() == fixedWindow());
    shown.editor.undoStack()->undo();
    QCOMPARE(shown.editor.draft().schedule.keyframe[0].iteration, 61);
  }

  void a_dragged_keyframe_is_one_step_of_undo() {
    Shown shown;
    auto* keyframes = shown.editor.findChild<ScheduleKeyframesView*>();
    shown.editor.findChild<QSpinBox*>("scheduleIteration")->setValue(50);
    QTest::keyClick(keyframes, Qt::Key_Insert);
    keyframes->refresh();
    const auto& hits = keyframes->drawing().hits;
    const auto mark = std::find_if(hits.begin(), hits.end(),
                                   [](const HitBox& hit) { return hit.kind == HitKind::badge; });
    QVERIFY(mark != hits.end());
    const QPoint from = keyframes->widgetPlace(mark->box.centre()).toPoint();
    shown.drag(keyframes, from, from + QPoint(keyframes->width() / 5, 0));
    const int moved = shown.editor.draft().schedule.keyframe[0].iteration;
    QVERIFY2(moved > 60 && moved < 80, qPrintable(QString::number(moved)));
    QCOMPARE(shown.editor.undoStack()->count(), 2);
    keepPicture(shown.editor, "keyframes");
  }

  void a_run_with_keyframes_shows_them() {
    RunConfig config = fixedWindow();
    config.schedule.keyframe = {{20, "method.window_rule=shifting method.shift_every=10"},
                                {70, "method.window_rule=random_geometric"}};
    Shown shown(config);
    shown.editor.findChild<QSpinBox*>("scheduleIteration")->setValue(41);
    QCOMPARE(shown.text("scheduleCostStart"), QString("window start 5"));
    auto* keyframes = shown.editor.findChild<ScheduleKeyframesView*>();
    keyframes->refresh();
    const std::string words = textOf(keyframes->drawing());
    QVERIFY(words.find("fixed at 3") != std::string::npos);
    QVERIFY(words.find("sliding from 3, every 10") != std::string::npos);
    keepPicture(shown.editor, "three-rules");
  }

  void a_measured_iteration_is_flagged_when_it_is_off() {
    Shown shown;
    const MeasuredFigures plain = figures();
    const CostEstimate cost = estimate(fixedWindow(), counts(shown.drawn()), plain);
    shown.editor.setMeasured(shown.editor.draft(), plain,
                             {live, cost.nfe, cost.trained_passes, cost.seconds * 1.1});
    QVERIFY(shown.text("scheduleMemory").startsWith("tensors take 157.0 MB at most"));
    QVERIFY(shown.text("scheduleVerdict").contains("within 20 %"));
    shown.editor.setMeasured(shown.editor.draft(), plain,
                             {live, cost.nfe, cost.trained_passes, cost.seconds * 1.5});
    QVERIFY(shown.text("scheduleVerdict").contains("50 % apart"));
    QCOMPARE(shown.editor.findChild<QLabel*>("scheduleVerdict")->property("tone").toString(),
             QString("warning"));
  }

  void any_edits_are_valid_or_named_and_undo_brings_back_the_start() {
    std::mt19937 random(11);
    const auto below = [&](int most) { return static_cast<int>(random() % unsigned(most)); };
    Shown shown{RunConfig{}};
    auto* tabs = shown.editor.findChild<QTabBar*>("scheduleMethods");
    for (int edit = 0; edit < 120; ++edit) {
      const auto row = static_cast<ScheduleRow>(2 + below(4));
      const double value = row == ScheduleRow::noise      ? below(12) / 10.0
                           : row == ScheduleRow::children ? 1 + below(4)
                                                          : below(2);
      if (below(10) == 0)
        QTest::keyClick(shown.editor.findChild<ScheduleKeyframesView*>(),
                        below(3) == 0 ? Qt::Key_Delete : Qt::Key_Insert);
      else if (below(8) == 0)
        shown.editor.showIteration(below(100));
      else if (below(12) == 0)
        tabs->setCurrentIndex(below(tabs->count()));
      else if (below(5) == 0)
        QTest::keyClick(shown.lanes, Qt::Key_Right, Qt::AltModifier);
      else
        shown.table->model()->setData(shown.cell(row, below(10)), value);
      if (shown.editor.problems().empty())
        for (const int iteration : {0, live, 99})
          QVERIFY(counts(schedule_at(shown.editor.draft(), iteration)) ==
                  counts(run_schedule(shown.editor.draft(), iteration)));
      else
        QVERIFY(!shown.editor.problems().front().sentence.empty());
    }
    const RunConfig last = shown.editor.draft();
    while (shown.editor.undoStack()->canUndo()) shown.editor.undoStack()->undo();
    QVERIFY(shown.editor.draft() == RunConfig{});
    while (shown.editor.undoStack()->canRedo()) shown.editor.undoStack()->redo();
    QVERIFY(shown.editor.draft() == last);
  }

  void a_schedule_of_many_steps_scrolls_with_its_lanes() {
    RunConfig config;
    config.sampler.steps = 50;
    Shown shown(config);
    QCOMPARE(shown.table->model()->columnCount(), 50);
    QVERIFY(shown.table->stepWidth() >= 40);
    shown.table->scrollTo(shown.cell(ScheduleRow::step, 49));
    QVERIFY(shown.table->scrolled() > 0);
    keepPicture(shown.editor, "many-steps");
  }

  void it_fits_beside_a_dock() {
    Shown shown;
    QVERIFY2(shown.editor.minimumSizeHint().width() <= 900,
             qPrintable(QString::number(shown.editor.minimumSizeHint().width())));
    QVERIFY2(shown.editor.minimumSizeHint().height() <= 640,
             qPrintable(QString::number(shown.editor.minimumSizeHint().height())));
    shown.editor.findChild<QTabBar*>("scheduleMethods")->setCurrentIndex(3);  // the most options
    shown.editor.resize(900, 640);
    QTest::qWait(50);
    QVERIFY2(shown.editor.minimumSizeHint().width() <= 900,
             qPrintable(QString::number(shown.editor.minimumSizeHint().width())));
    keepPicture(shown.editor, "small");
  }

  void rows_grow_with_the_zoom() {
    applyTheme(*qApp, ThemeKind::dark, 1.5);
    Shown shown;
    shown.editor.setLooks(theme(ThemeKind::dark), loadFonts(uiScale(1.5)));
    QTest::qWait(50);
    QVERIFY(shown.table->rowHeight(0) > QFontMetrics(shown.table->font()).height());
    QCOMPARE(shown.table->height(), schedule_rows * shown.table->rowHeight(0) + 1);
    keepPicture(shown.editor, "zoom");
    applyTheme(*qApp, ThemeKind::dark, 1);
  }

  void its_pictures_can_be_looked_at() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      RunConfig config;
      config.run.iterations = 60;
      config.run.seed = 4;
      Shown shown(config);
      shown.editor.setLooks(theme(kind), loadFonts(uiScale(1)));
      shown.editor.setMeasured(shown.editor.draft(), figures(), {live, 1408, 104, 4.9});
      shown.editor.findChild<QDoubleSpinBox*>("schedule.method.window_ratio")->setValue(.3);
      shown.editor.findChild<QDoubleSpinBox*>("schedule.sampler.noise_level")->setValue(.8);
      QTest::qWait(50);
      QCOMPARE(shown.text("scheduleChanges"), QString("□ 2 changes pending"));
      keepPicture(shown.editor, kind == ThemeKind::dark ? "dark" : "light");
    }
    applyTheme(*qApp, ThemeKind::dark, 1);
  }
};

QTEST_MAIN(TestScheduleEditor)
#include "tst_schedule_editor.moc"
