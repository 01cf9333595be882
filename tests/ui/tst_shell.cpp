#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>
#include <set>

#include "action_reasons.h"
#include "actions.h"
#include "base/error.h"
#include "preferences.h"
#include "ui/canvas_trees.h"
#include "views/canvas_header.h"
#include "views/command_match.h"
#include "views/command_palette.h"
#include "views/guide.h"
#include "views/message_strip.h"
#include "views/preferences_dialog.h"
#include "views/run_status.h"
#include "views/sample_dialog.h"

using namespace treegrpo;

class TestShell : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    qputenv("XDG_CONFIG_HOME", folder_.path().toUtf8());
    QCoreApplication::setOrganizationName("treegrpo-test");
    QCoreApplication::setApplicationName("studio");
  }

  void time_left_is_the_median_pace_with_half_of_what_the_pace_varies() {
    QCOMPARE(timeLeft({}, 10), QString());
    QCOMPARE(timeLeft({2}, 0), QString());
    QCOMPARE(timeLeft({2, 2, 2}, 10), QString("20 s left"));
    QCOMPARE(timeLeft({1, 2, 3, 2, 2, 1, 3, 2, 2, 2, 2}, 300), QString("10 min left (±5 min)"));
  }

  void the_status_bar_tells_what_an_iteration_came_to() {
    RunStatusBar bar;
    const auto textOf = [&](const char* name) { return bar.findChild<QLabel*>(name)->text(); };
    QVERIFY(textOf("status_progress").contains("no run yet"));
    bar.setPlan(300);
    bar.setState(RunState::running);
    IterationRecord record;
    record.iteration = 36;
    record.nfe = 992;
    record.peak_bytes = 1'200'000'000;
    record.seconds.total = 4;
    bar.addIteration(record);
    QCOMPARE(textOf("status_progress"), QString("iteration 37 of 300"));
    QCOMPARE(textOf("status_rate"), QString("4.00 s an iteration · 248 NFE/s"));
    QCOMPARE(textOf("status_left"), QString("18 min left"));
    QVERIFY(textOf("status_memory").contains("1.2 GB"));
    bar.setState(RunState::idle);
    QVERIFY(textOf("status_left").isEmpty());
  }

  void a_message_offers_its_remedies_and_follows_them() {
    MessageStrip strip;
    QVERIFY(strip.sentence().isEmpty());
    QAction remedy("Train demo");
    QSignalSpy triggered(&remedy, &QAction::triggered);
    strip.say(MessageStrip::Kind::error, "the model is missing", {&remedy});
    QCOMPARE(strip.sentence(), QString("the model is missing"));
    QCOMPARE(strip.findChild<QLabel*>("message_strip_text")->text(),
             QString("The model is missing"));
    QPushButton* button = buttonOf(strip, "Train demo");
    QVERIFY(button);
    button->click();
    QCOMPARE(triggered.size(), 1);
    remedy.setText("Resume");
    QCOMPARE(button->text(), QString("Resume"));
    strip.say(MessageStrip::Kind::info, "Done.");
    QVERIFY(!buttonOf(strip, "Resume"));
    strip.findChild<QPushButton*>("message_strip_dismiss")->click();
    QVERIFY(strip.sentence().isEmpty());
  }

  void the_palette_finds_a_command_by_words_and_runs_it() {
    QObject owner;
    const Actions actions(&owner);
    QSignalSpy triggered(actions[u"tree.best_leaf"], &QAction::triggered);
    CommandPalette palette(actions.all());
    auto* typed = palette.findChild<QLineEdit*>("command_palette_typed");
    auto* found = palette.findChild<QTreeWidget*>("command_palette_found");
    QCOMPARE(found->topLevelItemCount(), static_cast<int>(actions.all().size()));
    typed->setText("best_leaf highest");
    QCOMPARE(found->topLevelItemCount(), 2);
    QTest::keyClick(typed, Qt::Key_Down);
    QTest::keyClick(typed, Qt::Key_Return);
    QCOMPARE(triggered.size(), 1);
    typed->setText("zzz");
    QCOMPARE(found->topLevelItemCount(), 0);
  }

  void the_palette_finds_letters_in_their_order() {
    const QAction action("Next largest |A|");
    QCOMPARE(rankOf(action, "Tree", "largest next"), CommandRank::text);
    QCOMPARE(rankOf(action, "Tree", "tree next"), CommandRank::place);
    QCOMPARE(rankOf(action, "Tree", "nla"), CommandRank::letters);
    QCOMPARE(rankOf(action, "Tree", "LRG"), CommandRank::letters);
    QCOMPARE(rankOf(action, "Tree", "aln"), CommandRank::none);    // another order
    QCOMPARE(rankOf(action, "Tree", "extlg"), CommandRank::none);  // not from a word's beginning
  }

  void the_palette_tells_why_a_command_cannot_be_used_and_leaves_it_alone() {
    QObject owner;
    const Actions actions(&owner);
    QAction* stop = actions[u"run.stop"];
    QSignalSpy triggered(stop, &QAction::triggered);
    stop->setEnabled(false);
    CommandPalette palette(actions.all());
    auto* typed = palette.findChild<QLineEdit*>("command_palette_typed");
    const auto* found = palette.findChild<QTreeWidget*>("command_palette_found");
    const auto* said = palette.findChild<QLabel*>("command_palette_said");
    typed->setText("run.stop");
    QCOMPARE(found->topLevelItemCount(), 1);
    QVERIFY(found->topLevelItem(0)->text(1).contains("No run is in progress"));
    QVERIFY(said->text().contains("No run is in progress"));
    QCOMPARE(found->topLevelItem(0)->text(2), stop->shortcut().toString(QKeySequence::NativeText));
    QTest::keyClick(typed, Qt::Key_Return);
    QCOMPARE(triggered.size(), 0);
    stop->setEnabled(true);
    typed->setText("run.sto");
    QCOMPARE(said->text(), stop->statusTip());
    setReason(*stop, "Because");
    QVERIFY(whyDisabled(*stop).isEmpty());
    stop->setEnabled(false);
    QCOMPARE(whyDisabled(*stop), QString("Because"));
  }

  void the_palette_lists_what_was_used_last_first() {
    QObject owner;
    const Actions actions(&owner);
    const auto run = [&](const QString& name) {
      CommandPalette palette(actions.all());
      auto* typed = palette.findChild<QLineEdit*>("command_palette_typed");
      typed->setText(name);
      QTest::keyClick(typed, Qt::Key_Return);
    };
    run("tree.hoist");
    run("view.queue");
    run("tree.hoist");
    const CommandPalette palette(actions.all());
    const auto* found = palette.findChild<QTreeWidget*>("command_palette_found");
    QCOMPARE(found->topLevelItem(0)->text(0), actions[u"tree.hoist"]->text());
    QCOMPARE(found->topLevelItem(1)->text(0), actions[u"view.queue"]->text());
    QCOMPARE(found->topLevelItemCount(), static_cast<int>(actions.all().size()));
  }

  void the_palette_lists_what_is_named_so_before_what_only_mentions_it() {
    QObject owner;
    const Actions actions(&owner);
    CommandPalette palette(actions.all());
    palette.findChild<QLineEdit*>("command_palette_typed")->setText("tree");
    const auto* found = palette.findChild<QTreeWidget*>("command_palette_found");
    const auto named = [&](int row) {
      return found->topLevelItem(row)->text(0).contains("tree", Qt::CaseInsensitive);
    };
    QVERIFY(named(0));
    QVERIFY(!named(found->topLevelItemCount() - 1));
    bool ended = false;
    for (int row = 0; row < found->topLevelItemCount(); ++row) {
      QVERIFY(!(ended && named(row)));
      ended = !named(row);
    }
  }

  void the_guide_opens_once_on_the_page_that_is_asked_for() {
    QWidget window;
    const auto textOf = [&] {
      return window.findChild<QTextBrowser*>("guide_text")->toPlainText();
    };
    showGuide(&window, "curves");
    QVERIFY(textOf().startsWith("Curves"));
    showGuide(&window, "path");
    QCOMPARE(window.findChildren<QDialog*>().size(), 1);
    QVERIFY(textOf().startsWith("The path"));
    showGuide(&window, "none of these");
    QVERIFY(textOf().startsWith("The tree"));
    const auto* pages = window.findChild<QListWidget*>("guide_pages");
    for (int row = 0; row < pages->count(); ++row) {
      window.findChild<QListWidget*>("guide_pages")->setCurrentRow(row);
      QVERIFY2(textOf().size() > 100, qPrintable(pages->item(row)->text()));
    }
  }

  void every_key_is_listed() {
    QWidget window;
    showKeys(&window);
    const auto* list = window.findChild<QTreeWidget*>("keys_list");
    int keys = 0;
    for (const ActionRow& row : actionRows())
      if (*row.keys) ++keys;
    QCOMPARE(list->topLevelItemCount(), keys + static_cast<int>(fixedKeys().size()));
  }

  void actions_have_names_of_their_own_and_an_unknown_one_is_refused() {
    QObject owner;
    const Actions actions(&owner);
    std::set<QString> names, keys;
    for (std::size_t i = 0; i < actions.all().size(); ++i) {
      QVERIFY(names.insert(actions.all()[i]->objectName()).second);
      QVERIFY(!actions.all()[i]->text().isEmpty() && !actions.all()[i]->toolTip().isEmpty());
      for (const QKeySequence& key : actions.all()[i]->shortcuts()) {
        QVERIFY2(!key.isEmpty(), actionRows()[i].name);
        QVERIFY2(keys.insert(key.toString()).second, actionRows()[i].name);
      }
    }
    QVERIFY_EXCEPTION_THROWN(actions[u"run.fly"], Error);
  }

  void preferences_come_back_and_nonsense_is_ignored() {
    QVERIFY(loadPreferences() == Preferences{});
    const Preferences chosen{.theme = ThemeKind::light,
                             .zoom = 1.2,
                             .threads = 3,
                             .device = "cpu",
                             .image_budget_gb = 2,
                             .motion = Motion::reduced};
    QVERIFY(savePreferences(chosen));
    QVERIFY(loadPreferences() == chosen);
    QVERIFY(QSettings().fileName().startsWith(folder_.path()));
    QSettings().setValue("looks/zoom", 77);
    QSettings().setValue("run/device", "abacus");
    QCOMPARE(loadPreferences().zoom, 2.);
    QCOMPARE(loadPreferences().device, QString("auto"));
    QSettings().setValue("looks/theme", "pink");  // then what the desktop asks for
    QCOMPARE(loadPreferences(ThemeKind::contrast).theme, ThemeKind::contrast);
    Preferences strong = chosen;
    strong.theme = ThemeKind::contrast;
    QVERIFY(savePreferences(strong));
    QCOMPARE(loadPreferences().theme, ThemeKind::contrast);
    QVERIFY(PreferencesDialog(strong).preferences() == strong);
    QVERIFY(PreferencesDialog(chosen).preferences() == chosen);
  }

  void motion_is_what_the_user_says_or_else_the_desktop() {
    const QTemporaryDir desktop;
    const auto write = [&](const QString& name, const QByteArray& text) {
      QDir(desktop.path()).mkpath(QFileInfo(name).path());
      QFile file(desktop.filePath(name));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(text);
    };
    QVERIFY(!desktopMovesLess(desktop.path()));  // it says nothing
    write("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=true\n");
    write("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n");
    QVERIFY(!desktopMovesLess(desktop.path()));
    write("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n");
    QVERIFY(desktopMovesLess(desktop.path()));
    QVERIFY(QFile::remove(desktop.filePath("kdeglobals")));
    for (const char* no : {"0", "false"}) {
      write("gtk-3.0/settings.ini", QByteArray("[Settings]\ngtk-enable-animations=") + no + "\n");
      QVERIFY2(desktopMovesLess(desktop.path()), no);
    }
    QVERIFY(movesLess({.motion = Motion::reduced}));
    QVERIFY(!movesLess({.motion = Motion::full}));
    // Who had ticked the box of earlier versions.
    QSettings().remove("looks/motion");
    QSettings().setValue("looks/reduced_motion", true);
    QVERIFY(loadPreferences().motion == Motion::reduced);
    QSettings().remove("looks/reduced_motion");
    QVERIFY(loadPreferences().motion == Motion::as_desktop);
  }

  void the_header_says_what_the_tree_is_and_lets_its_credit_be_chosen() {
    QObject owner;
    const Actions actions(&owner);
    CanvasHeader header(actions);
    const auto tree =
        std::make_shared<const TreeRecord>(test::creditedTree(test::mockupSchedule()));
    header.setTree(tree, {});
    auto* facts = header.findChild<QLabel*>("header_facts");
    QCOMPARE(facts->text(), QString("27 leaves · 124 NFE · window W = {3, 4, 5}"));
    Growing growing;
    growing.on = true;
    header.setTree(tree, growing);
    QVERIFY(facts->text().contains("growing"));
    QSignalSpy rule(&header, &CanvasHeader::ruleChosen);
    auto* rules = header.findChild<QComboBox*>("header_rule");
    QTest::keyClick(rules, Qt::Key_Down);
    QCOMPARE(rule.size(), 1);
    QCOMPARE(rule[0][0].toString(), rules->itemData(1).toString());
  }

  void a_prompt_is_asked_for_and_its_images_shown() {
    SampleDialog dialog("a red circle", "weights");
    QSignalSpy asked(&dialog, &SampleDialog::sampleAsked);
    dialog.findChild<QSpinBox*>("sample_count")->setValue(2);
    dialog.findChild<QPushButton*>("sample_draw")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toInt(), 2);
    dialog.setBusy(true, "Drawing…");
    dialog.findChild<QPushButton*>("sample_draw")->click();
    QCOMPARE(asked.size(), 1);
    const Image grey{8, 8, std::vector<std::uint8_t>(8 * 8 * 3, 128)};
    dialog.setImages({grey, grey});
    int pictures = 0;
    for (const QLabel* label : dialog.findChildren<QLabel*>())
      if (!label->pixmap(Qt::ReturnByValue).isNull()) ++pictures;
    QCOMPARE(pictures, 2);
    dialog.setBusy(false);
    dialog.findChild<QLineEdit*>("sample_prompt")->clear();
    dialog.findChild<QPushButton*>("sample_draw")->click();
    QCOMPARE(asked.size(), 1);
  }

 private:
  static QPushButton* buttonOf(const QWidget& widget, const QString& text) {
    for (QPushButton* button : widget.findChildren<QPushButton*>())
      if (button->text() == text) return button;
    return nullptr;
  }

  QTemporaryDir folder_;
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
