#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "style/studio_style.h"
#include "views/event_log.h"
#include "views/iteration_list.h"
#include "views/prompt_list.h"
#include "views/reward_strip.h"

using namespace treegrpo;

namespace {

std::vector<PromptRow> threePrompts() {
  return {{{0}, "a red circle left of a blue square", {.2, .4, .9}, .5},
          {{1}, "three green triangles", {.6, .6, .6}, .6},
          {{4}, "a purple square", {.1, .2, .3}, .2}};
}

IterationRecord iterationOf(int number, double reward) {
  IterationRecord record;
  record.iteration = number;
  record.reward = reward;
  record.reward_by_name = {{"match", reward}, {"clean", .5}};
  record.nfe = 992;
  record.seconds.total = 5.94;
  return record;
}

QTableView* tableOf(QWidget& view) { return view.findChild<QTableView*>(); }

QStringList columnTexts(const QTableView* table, int column) {
  QStringList texts;
  for (int row = 0; row < table->model()->rowCount(); ++row)
    texts.append(table->model()->index(row, column).data().toString());
  return texts;
}

// Where TREEGRPO_KEEP_PROOF names a folder, the picture is left there to be looked at.
void keepProof(QWidget& widget, const QString& name) {
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace

class TestLists : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_prompt_is_chosen_by_walking_to_it() {
    PromptList list;
    list.setPrompts(threePrompts());
    list.show();
    const QSignalSpy chosen(&list, &PromptList::promptChosen);
    list.setCurrent({1});
    QCOMPARE(chosen.count(), 0);
    QCOMPARE(tableOf(list)->currentIndex().row(), 1);
    QTest::keyClick(tableOf(list), Qt::Key_Down);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 4);
  }

  void new_prompts_keep_the_current_one_and_choose_nothing() {
    PromptList list;
    list.setPrompts(threePrompts());
    list.setCurrent({4});
    const QSignalSpy chosen(&list, &PromptList::promptChosen);
    list.setPrompts(threePrompts());
    QCOMPARE(tableOf(list)->currentIndex().row(), 2);
    QCOMPARE(chosen.count(), 0);
    list.setPrompts({});
    QVERIFY(list.findChild<QLabel*>("promptListEmpty")->isVisibleTo(&list));
  }

  void while_an_iteration_grows_the_list_says_whose_prompts_it_shows() {
    PromptList list;
    list.setPrompts(threePrompts(), 4);
    const auto title = [&] {
      return tableOf(list)->model()->headerData(0, Qt::Horizontal).toString();
    };
    QCOMPARE(title(), QString("Prompt"));
    list.setGrowing(5);
    QCOMPARE(title(), QString("Prompts of iteration 4 (5 grows)"));
    QCOMPARE(tableOf(list)->model()->rowCount(), 3);
    list.setGrowing(-1);
    QCOMPARE(title(), QString("Prompt"));
  }

