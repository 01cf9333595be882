#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "base/paths.h"
#include "record/config_toml.h"
#include "style/studio_style.h"
#include "tree/check_config.h"
#include "views/new_run_dialog.h"
#include "views/prompt_set_dialog.h"
#include "workbench/config_presets.h"
#include "workbench/prompt_tasks.h"

using namespace treegrpo;

namespace {

std::vector<RunTemplate> presets() {
  std::vector<RunTemplate> found;
  for (const ConfigPreset& preset : config_presets())
    found.push_back({QString::fromStdString(preset.title), QString::fromStdString(preset.sentence),
                     QString::fromStdString(preset.text)});
  return found;
}

std::vector<RunTemplate> oneRun() {
  RunConfig config;
  config.run.iterations = 33;
  config.method.branch = 2;
  return {{"tree-3", "33 iterations", QString::fromStdString(config_toml(config))}};
}

QString sentence(QDialog& dialog) { return dialog.findChild<QLabel*>("new_run_obstacle")->text(); }

bool canStart(QDialog& dialog) {
  return dialog.findChild<QPushButton*>("new_run_start")->isEnabled();
}

void keepProof(QWidget& widget, const QString& name) {
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace

class TestNewRunDialog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_method_has_a_preset_that_can_start() {
    const std::vector<ConfigPreset> all = config_presets();
    QStringList names;
    for (const ConfigPreset& preset : all) {
      names << QString::fromStdString(preset.name);
      check_config(parse_config(preset.text, preset.name));
    }
    QCOMPARE(names, (QStringList{"treegrpo", "flowgrpo", "dancegrpo", "mixgrpo", "branchgrpo"}));
  }

  void a_run_is_named_and_started_by_keyboard_alone() {
    NewRunDialog dialog(presets(), oneRun());
    const QSignalSpy started(&dialog, &NewRunDialog::startAsked);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QCOMPARE(QApplication::focusWidget()->objectName(), QString("new_run.run.name"));
    QTest::keyClicks(QApplication::focusWidget(), "first");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), QString("new_run.run.seed"));
    QTest::keySequence(QApplication::focusWidget(), QKeySequence::SelectAll);
    QTest::keyClicks(QApplication::focusWidget(), "18446744073709551615");
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(started.count(), 1);
    const auto config = started[0][0].value<RunConfig>();
    QCOMPARE(config.run.name, std::string("first"));
    QCOMPARE(config.run.seed, 18446744073709551615U);
    QCOMPARE(started[0][1].toBool(), false);
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
  }

  void it_begins_as_a_run_or_a_file() {
    NewRunDialog dialog(presets(), oneRun());
    auto* source = dialog.findChild<QComboBox*>("new_run_source");
    source->setFocus();
    QTest::keyClick(source, Qt::Key_End);
    QCOMPARE(source->currentText(), QString("As run tree-3"));
    QCOMPARE(dialog.editor().draft().config().run.iterations, 33);
    QTemporaryDir folder;
    QFile file(folder.filePath("a.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[run]\niterations = 5 # few\n");
    file.close();
    QVERIFY(dialog.loadFile(file.fileName()));
    QCOMPARE(dialog.editor().draft().config().run.iterations, 5);
    QVERIFY(!dialog.loadFile(folder.filePath("none.toml")));
    QVERIFY(sentence(dialog).contains("does not exist"));
    QCOMPARE(dialog.editor().draft().config().run.iterations, 5);
  }

  void edited_prompts_become_a_file_that_the_run_names() {
    NewRunDialog dialog(presets(), {});
    dialog.findChild<QPushButton*>("new_run_prompts")->click();
    auto* prompts = dialog.findChild<PromptSetDialog*>();
    QVERIFY(prompts && prompts->editor().prompts() == scene_prompt_set(false));
    prompts->editor().addLines("a blue hat");
    QTemporaryDir folder;
    QVERIFY(!prompts->useFile("/proc/nowhere/mine.csv"));
    const QString file = folder.filePath("mine.csv");
    QVERIFY(prompts->useFile(file));
    QCOMPARE(dialog.editor().draft().config().prompts.train, file.toStdString());
    const auto read = read_prompts(read_file(file.toStdString()), PromptFormat::csv).prompts;
    QCOMPARE(read.size(), scene_prompt_set(false).size() + 1);
    QCOMPARE(read.back().text, std::string("a blue hat"));
    dialog.editor().draft().undoStack().undo();
    QCOMPARE(dialog.editor().draft().config().prompts.train, std::string("scene:train"));
  }

  void what_cannot_start_is_said_beside_the_button() {
    NewRunDialog dialog(presets(), {});
    const QSignalSpy started(&dialog, &NewRunDialog::startAsked);
    QVERIFY(canStart(dialog));
    dialog.editor().draft().setField("sampler.steps", "2");
    QVERIFY(!canStart(dialog) && sentence(dialog).contains("method.window"));
    dialog.editor().draft().undoStack().undo();
    dialog.setTakenNames({"old"});
    dialog.editor().draft().setField("run.name", "old");
    QVERIFY(!canStart(dialog) && sentence(dialog).contains("old"));
    dialog.editor().draft().setField("run.name", "new");
    dialog.setObstacle("A run is going on; stop it first.");
    QCOMPARE(sentence(dialog), QString("A run is going on; stop it first."));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(started.count(), 0);
    dialog.setObstacle({});
    dialog.findChild<QPushButton*>("new_run_start_paused")->click();
    QCOMPARE(started[0][1].toBool(), true);
  }

  void the_config_is_saved_as_it_stands_or_the_reason_said() {
    NewRunDialog dialog(presets(), {});
    dialog.editor().draft().setField("run.seed", "77");
    QTemporaryDir folder;
    QVERIFY(dialog.saveFile(folder.filePath("saved.toml")));
    const RunConfig saved = load_config(folder.filePath("saved.toml").toStdString());
    QCOMPARE(saved, dialog.editor().draft().config());
    QVERIFY(!dialog.saveFile("/proc/nowhere/saved.toml"));
    QVERIFY(sentence(dialog).contains("cannot write") || sentence(dialog).contains("cannot make"));
    QVERIFY(canStart(dialog));
  }

  void it_can_be_looked_at() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      NewRunDialog dialog(presets(), oneRun());
      dialog.setLooks(theme(kind));
      if (kind == ThemeKind::light) dialog.editor().draft().setField("sampler.steps", "2");
      dialog.show();
      QCoreApplication::processEvents();
      QCOMPARE(canStart(dialog), kind == ThemeKind::dark);
      keepProof(dialog, kind == ThemeKind::dark ? "new-run-dark" : "new-run-light");
    }
  }
};

QTEST_MAIN(TestNewRunDialog)
#include "tst_new_run_dialog.moc"
