// The list of runs: order, filter, what is chosen, and what it says where there is nothing.
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "style/studio_style.h"
#include "views/run_list.h"

using namespace treegrpo;

namespace {

RunSummary runOf(std::int64_t number, const std::string& name, const std::string& method,
                 RunStatus status, std::vector<std::string> tags = {}) {
  RunSummary run;
  run.run = {number};
  run.name = name;
  run.method = method;
  run.status = status;
  run.iterations = static_cast<std::int32_t>(10 * number);
  run.iterations_planned = 300;
  run.updated = "2020-03-0" + std::to_string(number) + "T10:00:00Z";
  run.tags = std::move(tags);
  if (status == RunStatus::failed) run.failure = "the loss is not a number";
  return run;
}

std::vector<RunSummary> fourRuns() {
  return {runOf(1, "first", "treegrpo", RunStatus::finished, {"paper", "seed-1"}),
          runOf(2, "second", "dancegrpo", RunStatus::failed),
          runOf(3, "third", "treegrpo", RunStatus::interrupted, {"paper"}),
          runOf(4, "fourth", "mixgrpo", RunStatus::running)};
}

QStringList columnTexts(const RunList& list, int column) {
  QStringList texts;
  const QAbstractItemModel* model = list.findChild<QTableView*>()->model();
  for (int row = 0; row < model->rowCount(); ++row)
    texts.append(model->index(row, column).data().toString());
  return texts;
}

QStringList names(const RunList& list) { return columnTexts(list, 1); }

void type(const RunList& list, const QString& words) {
  list.findChild<QLineEdit*>("runFilter")->setText(words);
}

bool shows(const RunList& list, const char* name) {
  const auto* widget = list.findChild<QWidget*>(name);
  return widget && widget->isVisible();
}

// Where TREEGRPO_KEEP_PROOF names a folder, the picture is left there to be looked at.
void keepProof(QWidget& widget, const QString& name) {
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace

class TestRunList : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void the_newest_run_is_first() {
    RunList list;
    list.setRuns(fourRuns());
    const QAbstractItemModelTester tester(list.findChild<QTableView*>()->model());
    QCOMPARE(names(list), QStringList({"fourth", "third", "second", "first"}));
    QCOMPARE(columnTexts(list, 2), QStringList({"40", "30", "20", "10"}));
    QCOMPARE(columnTexts(list, 3).front(), "2020-03-04");
  }

  void a_status_is_said_in_words() {
    RunList list;
    list.setRuns(fourRuns());
    const QAbstractItemModel* model = list.findChild<QTableView*>()->model();
    QCOMPARE(model->index(2, 0).data(Qt::ToolTipRole).toString(),
             "Failed: the loss is not a number");
    QCOMPARE(model->index(0, 0).data(Qt::AccessibleTextRole).toString(), "Running");
    QVERIFY(!model->index(0, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
    list.setStatus({4}, RunStatus::paused);
    QCOMPARE(model->index(0, 0).data(Qt::ToolTipRole).toString(), "Paused");
  }

  void the_filter_reads_names_methods_and_tags() {
    RunList list;
    list.setRuns(fourRuns());
    type(list, "SECOND");
    QCOMPARE(names(list), QStringList({"second"}));
    type(list, "treegrpo");
    QCOMPARE(names(list), QStringList({"third", "first"}));
    type(list, "seed-1 tree");
    QCOMPARE(names(list), QStringList({"first"}));
  }

  void a_filter_that_nothing_matches_says_so_and_can_be_cleared() {
    RunList list;
    list.setRuns(fourRuns());
    list.show();
    type(list, "k4 (");
    QVERIFY(shows(list, "runMatches"));
    QCOMPARE(list.findChild<QLabel*>("runMatches")->text(), "0 of 4 runs match");
    keepProof(list, "run_list_no_match");
    list.findChild<QPushButton*>("runFilterClear")->click();
    QVERIFY(!shows(list, "runMatches"));
    QCOMPARE(names(list).size(), 4);
  }

  void a_workspace_without_runs_says_so() {
    RunList list;
    list.show();
    QVERIFY(shows(list, "runListEmpty"));
    QVERIFY(!shows(list, "runFilter"));
    list.setRuns(fourRuns());
    QVERIFY(shows(list, "runTable"));
    QVERIFY(shows(list, "runFilter"));
  }

  void a_run_is_chosen_by_a_click_or_return_and_not_by_walking() {
    RunList list;
    list.setRuns(fourRuns());
    list.resize(300, 260);
    list.show();
    QSignalSpy chosen(&list, &RunList::runChosen);
    auto* table = list.findChild<QTableView*>();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, 1)).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 3);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(chosen.takeFirst().at(0).toLongLong(), 2);
    keepProof(list, "run_list");
  }

  void the_current_run_stays_current_when_runs_come() {
    RunList list;
    QSignalSpy chosen(&list, &RunList::runChosen);
    list.setCurrent({2});
    list.setRuns(fourRuns());
    auto* table = list.findChild<QTableView*>();
    QCOMPARE(table->currentIndex().row(), 2);
    std::vector<RunSummary> more = fourRuns();
    more.push_back(runOf(5, "fifth", "treegrpo", RunStatus::running));
    list.setRuns(more);
    QCOMPARE(table->currentIndex().row(), 3);
    QCOMPARE(list.current().value, 2);
    QCOMPARE(chosen.size(), 0);
  }

  void iterations_of_a_run_in_progress_are_counted() {
    RunList list;
    list.setRuns(fourRuns());
    list.setIterations({4}, 41);
    QCOMPARE(columnTexts(list, 2).front(), "41");
    list.setIterations({9}, 7);  // not listed
    QCOMPARE(names(list).size(), 4);
  }
};

QTEST_MAIN(TestRunList)
#include "tst_run_list.moc"