  void prompts_sort_by_mean_and_by_range() {
    PromptList list;
    list.setPrompts(threePrompts());
    QTableView* table = tableOf(list);
    QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), QString("3 leaf rewards"));
    table->sortByColumn(2, Qt::AscendingOrder);
    QCOMPARE(columnTexts(table, 2), QStringList({"0.200", "0.500", "0.600"}));
    table->sortByColumn(1, Qt::DescendingOrder);
    QCOMPARE(columnTexts(table, 2), QStringList({"0.500", "0.200", "0.600"}));
  }

  void ticks_stand_on_one_scale() {
    const RewardStrip strip{.least = .2, .most = .7};
    QCOMPARE(stripPlace(strip, .2, 10, 110), 10.0);
    QCOMPARE(stripPlace(strip, .45, 10, 110), 60.0);
    QCOMPARE(stripPlace({.least = .5, .most = .5}, .5, 10, 110), 60.0);
  }

  void ticks_are_painted_and_told_in_words() {
    PromptList list;
    list.setLooks(theme(ThemeKind::light));
    list.setPrompts(threePrompts());
    list.resize(304, 160);
    list.show();
    QTableView* table = tableOf(list);
    const QModelIndex cell = table->model()->index(0, 1);
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains("from 0.200 to 0.900"));
    const auto countInk = [table](const QModelIndex& at) {
      const QImage image = table->viewport()->grab(table->visualRect(at)).toImage();
      const QRgb ink = toQColor(theme(ThemeKind::light).text).rgb();
      int count = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) count += image.pixel(x, y) == ink ? 1 : 0;
      return count;
    };
    QVERIFY(countInk(cell) > 4);  // the mean
    list.setPrompts({{{0}, "waiting", {}, no_value}});
    QCOMPARE(columnTexts(table, 1), QStringList("–"));
    QCOMPARE(columnTexts(table, 2), QStringList("–"));
  }

  void iterations_have_a_column_a_reward() {
    IterationList list;
    list.setIterations({iterationOf(1, .5), iterationOf(2, .633)});
    QTableView* table = tableOf(list);
    QStringList titles;
    for (int at = 0; at < table->model()->columnCount(); ++at) {
      titles.append(table->model()->headerData(at, Qt::Horizontal).toString());
      QVERIFY(
          !table->model()->headerData(at, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
    QCOMPARE(titles, QStringList({"it", "R", "match", "clean", "clip", "KL", "NFE", "s"}));
    QStringList cells;
    for (int at = 0; at < 8; ++at) cells.append(table->model()->index(1, at).data().toString());
    QCOMPARE(cells, QStringList({"2", "0.633", "0.633", "0.500", "–", "–", "992", "5.9"}));
  }

  void an_iteration_more_leaves_the_selection_alone() {
    IterationList list;
    QVERIFY(list.findChild<QLabel*>("iterationListEmpty")->isVisibleTo(&list));
    list.addIteration(iterationOf(1, .5));
    list.addIteration(iterationOf(2, .6));
    list.setCurrent(1);
    const QSignalSpy chosen(&list, &IterationList::iterationChosen);
    list.addIteration(iterationOf(3, .7));
    list.addIteration(iterationOf(3, .8));  // again: no second row
    QCOMPARE(columnTexts(tableOf(list), 1), QStringList({"0.500", "0.600", "0.800"}));
    QCOMPARE(tableOf(list)->currentIndex().row(), 0);
    QCOMPARE(chosen.count(), 0);
    QTest::keyClick(tableOf(list), Qt::Key_Down);
    QCOMPARE(chosen[0][0].toInt(), 2);
  }

  void iterations_sort_by_number_and_not_by_text() {
    IterationList list;
    for (int number : {9, 10, 11, 2}) list.addIteration(iterationOf(number, .1));
    tableOf(list)->sortByColumn(0, Qt::AscendingOrder);
    QCOMPARE(columnTexts(tableOf(list), 0), QStringList({"2", "9", "10", "11"}));
  }

  void the_log_filters_by_kind_and_copies_what_it_shows() {
    EventLog log;
    log.addLine("run", "Iteration 1 is done.");
    log.addLine("error", "The disk is full.");
    log.addLine("run", "Iteration 2 is done.");
    auto* kinds = log.findChild<QComboBox*>("eventKind");
    QCOMPARE(kinds->count(), 3);
    kinds->setCurrentText("error");
    QCOMPARE(columnTexts(tableOf(log), 2), QStringList("The disk is full."));
    log.findChild<QToolButton*>("eventCopy")->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.endsWith("  error  The disk is full.\n"));
    QCOMPARE(copied.count('\n'), 1);
    kinds->setCurrentIndex(0);
    QCOMPARE(log.shownText().count('\n'), 3);
  }

  void the_log_keeps_the_last_ten_thousand_lines() {
    EventLog log;
    for (int line = 0; line < 10003; ++line) log.addLine("run", QString::number(line));
    QCOMPARE(log.lines(), EventLog::most_lines);
    QCOMPARE(tableOf(log)->model()->index(0, 2).data().toString(), QString("3"));
    QCOMPARE(tableOf(log)->model()->index(9999, 2).data().toString(), QString("10002"));
  }

  void the_lists_can_be_looked_at() {
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      const QString name = kind == ThemeKind::dark ? "dark" : "light";
      PromptList prompts;
      prompts.setLooks(theme(kind));
      prompts.setPrompts(threePrompts());
      prompts.setCurrent({0});
      prompts.resize(304, 220);
      IterationList iterations;
      iterations.setIterations({iterationOf(36, .61), iterationOf(37, .633)});
      iterations.resize(420, 220);
      EventLog log;
      log.setLooks(theme(kind));
      log.addLine("run", "Iteration 37 is done: reward 0.633.");
      log.addLine("store", "A checkpoint of iteration 37 is stored.");
      log.resize(500, 220);
      for (QWidget* view : {static_cast<QWidget*>(&prompts), static_cast<QWidget*>(&iterations),
                            static_cast<QWidget*>(&log)}) {
        view->show();
        QVERIFY(!view->grab().isNull());
        keepProof(*view, view->objectName() + "-" + name);
      }
    }
  }
};

QTEST_MAIN(TestLists)
#include "tst_lists.moc"
