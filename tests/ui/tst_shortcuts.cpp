// Keys that a user chose: kept, shown wherever keys are shown, and never with two owners.
#include <QDialogButtonBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>
#include <random>

#include "actions.h"
#include "support/fake_engine.h"
#include "ui/own_settings.h"
#include "views/guide.h"
#include "views/shortcut_editor.h"
#include "views/tree_keys_overlay.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;

namespace {

const ActionRow& rowOf(const char* name) {
  for (const ActionRow& row : actionRows())
    if (QLatin1String(row.name) == QLatin1String(name)) return row;
  throw Error("no such action");
}

QString keysNow(const KeyChoice& choice, const char* name) {
  return keyText(keysOf(rowOf(name), choice));
}

QTreeWidgetItem* itemOf(const ShortcutEditor& editor, const char* name) {
  const auto* rows = editor.findChild<QTreeWidget*>("shortcut_rows");
  for (int at = 0; at < rows->topLevelItemCount(); ++at)
    if (rows->topLevelItem(at)->data(0, Qt::UserRole).toString() == QLatin1String(name))
      return rows->topLevelItem(at);
  return nullptr;
}

void choose(ShortcutEditor& editor, const char* name, const QKeySequence& key) {
  editor.findChild<QTreeWidget*>("shortcut_rows")->setCurrentItem(itemOf(editor, name));
  editor.findChild<QKeySequenceEdit*>("shortcut_key")->setKeySequence(key);
}

QPushButton* button(const ShortcutEditor& editor, const char* name) {
  return editor.findChild<QPushButton*>(QLatin1String(name));
}

QString said(const ShortcutEditor& editor) {
  return editor.findChild<QLabel*>("shortcut_said")->text();
}

}  // namespace

