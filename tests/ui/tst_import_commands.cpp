// File, Import runs: what is offered, chosen, copied and said.
#include <QApplication>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "views/file_choice.h"
#include "window/import_commands.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

class TestImportCommands : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString other_;

  static Workbench::LoadEngine fake() {
    return [] { return std::make_shared<FakeEngine>(); };
  }
  static void train(const QString& store, const char* name) {
    RunControl control;
    Workbench(store.toStdString(), fake())
        .train(smallConfig(2, name), control, [](RunId, const Event&) {});
  }

  struct Window {
    QWidget widget;
    Actions actions{&widget};
    Session session;
    ImportCommands commands;
    explicit Window(const QString& store)
        : session(store.toStdString(), fake()), commands(session, actions, &widget) {}
    ImportDialog* offered(const QString& file) {
      commands.offer(file);
      ImportDialog* dialog = nullptr;
      (void)QTest::qWaitFor([&] { return (dialog = widget.findChild<ImportDialog*>()) != nullptr; },
                            patience);
      return dialog;
    }
  };

 private Q_SLOTS:
  void initTestCase() {
    other_ = folder_.filePath("other.tgws");
    train(other_, "one");
    train(other_, "two");
  }

  void the_ticked_runs_are_copied() {
    const QString store = folder_.filePath("mine.tgws");
    train(store, "one");
    Window window(store);
    QSignalSpy told(&window.commands, &ImportCommands::imported);
    ImportDialog* dialog = window.offered(other_);
    QVERIFY(dialog);
    auto* list = dialog->findChild<QListWidget*>("importList");
    QCOMPARE(list->count(), 2);
    list->item(1)->setCheckState(Qt::Unchecked);
    Q_EMIT dialog->importAsked();
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, patience);
    QVERIFY(told[0][0].toString().contains("1 run of other.tgws"));
    const auto runs = Workbench(store.toStdString(), {}).runs();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[1].name, std::string("one-2"));
  }

  void nothing_can_be_imported_while_nothing_is_ticked() {
    Window window(folder_.filePath("empty.tgws"));
    ImportDialog* dialog = window.offered(other_);
    QVERIFY(dialog);
    auto* list = dialog->findChild<QListWidget*>("importList");
    auto* import = dialog->findChild<QPushButton*>("importButton");
    QVERIFY(import->isEnabled());
    for (int at = 0; at < list->count(); ++at) list->item(at)->setCheckState(Qt::Unchecked);
    QVERIFY(!import->isEnabled());
    auto* all = dialog->findChild<QCheckBox*>("importAll");
    QVERIFY(!all->isChecked());
    QCOMPARE(all->text(), QString("All runs (0 of 2 are ticked)"));
    all->click();
    QVERIFY(import->isEnabled());
    QCOMPARE(dialog->chosen().size(), std::size_t{2});
    list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(!all->isChecked());
  }

  void a_name_to_save_under_gets_the_ending_of_its_filter() {
    QCOMPARE(withEnding("/a/model", "Model files (*.safetensors)"),
             QString("/a/model.safetensors"));
    QCOMPARE(withEnding("/a/model.v2", "Model files (*.safetensors)"),
             QString("/a/model.v2.safetensors"));
    QCOMPARE(withEnding("/a/p.CSV", "Prompts (*.txt *.csv *.jsonl)"), QString("/a/p.CSV"));
    QCOMPARE(withEnding("/a/p", "Prompts (*.txt *.csv *.jsonl)"), QString("/a/p.txt"));
    QCOMPARE(withEnding("/a/r", "Figure recipes (*.figure.json *.json)"),
             QString("/a/r.figure.json"));
    QCOMPARE(withEnding("/a/any", "All files (*)"), QString("/a/any"));
  }

  void a_file_that_is_no_workspace_is_refused_in_words() {
    Window window(folder_.filePath("mine.tgws"));
    QSignalSpy refused(&window.commands, &ImportCommands::refused);
    window.commands.offer(folder_.filePath("nowhere.tgws"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, patience);
    QVERIFY(refused[0][0].toString().contains("nowhere.tgws"));
    QVERIFY(!window.widget.findChild<ImportDialog*>());
  }
};

QTEST_MAIN(TestImportCommands)
#include "tst_import_commands.moc"
