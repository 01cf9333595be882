#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "style/studio_style.h"
#include "views/prompt_set_editor.h"
#include "workbench/prompt_tasks.h"

using namespace treegrpo;

namespace {

std::vector<Prompt> someCaptions() {
  return {{"a red circle left of a blue square", ""},
          {"three green triangles", ""},
          {"a purple square", ""},
          {"a cat", "animals"}};
}

QString counts(PromptSetEditor& editor) {
  return editor.findChild<QLabel*>("prompt_set_counts")->text();
}

QString problems(PromptSetEditor& editor) {
  return editor.findChild<QLabel*>("prompt_set_problems")->text();
}

QTableView* table(PromptSetEditor& editor) {
  return editor.findChild<QTableView*>("prompt_set_table");
}

void keepProof(QWidget& widget, const QString& name) {
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace

class TestPromptSetEditor : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_model_is_sound_under_any_edits_and_undo_takes_all_back() {
    PromptSetModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPrompts(someCaptions());
    const std::vector<Prompt> before = model.prompts();
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
      const int rows = model.rowCount();
      const int row = rows == 0 ? 0 : static_cast<int>(random() % static_cast<unsigned>(rows));
      switch (random() % 3) {
        case 0:
          model.insertPrompts(row, {{"new " + std::to_string(i % 5), ""}, {"b", "t"}}, "add");
          break;
        case 1:
          if (rows > 3) model.removePrompts({row, 0, rows - 1});
          break;
        default:
          if (rows > 0)
            model.setData(model.index(row, PromptSetModel::prompt), QString::number(i),
                          Qt::EditRole);
      }
    }
    QVERIFY(model.undoStack().count() > 100);
    while (model.undoStack().canUndo()) model.undoStack().undo();
    QCOMPARE(model.prompts(), before);
  }

  void whoever_hears_of_other_prompts_finds_their_problems_too() {
    PromptSetModel model;
    model.setPrompts({{"a red circle", ""}});
    model.insertPrompts(1, {{"a blue square", ""}}, "Add");  // which the stack then forgets
    int problems = -1;
    connect(&model.undoStack(), &QUndoStack::indexChanged, &model,
            [&] { problems = model.problemCount(); });
    model.setPrompts({{"a cat", ""}, {"a dog", ""}, {"a cat", ""}, {"", ""}});
    QCOMPARE(problems, model.problemCount());
    QVERIFY(problems > 0);
  }

  void captions_of_the_bundled_task_know_their_task() {
    QCOMPARE(caption_task("three green triangles"), std::string("count"));
    QCOMPARE(caption_task("a cat on a mat"), std::string());
    PromptSetEditor editor;
    editor.setPrompts(someCaptions(), "a set");
    QCOMPARE(counts(editor), QString("4 prompts · posattr 1 · count 1 · color 1 · animals 1"));
    editor.model().setData(editor.model().index(1, PromptSetModel::prompt), "a circle",
                           Qt::EditRole);
    QCOMPARE(editor.prompts()[1].task, std::string("single"));
    QVERIFY(scene_prompt_set(true).size() > 100);
  }

  void duplicates_and_empty_prompts_are_marked_in_words() {
    PromptSetEditor editor;
    editor.setPrompts({{"a cat", ""}, {"a cat", ""}, {"", ""}}, "a set");
    const auto wrong = [&](int row) {
      return editor.model().index(row, PromptSetModel::problem).data().toString();
    };
    QCOMPARE(wrong(0), QString());
    QVERIFY(wrong(1).contains("the same prompt as number 1"));
    QVERIFY(wrong(2).contains("empty"));
    QVERIFY(problems(editor).startsWith("2 to look at; number 2:"));
    editor.model().removePrompts({1, 2});
    QCOMPARE(problems(editor), QString());
  }

  void lines_are_pasted_and_prompts_removed_by_keyboard() {
    PromptSetEditor editor;
    editor.setPrompts({{"a cat", ""}}, "a set");
    editor.show();
    QVERIFY(QTest::qWaitForWindowActive(&editor));
    table(editor)->setFocus();
    QApplication::clipboard()->setText("a dog\n\n# no\n  a bird  \n");
    QTest::keySequence(table(editor), QKeySequence::Paste);
    QCOMPARE(editor.prompts().size(), std::size_t{3});
    QCOMPARE(editor.prompts()[2].text, std::string("a bird"));
    table(editor)->setCurrentIndex(table(editor)->model()->index(0, 0));
    QTest::keyClick(table(editor), Qt::Key_Delete);
    QCOMPARE(editor.prompts().front().text, std::string("a dog"));
    QTest::keySequence(table(editor), QKeySequence::Undo);
    QCOMPARE(editor.prompts().front().text, std::string("a cat"));
    QVERIFY(editor.findChild<QPushButton*>("prompt_set_redo")->isEnabled());
  }

  void a_prompt_is_added_and_written_at_once() {
    PromptSetEditor editor;
    editor.show();
    QVERIFY(QTest::qWaitForWindowActive(&editor));
    QTest::keyClick(editor.findChild<QPushButton*>("prompt_set_add"), Qt::Key_Space);
    QTest::keyClicks(QApplication::focusWidget(), "two red crosses");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(editor.prompts().back().text, std::string("two red crosses"));
    QCOMPARE(editor.prompts().back().task, std::string("count"));
  }

  void the_search_hides_and_removes_only_what_is_shown() {
    PromptSetEditor editor;
    editor.setPrompts(someCaptions(), "a set");
    editor.findChild<QLineEdit*>("prompt_set_search")->setText("ANIMALS");
    QCOMPARE(table(editor)->model()->rowCount(), 1);
    table(editor)->selectAll();
    editor.findChild<QPushButton*>("prompt_set_remove")->click();
    QCOMPARE(editor.prompts().size(), std::size_t{3});
  }

  void files_go_out_and_come_back() {
    QTemporaryDir folder;
    PromptSetEditor editor;
    editor.setPrompts(someCaptions(), "a set");
    for (const char* name : {"a.csv", "a.jsonl"}) {
      QVERIFY(editor.exportFile(folder.filePath(name)));
      PromptSetEditor other;
      QVERIFY(other.importFile(folder.filePath(name)));
      QCOMPARE(other.prompts(), editor.prompts());
    }
    QVERIFY(!editor.importFile(folder.filePath("none.txt")));
    QVERIFY(problems(editor).contains("none.txt"));
    QFile bad(folder.filePath("bad.jsonl"));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{\"prompt\":\"a hat\"}\nnonsense\n");
    bad.close();
    QVERIFY(!editor.importFile(bad.fileName()));
    QVERIFY(problems(editor).contains("Line 2:"));
    QCOMPARE(editor.prompts().back().text, std::string("a hat"));
  }

  void it_can_be_looked_at() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      PromptSetEditor editor;
      editor.setLooks(theme(kind));
      std::vector<Prompt> prompts = someCaptions();
      const std::vector<Prompt> scenes = scene_prompt_set(true);
      prompts.insert(prompts.end(), scenes.begin(), scenes.begin() + 60);
      prompts.insert(prompts.begin() + 2, {"three green triangles", ""});
      editor.setPrompts(prompts, "Training prompts");
      editor.resize(900, 560);
      editor.show();
      QCoreApplication::processEvents();
      QCOMPARE(editor.model().problemCount() > 0, true);
      keepProof(editor, kind == ThemeKind::dark ? "prompts-dark" : "prompts-light");
    }
  }
};

QTEST_MAIN(TestPromptSetEditor)
#include "tst_prompt_set_editor.moc"