class TestShortcuts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void init() { QSettings().remove("keys"); }

  void chosen_keys_come_back_and_those_of_the_table_are_not_written() {
    QVERIFY(loadKeys().empty());
    KeyChoice choice = withKeys({}, "run.step", {QKeySequence("F8")});
    choice = withKeys(choice, "tree.hoist", {});
    choice = withKeys(choice, "view.palette", {QKeySequence("Ctrl+P")});  // as in the table
    QCOMPARE(choice.size(), 2u);
    QVERIFY(saveKeys(choice));
    QVERIFY(loadKeys() == choice);
    QCOMPARE(keysNow(choice, "run.step"), QString("F8"));
    QCOMPARE(keysNow(choice, "tree.hoist"), QString());
    QVERIFY(saveKeys(withStandardKeys(choice, "run.step")));
    QCOMPARE(loadKeys().size(), 1u);
  }

  void a_key_that_is_taken_over_is_lost_by_the_other_one() {
    const KeyChoice choice = withKeys({}, "run.evaluate", {QKeySequence("F3")});
    QCOMPARE(keysNow(choice, "run.evaluate"), QString("F3"));
    QCOMPARE(keysNow(choice, "edit.find_next"), QString());
    // The rest of several keys stays.
    QCOMPARE(keysNow(withKeys({}, "run.evaluate", {QKeySequence("F2")}), "tree.next_largest"),
             QString("N"));
    // Reset takes it back from the one that has it now.
    const KeyChoice back = withStandardKeys(choice, "edit.find_next");
    QCOMPARE(keysNow(back, "edit.find_next"), QString("F3"));
    QCOMPARE(keysNow(back, "run.evaluate"), QString());
  }

  void a_key_that_begins_another_has_its_owner_too() {
    const auto owners = ownersOf(QKeySequence("O"), {}, "run.step");
    QCOMPARE(owners.size(), 7u);  // what edges show
    QCOMPARE(ownersOf(QKeySequence("Ctrl+P, X"), {}, "run.step").size(), 1u);
    QVERIFY(ownersOf(QKeySequence("F8"), {}, "run.step").empty());
    QVERIFY(ownersOf(QKeySequence("S"), {}, "run.step").empty());
  }

  void a_fixed_key_is_given_to_nobody() {
    for (const char* key : {"1", "?", "Esc", "Tab", "Return"}) {
      const auto owners = ownersOf(QKeySequence(key), {}, "run.step");
      QVERIFY2(owners.size() == 1 && owners[0].name.isEmpty(), key);
      QVERIFY2(keysNow(withKeys({}, "run.step", {QKeySequence(key)}), "run.step").isEmpty(), key);
    }
  }

  void nonsense_in_the_settings_is_passed_over() {
    QSettings settings;
    settings.setValue("keys/run.fly", "F8");
    settings.setValue("keys/run.step", "1");           // fixed
    settings.setValue("keys/run.sample", "Ctrl+P");    // of the palette, which keeps its own
    settings.setValue("keys/run.evaluate", "Ctrl+P");  // one too many
    const KeyChoice read = loadKeys();
    QCOMPARE(keysNow(read, "run.step"), QString("S"));
    QCOMPARE(keysNow(read, "run.sample"), QString("Ctrl+P"));
    QCOMPARE(keysNow(read, "run.evaluate"), QString());
    QCOMPARE(keysNow(read, "view.palette"), QString());
    QVERIFY(!read.contains("run.fly"));
  }

  void any_order_of_edits_leaves_each_key_one_owner() {
    std::mt19937 random(5);
    const auto rows = actionRows();
    KeyChoice choice;
    for (int edit = 0; edit < 300; ++edit) {
      const QString name = rows[random() % rows.size()].name;
      const auto other = standardKeys(rows[random() % rows.size()]);
      choice = random() % 4 ? withKeys(choice, name, other) : withStandardKeys(choice, name);
      std::map<QString, QString> owners;
      for (const ActionRow& row : rows)
        for (const QKeySequence& key : keysOf(row, choice))
          QVERIFY2(owners.emplace(key.toString(), row.name).second, qPrintable(key.toString()));
    }
    QVERIFY(saveKeys(choice));
    QVERIFY(loadKeys() == choice);
  }

  void the_editor_names_who_has_a_key_and_takes_it_over() {
    ShortcutEditor editor({});
    choose(editor, "run.step", QKeySequence("F8"));
    QVERIFY2(said(editor).contains("F8 is free"), qPrintable(said(editor)));
    choose(editor, "run.step", QKeySequence("Ctrl+P"));
    QVERIFY2(said(editor).contains("Command palette"), qPrintable(said(editor)));
    QVERIFY(button(editor, "shortcut_give")->text().contains("Take it over"));
    button(editor, "shortcut_give")->click();
    QCOMPARE(itemOf(editor, "run.step")->text(1), QString("Ctrl+P"));
    QCOMPARE(itemOf(editor, "view.palette")->text(1), QString());
    choose(editor, "run.step", QKeySequence("1"));
    QVERIFY2(said(editor).contains("fixed"), qPrintable(said(editor)));
    QVERIFY(!button(editor, "shortcut_give")->isEnabled());
    button(editor, "shortcut_reset")->click();
    QCOMPARE(itemOf(editor, "run.step")->text(1), QString("S"));
    button(editor, "shortcut_remove")->click();
    QCOMPARE(itemOf(editor, "run.step")->text(1), QString());
    button(editor, "shortcut_reset_all")->click();
    QVERIFY(editor.choice().empty());
    QCOMPARE(itemOf(editor, "view.palette")->text(1), QString("Ctrl+P"));
    QVERIFY(!button(editor, "shortcut_reset_all")->isEnabled());
  }

  void search_finds_commands_by_word_and_by_key() {
    ShortcutEditor editor({});
    auto* typed = editor.findChild<QLineEdit*>("shortcut_search");
    typed->setText("palette");
    QVERIFY(!itemOf(editor, "view.palette")->isHidden());
    QVERIFY(itemOf(editor, "run.step")->isHidden());
    typed->setText("shift+f3");
    QVERIFY(!itemOf(editor, "edit.find_previous")->isHidden());
    QVERIFY(itemOf(editor, "view.palette")->isHidden());
    typed->setText("child by its place");
    QVERIFY(!button(editor, "shortcut_remove")->isEnabled());
    QVERIFY2(said(editor).contains("fixed"), qPrintable(said(editor)));
    typed->setText("no such thing");
    QVERIFY(!button(editor, "shortcut_give")->isEnabled());
  }

  void sentences_name_the_keys_that_hold_now() {
    MainWindow window(
        folder_.filePath("words.tgws").toStdString(), [] { return std::make_unique<FakeEngine>(); },
        Preferences{}, CanvasKind::software);
    const auto words = [&](const char* label) {
      return window.findChild<QLabel*>(QLatin1String(label))->text();
    };
    Actions& actions = *window.findChild<Actions*>();
    actions.setKeys({});
    QCOMPARE(words("curvesEmptyWords"),
             QString("To train, press Space. Each iteration adds a point."));
    QVERIFY(words("compareEmptyWords").contains("press Ctrl+Return,"));
    actions.setKeys(withKeys(withKeys({}, "run.toggle", {QKeySequence("F8")}), "compare.runs", {}));
    QCOMPARE(words("curvesEmptyWords"),
             QString("To train, press F8. Each iteration adds a point."));
    QVERIFY2(words("compareEmptyWords").contains("choose Compare runs in the menu Compare,"),
             qPrintable(words("compareEmptyWords")));
  }

  // By keys alone: search, list, field, button.
  void a_key_is_changed_without_a_mouse_and_holds_everywhere() {
    MainWindow window(
        folder_.filePath("keys.tgws").toStdString(), [] { return std::make_unique<FakeEngine>(); },
        Preferences{}, CanvasKind::software);
    window.show();
    const auto change = [] {
      auto* editor = qobject_cast<ShortcutEditor*>(QApplication::activeModalWidget());
      QVERIFY(editor && editor->focusWidget());
      QTest::keyClicks(editor->focusWidget(), "hoist");
      auto* rows = editor->findChild<QTreeWidget*>("shortcut_rows");
      rows->setCurrentItem(itemOf(*editor, "tree.hoist"));
      auto* key = editor->findChild<QKeySequenceEdit*>("shortcut_key");
      for (int tabs = 0;
           tabs < 3 && !key->isAncestorOf(editor->focusWidget()) && editor->focusWidget() != key;
           ++tabs)
        QTest::keyClick(editor->focusWidget(), Qt::Key_Tab);
      QTest::keyClick(editor->focusWidget(), Qt::Key_F8);
      QTest::qWait(1);
      QVERIFY2(said(*editor).contains("F8 is free"), qPrintable(said(*editor)));
      QTest::keyClick(editor->focusWidget(), Qt::Key_Tab);
      QCOMPARE(editor->focusWidget()->objectName(), QString("shortcut_give"));
      QTest::keyClick(editor->focusWidget(), Qt::Key_Space);
      QCOMPARE(itemOf(*editor, "tree.hoist")->text(1), QString("F8"));
    };
    QTimer::singleShot(100, &window, [&] {
      change();
      qobject_cast<QDialog*>(QApplication::activeModalWidget())->accept();
    });
    window.actions()[u"file.shortcuts"]->trigger();
    const QAction* hoist = window.actions()[u"tree.hoist"];
    QCOMPARE(hoist->shortcut(), QKeySequence("F8"));
    QVERIFY2(hoist->toolTip().endsWith("(F8)"), qPrintable(hoist->toolTip()));
    bool on_the_tree = false;
    for (const KeyRow& row : treeKeyRows()) on_the_tree |= row.keys == "F8" && row.text == "Hoist";
    QVERIFY(on_the_tree);
    showKeys(&window);
    QVERIFY(!window.findChild<QTreeWidget*>("keys_list")
                 ->findItems("F8", Qt::MatchExactly, 0)
                 .isEmpty());
    MainWindow later(
        folder_.filePath("later.tgws").toStdString(), [] { return std::make_unique<FakeEngine>(); },
        Preferences{}, CanvasKind::software);
    QCOMPARE(later.actions()[u"tree.hoist"]->shortcut(), QKeySequence("F8"));
  }

 private:
  QTemporaryDir folder_;
};

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
