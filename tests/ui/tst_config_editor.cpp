#include <rapidcheck.h>

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "record/config_toml.h"
#include "style/studio_style.h"
#include "support/any_config.h"
#include "support/property.h"
#include "tree/check_config.h"
#include "views/config_editor.h"

using namespace treegrpo;

namespace {

QWidget* control(ConfigEditor& editor, const QString& key) {
  return editor.findChild<QWidget*>("config." + key);
}

QString shownBy(QWidget* control) {
  if (auto* check = qobject_cast<QCheckBox*>(control)) return check->isChecked() ? "true" : "false";
  if (auto* combo = qobject_cast<QComboBox*>(control)) return combo->currentText();
  if (auto* box = qobject_cast<QAbstractSpinBox*>(control)) return box->text();
  return qobject_cast<QLineEdit*>(control)->text();
}

void typeInto(QWidget* control, const QString& text) {
  control->setFocus();
  QTest::keySequence(control, QKeySequence::SelectAll);
  QTest::keyClicks(control, text);
}

void keepProof(QWidget& widget, const QString& name) {
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

RunConfig readBack(const ConfigEditor& editor) {
  auto* text = editor.findChild<ConfigText*>();
  return parse_config(text->toPlainText().toStdString(), "text");
}

}  // namespace

class TestConfigEditor : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_field_has_a_control_that_shows_its_value() {
    ConfigEditor editor;
    RunConfig config;
    config.run.seed = 18446744073709551615U;
    editor.setConfig(config, "a run");
    for (const ConfigField& field : config_fields()) {
      if (!field.list.empty()) continue;
      QWidget* shown = control(editor, QString::fromStdString(field.key));
      QVERIFY2(shown != nullptr, field.key.c_str());
      QCOMPARE(shownBy(shown).toStdString(), get_field(config, field.key));
      QVERIFY(!shown->accessibleName().isEmpty());
    }
    QCOMPARE(shownBy(control(editor, "reward.0.name")), QString("scene"));
  }

  void typing_in_a_field_rewrites_the_text() {
    ConfigEditor editor;
    editor.setText("# mine\n[run]\nseed = 1  # why\n", "a file");
    editor.show();
    const QSignalSpy changed(&editor, &ConfigEditor::changed);
    typeInto(control(editor, "run.seed"), "42");
    QCOMPARE(editor.findChild<ConfigText*>()->toPlainText(),
             QString("# mine\n[run]\nseed = 42  # why\n"));
    QCOMPARE(changed.last()[0].toStringList(), QStringList{"run.seed=42"});
    typeInto(control(editor, "optimizer.learning_rate"), "3e-5");
    QCOMPARE(readBack(editor).optimizer.learning_rate, 3e-5);
    QCOMPARE(shownBy(control(editor, "optimizer.learning_rate")), QString("3e-5"));
  }

  void typing_in_the_text_moves_the_fields() {
    ConfigEditor editor;
    editor.setText("[run]\nseed = 1\n", "a file");
    auto* text = editor.findChild<ConfigText*>();
    text->moveCursor(QTextCursor::End);
    QTest::keyClicks(text, "iterations = 7");
    QCOMPARE(shownBy(control(editor, "run.iterations")), QString("7"));
    QVERIFY(!editor.draft().problem());
  }

  void any_edit_of_any_field_reads_back_from_the_text_and_is_undone() {
    QVERIFY(test::holds("fields to text to config", [] {
      ConfigDraft draft;
      const RunConfig wanted = test::any_config();
      for (int i = 0; i < 6; ++i) {
        const auto& field = (*rc::gen::elementOf(std::vector<int>{0, 1, 3, 7, 11, 20, 33, 45, 60}));
        const ConfigField& row = config_fields()[static_cast<std::size_t>(field)];
        if (!row.list.empty()) continue;
        draft.setField(QString::fromStdString(row.key),
                       QString::fromStdString(value_text(field_value(row, &wanted))));
      }
      RC_ASSERT(parse_config(draft.text().toStdString(), "text") == draft.config());
      RunConfig again = draft.origin();
      for (const QString& set : draft.overrides()) set_field(again, set.toStdString());
      RC_ASSERT(again == draft.config());
      while (draft.undoStack().canUndo()) draft.undoStack().undo();
      RC_ASSERT(draft.config() == draft.origin());
    }));
  }

  void a_bad_text_says_one_sentence_at_its_line_and_leaves_the_fields_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("syntax") << "[run]\nseed = \n" << 2 << "not valid TOML";
    QTest::newRow("open") << "[run\n" << 1 << "not valid TOML";
    QTest::newRow("range") << "[run]\n\niterations = 0\n" << 3 << "at least 1";
    QTest::newRow("kind") << "[run]\nseed = \"x\"\n" << 2 << "run.seed must be";
    QTest::newRow("unknown") << "[method]\nwindw = 3\n" << 2 << "method.window";
    QTest::newRow("twice") << "[run]\nseed = 1\nseed = 2\n" << 3 << "twice";
    QTest::newRow("choice") << "[run]\ndevice = \"tpu\"\n" << 2 << "one of auto";
    QTest::newRow("no list") << "reward = 3\n" << 1 << "array of tables";
    QTest::newRow("dots") << QString("a.").repeated(5000) + "b = 1" << 1 << "dots";
  }
  void a_bad_text_says_one_sentence_at_its_line_and_leaves_the_fields() {
    QFETCH(QString, text);
    QFETCH(int, line);
    QFETCH(QString, says);
    ConfigEditor editor;
    editor.setText("[run]\nseed = 9\n[method]\nbranch = 2\n", "a file");
    const RunConfig before = editor.draft().config();
    editor.findChild<ConfigText*>()->setPlainText(text);
    QCOMPARE(editor.draft().config(), before);
    QCOMPARE(shownBy(control(editor, "run.seed")), QString("9"));
    const auto* sentence = editor.findChild<QLabel*>("config_problem");
    QVERIFY(sentence->isVisibleTo(&editor));
    QVERIFY2(sentence->text().contains(says), qPrintable(sentence->text()));
    QVERIFY(sentence->text().startsWith(QString("Line %1: ").arg(line)));
    QCOMPARE(sentence->text().count('\n'), 0);
    editor.draft().undoStack().undo();
    QVERIFY(!editor.draft().problem());
  }

  void a_refused_value_stays_in_its_field_with_the_reason() {
    ConfigEditor editor;
    editor.show();
    const QString text = editor.draft().text();
    typeInto(control(editor, "run.iterations"), "0");
    QCOMPARE(editor.draft().text(), text);
    QVERIFY(control(editor, "run.iterations")->property("invalid").toBool());
    QVERIFY(editor.findChild<QLabel*>("config_problem")->text().contains("at least 1"));
    typeInto(control(editor, "run.seed"), "3");
    QCOMPARE(shownBy(control(editor, "run.iterations")), QString("0"));
    typeInto(control(editor, "run.iterations"), "5");
    QVERIFY(!editor.draft().problem());
    QVERIFY(!control(editor, "run.iterations")->property("invalid").toBool());
  }

  void keys_that_contradict_each_other_are_both_marked() {
    ConfigEditor editor;
    editor.setAcceptText("Start");
    editor.draft().setField("sampler.steps", "3");
    QVERIFY(control(editor, "method.window")->property("invalid").toBool());
    QVERIFY(control(editor, "sampler.steps")->property("invalid").toBool());
    QVERIFY(!editor.findChild<QPushButton*>("config_accept")->isEnabled());
    QVERIFY(editor.draft().problem()->line > 0);
    editor.draft().setField("sampler.steps", "4");
    QVERIFY(!editor.draft().problem());
  }

  void items_are_added_and_removed_and_undone() {
    ConfigEditor editor;
    editor.findChild<QToolButton*>("config_add.reward")->click();
    QCOMPARE(editor.draft().config().reward.size(), std::size_t{2});
    QVERIFY(editor.draft().problem()->keys.contains("reward"));  // scene stands twice
    editor.draft().setField("reward.1.name", "jpeg_size");
    QCOMPARE(readBack(editor).reward[1].name, std::string("jpeg_size"));
    editor.findChild<QToolButton*>("config_remove.reward.0")->click();
    QCOMPARE(editor.draft().config().reward.size(), std::size_t{1});
    QCOMPARE(shownBy(control(editor, "reward.0.name")), QString("jpeg_size"));
    QVERIFY(!editor.findChild<QToolButton*>("config_remove.reward.0")->isEnabled());
    while (editor.draft().undoStack().canUndo()) editor.draft().undoStack().undo();
    QCOMPARE(shownBy(control(editor, "reward.0.name")), QString("scene"));
  }

  void a_running_run_locks_what_it_keeps_and_says_why() {
    ConfigEditor editor;
    editor.setRunning(true);
    const auto locked = [&](const QString& key) { return !control(editor, key)->isEnabled(); };
    QVERIFY(locked("run.seed") && locked("model.path") && locked("prompts.train"));
    QVERIFY(locked("reward.0.weight") && !locked("method.window"));
    editor.draft().setText("[run]\nseed = 8\n");
    QVERIFY(editor.draft().problem()->sentence.contains("new run"));
    QCOMPARE(editor.draft().config().run.seed, std::uint64_t{0});
    editor.draft().undoStack().undo();
    editor.draft().setField("method.window", "2");
    QVERIFY(control(editor, "method.window")->property("staged").toBool());
    QCOMPARE(editor.draft().overrides(), QStringList{"method.window=2"});
  }

  void a_shorter_list_is_made_anew() {
    RunConfig run;
    run.schedule.keyframe = {{4, "method.window=2"}, {8, "method.branch=2"}};
    ConfigDraft draft;
    draft.setOrigin(run);
    draft.setRunning(true);
    QVERIFY(draft.canRemoveItem("schedule.keyframe") && !draft.canRemoveItem("reward"));
    draft.removeItem("schedule.keyframe", 0);
    QCOMPARE(draft.overrides().first(), QString("schedule.keyframe=[]"));
    for (const QString& set : draft.overrides()) set_field(run, set.toStdString());
    QVERIFY(run == draft.config());
    QCOMPARE(run.schedule.keyframe.size(), std::size_t(1));
  }

  void the_search_looks_into_keys_and_help() {
    ConfigEditor editor;
    auto* search = editor.findChild<QLineEdit*>("config_search");
    const auto shown = [&](const QString& key) {
      return editor.findChild<QWidget*>("config_row." + key)->isVisibleTo(&editor);
    };
    search->setText("adamw");
    QVERIFY(shown("optimizer.learning_rate") && !shown("run.seed"));
    search->setText("jabberwock");
    QVERIFY(!shown("optimizer.learning_rate"));
    search->clear();
    editor.draft().setField("run.seed", "5");
    editor.findChild<QCheckBox*>("config_changed_only")->setChecked(true);
    QVERIFY(shown("run.seed") && !shown("run.name"));
  }

  void a_changed_field_can_be_reset_and_ctrl_z_takes_it_back() {
    ConfigEditor editor;
    editor.show();
    auto* reset = editor.findChild<QToolButton*>("config_reset.method.branch");
    QVERIFY(!reset->isVisibleTo(&editor));
    editor.draft().setField("method.branch", "2");
    QVERIFY(reset->isVisibleTo(&editor));
    reset->click();
    QCOMPARE(shownBy(control(editor, "method.branch")), QString("3"));
    auto* text = editor.findChild<ConfigText*>();
    QTest::keySequence(text, QKeySequence::Undo);
    QCOMPARE(shownBy(control(editor, "method.branch")), QString("2"));
    QTest::keySequence(text, QKeySequence::Redo);
    QCOMPARE(shownBy(control(editor, "method.branch")), QString("3"));
  }

  void numbers_step_by_the_arrow_keys() {
    ConfigEditor editor;
    editor.show();
    editor.draft().setField("optimizer.learning_rate", "2e-05");
    QTest::keyClick(control(editor, "optimizer.learning_rate"), Qt::Key_Up);
    QCOMPARE(editor.draft().config().optimizer.learning_rate, 2.1e-05);
    QTest::keyClick(control(editor, "run.iterations"), Qt::Key_Down);
    QCOMPARE(editor.draft().config().run.iterations, 99);
    editor.draft().setField("method.window", "1");
    QTest::keyClick(control(editor, "method.window"), Qt::Key_Down);
    QCOMPARE(editor.draft().config().method.window, 1);
  }

  void it_can_be_looked_at() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      ConfigEditor editor;
      editor.setLooks(theme(kind));
      editor.setAcceptText("Apply");
      editor.setText(
          "# Mine: a first try\n[run]\nseed = 1  # any\niterations = 50\n\n[method]\nname = "
          "\"treegrpo\"\nwindow = 12\n\n[[reward]]\nname = \"scene\"\n",
          "first.toml");
      editor.resize(1200, 760);
      editor.show();
      const QString name = kind == ThemeKind::dark ? "dark" : "light";
      keepProof(editor, "config-contradiction-" + name);
      editor.draft().setField("method.window", "3");
      editor.setRunning(true);
      editor.draft().setField("method.branch", "4");
      editor.form().goToField("method.branch");
      QVERIFY(!editor.draft().problem());
      QCoreApplication::processEvents();
      keepProof(editor, "config-running-" + name);
    }
  }
};

QTEST_MAIN(TestConfigEditor)
#include "tst_config_editor.moc"
