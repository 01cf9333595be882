// The run library: what is listed, filtered, sorted, grouped, edited and chosen, with a store too.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "compare/config_entries.h"
#include "models/run_library_model.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/import_dialog.h"
#include "views/listed_workspaces.h"
#include "views/run_library.h"
#include "window/library_commands.h"
#include "window/main_window.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

constexpr auto name_column = static_cast<int>(LibraryColumn::name);
constexpr auto tags_column = static_cast<int>(LibraryColumn::tags);
constexpr auto reward_column = static_cast<int>(LibraryColumn::reward);

LibraryRow rowOf(std::int64_t number, const std::string& name, double rate, double reward,
                 std::vector<std::string> tags = {}) {
  RunConfig config = smallConfig(20, name);
  config.run.seed = static_cast<std::uint64_t>(number);
  config.optimizer.learning_rate = rate;
  LibraryRow row;
  row.run.summary.run = {number};
  row.run.summary.name = name;
  row.run.summary.method = config.method.name;
  row.run.summary.seed = config.run.seed;
  row.run.summary.tags = std::move(tags);
  row.run.parameters = std::make_shared<const RunParameters>(config_entries(config));
  row.run.last = {{"reward", reward}};
  row.asked = filter_row(row.run);
  if (!std::isnan(reward)) row.run.rewards = {.1, .2, reward};
  return row;
}

// Two experiments of two seeds, the newest run first.
Library fourRuns() {
  Library library;
  library.rows = {rowOf(4, "fast-2", 2e-4, .8), rowOf(3, "fast-1", 2e-4, .6, {"star", "paper"}),
                  rowOf(2, "slow-2", 1e-4, no_value), rowOf(1, "slow-1", 1e-4, .3)};
  FilterNames names;
  for (const LibraryRow& row : library.rows) names.add(row.asked);
  library.names = names.list();
  return library;
}

// The same, and one run of another workspace that has a number of theirs.
Library twoWorkspaces() {
  Library library = fourRuns();
  for (LibraryRow& row : library.rows) row.asked.values["workspace"] = std::string("mine.tgws");
  LibraryRow row = rowOf(4, "elsewhere", 3e-4, .7);
  row.asked.values["workspace"] = std::string("far.tgws");
  row.workspace = "/lab/far.tgws";
  library.rows.push_back(row);
  library.others = {{.file = row.workspace, .runs = 1}};
  FilterNames names;
  for (const LibraryRow& listed : library.rows) names.add(listed.asked);
  library.names = names.list();
  return library;
}

QStringList cells(const RunLibrary& view, int column, const QModelIndex& parent = {}) {
  QStringList texts;
  const QAbstractItemModel* model = view.findChild<QTreeView*>("libraryTable")->model();
  for (int row = 0; row < model->rowCount(parent); ++row)
    texts << model->index(row, column, parent).data().toString();
  return texts;
}

QStringList names(const RunLibrary& view) { return cells(view, name_column); }

QLineEdit& filterOf(const RunLibrary& view) { return *view.findChild<QLineEdit*>("libraryFilter"); }

// Where TREEGRPO_KEEP_PROOF names a folder, the picture is left there to be looked at.
void keepProof(QWidget& widget, const QString& name) {
  QCoreApplication::processEvents();  // buttons that came just now are shown
  if (const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF"); !folder.isEmpty())
    widget.grab().save(folder + "/" + name + ".png");
}

// A store with two runs of two iterations.
void trainOneAndTwo(const std::filesystem::path& file) {
  Workbench store(file, [] { return std::make_shared<FakeEngine>(FakeEngineOptions{}); });
  RunControl control;
  for (const char* name : {"one", "two"})
    store.train(smallConfig(2, name), control, [](RunId, const Event&) {});
}

// That of a window, which it opens.
RunLibrary& libraryOf(MainWindow& window) {
  window.show();
  window.actions()[u"compare.library"]->trigger();
  return *window.findChild<RunLibrary*>();
}

}  // namespace

class TestRunLibrary : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

 private Q_SLOTS:
  void initTestCase() { useOwnSettings(folder_.path()); }

  void the_model_keeps_the_rules_of_models() {
    RunLibraryModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    Library library = fourRuns();
    model.setRows(library.rows);
    QCOMPARE(model.rowCount(), 4);
    model.setGrouping(LibraryGrouping::all_but_seed);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.indexOf({{}, {1}}).parent().row(), 1);
    model.setFilter(Filter("reward > 0.5", library.names));
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.indexOf({{}, {1}}).isValid());
  }

  void a_filter_may_use_every_config_key_and_offers_the_texts_that_runs_have() {
    const auto names = fourRuns().names;
    const auto named = [&](const char* name) {
      return std::ranges::find(names, std::string(name), &FilterName::name);
    };
    QCOMPARE(named("name")->values,
             (std::vector<std::string>{"fast-1", "fast-2", "slow-1", "slow-2"}));
    QCOMPARE(named("method.name")->values, std::vector<std::string>{"treegrpo"});
    QVERIFY(named("optimizer.learning_rate")->kind == FilterKind::number);
    QVERIFY(named("sampler.share_prefix")->kind == FilterKind::boolean);
    const std::vector<FilterName> bare = FilterNames().list();
    const auto status = std::ranges::find(bare, std::string("status"), &FilterName::name);
    QVERIFY(status != bare.end() && status->values.empty());
  }

  void a_filter_leaves_the_runs_it_matches_and_an_error_names_its_column() {
    RunLibrary view;
    view.show();
    view.setLibrary(fourRuns());
    QCOMPARE(names(view), QStringList({"fast-2", "fast-1", "slow-2", "slow-1"}));
    filterOf(view).setText("optimizer.learning_rate < 1.5e-4 or tag(\"paper\")");
    QCOMPARE(names(view), QStringList({"fast-1", "slow-2", "slow-1"}));
    QCOMPARE(view.findChild<QLabel*>("libraryCount")->text(), QString("3 of 4 runs match"));
    filterOf(view).setText("reward > 0.5 and rewrd > 1");
    const auto* problem = view.findChild<QLabel*>("libraryFilterProblem");
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains("column 18"), qPrintable(problem->text()));
    QCOMPARE(names(view).size(), 3);  // as it was
    keepProof(view, "run_library_error");
    filterOf(view).clear();
    QVERIFY(!problem->isVisible());
    QCOMPARE(names(view).size(), 4);
  }

  void a_name_is_completed_where_the_cursor_is() {
    RunLibrary view;
    view.show();
    view.setLibrary(fourRuns());
    QTest::keyClicks(&filterOf(view), "reward > 0 and optimizer.learning_r");
    QAbstractItemView* popup = view.findChild<FilterField*>()->popup();
    QTRY_VERIFY(popup->isVisible());
    QCOMPARE(popup->model()->index(0, 0).data().toString(), QString("optimizer.learning_rate"));
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(filterOf(view).text(), QString("reward > 0 and optimizer.learning_rate"));
  }

  void numbers_are_sorted_as_numbers_and_missing_ones_come_first() {
    RunLibrary view;
    view.setLibrary(fourRuns());
    view.findChild<QTreeView*>("libraryTable")->sortByColumn(reward_column, Qt::AscendingOrder);
    QCOMPARE(names(view), QStringList({"slow-2", "slow-1", "fast-1", "fast-2"}));
    QCOMPARE(cells(view, reward_column), QStringList({"–", "0.300", "0.600", "0.800"}));
  }

  void a_group_tells_its_number_of_runs_and_their_mean() {
    RunLibrary view;
    view.setLibrary(fourRuns());
    view.findChild<QComboBox*>("libraryGrouping")->setCurrentIndex(1);
    QCOMPARE(names(view), QStringList({"A: treegrpo, n = 2", "B: treegrpo, n = 2"}));
    QCOMPARE(cells(view, reward_column), QStringList({"0.700", "0.300"}));
    auto* table = view.findChild<QTreeView*>("libraryTable");
    const QModelIndex first = table->model()->index(0, 0);
    QVERIFY(table->isExpanded(first));
    QCOMPARE(cells(view, name_column, first), QStringList({"fast-2", "fast-1"}));
    view.show();
    keepProof(view, "run_library_groups");
    view.findChild<QComboBox*>("libraryGrouping")->setCurrentIndex(2);
    QCOMPARE(names(view), QStringList({"A: treegrpo, n = 4"}));
  }

  void edits_are_asked_for_and_not_made() {
    RunLibrary view;
    view.setLibrary(fourRuns());
    QSignalSpy renames(&view, &RunLibrary::renameAsked), tags(&view, &RunLibrary::tagsAsked);
    auto* table = view.findChild<QTreeView*>("libraryTable");
    auto* model = table->model();
    model->setData(model->index(0, name_column), "other");
    QCOMPARE(renames.value(0), QVariantList({qint64{4}, "other"}));
    model->setData(model->index(0, name_column), "fast-2");
    QCOMPARE(renames.size(), 1);
    model->setData(model->index(1, tags_column), "paper, new");
    QCOMPARE(tags.value(0), QVariantList({qint64{3}, QStringList("new"), QStringList("star")}));
    QCOMPARE(names(view)[0], QString("fast-2"));
    view.show();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(model->index(0, 0)).center());
    QCOMPARE(tags.value(1), QVariantList({qint64{4}, QStringList("star"), QStringList()}));
    QTest::keyClick(table, Qt::Key_Asterisk);
    QCOMPARE(tags.size(), 3);
    view.setEditable(false);
    QTest::keyClick(table, Qt::Key_Asterisk);
    QVERIFY(!model->setData(model->index(0, name_column), "third"));
    QCOMPARE(tags.size() + renames.size(), 4);
  }

  void what_is_selected_stays_and_is_compared() {
    RunLibrary view;
    view.show();
    view.setLibrary(fourRuns());
    std::vector<RunId> asked;
    connect(&view, &RunLibrary::compareAsked, this,
            [&](const std::vector<RunId>& runs) { asked = runs; });
    auto* compare = view.findChild<QPushButton*>("libraryCompare");
    QVERIFY(!compare->isEnabled());
    auto* table = view.findChild<QTreeView*>("libraryTable");
    table->selectAll();
    filterOf(view).setText("reward > 0.5");
    view.setLibrary(fourRuns());
    QVERIFY(compare->isEnabled());
    QVERIFY(QTest::qWaitForWindowActive(&view));
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(asked, (std::vector<RunId>{{4}, {3}}));
    keepProof(view, "run_library");
  }

  void a_run_goes_to_the_trash_and_back_and_is_purged() {
    const std::filesystem::path file = folder_.filePath("trash.tgws").toStdString();
    trainOneAndTwo(file);
    MainWindow window(file, {}, {}, CanvasKind::software);
    window.show();
    window.actions()[u"compare.library"]->trigger();
    auto* view = window.findChild<RunLibrary*>();
    const auto lists = [&](const QStringList& all) {
      return QTest::qWaitFor([&] { return names(*view) == all; }, patience);
    };
    QVERIFY(lists({"two", "one"}));
    auto* table = view->findChild<QTreeView*>("libraryTable");
    Q_EMIT view->noteAsked(2, "worth a look");
    const auto note = [&] { return cells(*view, static_cast<int>(LibraryColumn::notes))[0]; };
    QTRY_COMPARE_WITH_TIMEOUT(note(), QString("worth a look"), patience);
    table->setCurrentIndex(table->model()->index(0, name_column));
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(lists({"one"}));
    QCOMPARE(view->findChild<QPushButton*>("libraryTrash")->text(), QString("Trash (1)"));
    view->findChild<QAction*>("undo_delete")->trigger();
    QVERIFY(lists({"two", "one"}));
    QCOMPARE(note(), QString("worth a look"));
    table->selectAll();
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(lists({}));
    view->findChild<QPushButton*>("libraryTrash")->click();
    auto* trash = view->findChild<QTableView*>("trashTable");
    trash->selectRow(1);
    keepProof(*view, "run_library_trash");
    view->findChild<QPushButton*>("trashRestore")->click();
    QVERIFY(lists({"one"}));
    auto* empty = view->findChild<QPushButton*>("trashEmpty");
    QVERIFY2(empty->text().startsWith("Empty trash (frees "), qPrintable(empty->text()));
    empty->click();
    view->findChild<QMessageBox*>()->buttons().back()->click();
    QTRY_COMPARE_WITH_TIMEOUT(trash->model()->rowCount(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(view->strip().sentence().contains("freed"), patience);
    QVERIFY(Workbench(file, {}).trashed_runs().empty());
  }

  void names_and_tags_reach_the_store_and_an_error_is_said() {
    const std::filesystem::path file = folder_.filePath("edits.tgws").toStdString();
    trainOneAndTwo(file);
    MainWindow window(file, {}, {}, CanvasKind::software);
    window.show();
    window.actions()[u"compare.library"]->trigger();
    auto* view = window.findChild<RunLibrary*>();
    QTRY_COMPARE_WITH_TIMEOUT(names(*view), QStringList({"two", "one"}), patience);
    QAbstractItemModel* model = view->findChild<QTreeView*>("libraryTable")->model();
    model->setData(model->index(0, name_column), "three");
    QTRY_COMPARE_WITH_TIMEOUT(names(*view), QStringList({"three", "one"}), patience);
    model->setData(model->index(0, tags_column), "paper");
    QTRY_COMPARE_WITH_TIMEOUT(cells(*view, tags_column), QStringList({"paper", ""}), patience);
    model->setData(model->index(1, name_column), "three");
    QTRY_VERIFY_WITH_TIMEOUT(view->strip().sentence().contains("three"), patience);
    QCOMPARE(names(*view), QStringList({"three", "one"}));
  }

  void runs_of_two_workspaces_are_told_apart() {
    RunLibraryModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    Library library = twoWorkspaces();
    model.setRows(library.rows);
    QCOMPARE(model.indexOf({{}, {4}}).row(), 0);
    QCOMPARE(model.indexOf({"/lab/far.tgws", {4}}).row(), 4);
    QVERIFY(model.flags(model.index(0, name_column)) & Qt::ItemIsEditable);
    QVERIFY(!(model.flags(model.index(4, name_column)) & Qt::ItemIsEditable));
    model.setGrouping(LibraryGrouping::workspace);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, name_column).data().toString(), QString("far.tgws, n = 1"));
    model.setGrouping(LibraryGrouping::none);
    model.setFilter(Filter("workspace == \"far.tgws\"", library.names));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, name_column).data().toString(), QString("elsewhere"));
  }

  void what_cannot_be_done_elsewhere_says_why_and_what_can() {
    RunLibrary view;
    view.show();
    auto* table = view.findChild<QTreeView*>("libraryTable");
    const int workspace = static_cast<int>(LibraryColumn::workspace);
    view.setLibrary(fourRuns());
    QVERIFY(table->isColumnHidden(workspace));
    view.setLibrary(twoWorkspaces());
    QVERIFY(!table->isColumnHidden(workspace));
    QSignalSpy deletes(&view, &RunLibrary::deleteAsked), tags(&view, &RunLibrary::tagsAsked),
        opened(&view, &RunLibrary::runChosen), compared(&view, &RunLibrary::compareAsked);
    table->setCurrentIndex(table->model()->index(4, name_column));
    for (const int key : {int(Qt::Key_Delete), int(Qt::Key_Asterisk), int(Qt::Key_N),
                          int(Qt::Key_F2), int(Qt::Key_Return)}) {
      view.strip().hide();
      QTest::keyClick(table, static_cast<Qt::Key>(key));
      QVERIFY2(view.strip().sentence().contains("'elsewhere' is in far.tgws"),
               qPrintable(QString("key %1: %2").arg(key).arg(view.strip().sentence())));
    }
    QVERIFY(!view.findChild<QInputDialog*>());
    table->selectAll();
    view.findChild<QPushButton*>("libraryCompare")->click();
    QVERIFY(view.strip().sentence().contains("compared within one workspace"));
    QCOMPARE(deletes.size() + tags.size() + opened.size() + compared.size(), 0);
    keepProof(view, "run_library_two_workspaces");
    QString file, other;
    std::vector<RunId> asked;
    connect(&view, &RunLibrary::importAsked, this,
            [&](const QString& from, const std::vector<RunId>& runs) {
              file = from;
              asked = runs;
            });
    connect(&view, &RunLibrary::workspaceAsked, this, [&](const QString& from) { other = from; });
    view.findChild<QAction*>("importElsewhere")->trigger();
    view.findChild<QAction*>("openElsewhere")->trigger();
    QCOMPARE(file, QString("/lab/far.tgws"));
    QCOMPARE(other, file);
    QCOMPARE(asked, std::vector<RunId>{{4}});
  }

  void another_workspace_is_listed_remembered_imported_from_and_removed() {
    const std::filesystem::path mine = folder_.filePath("mine.tgws").toStdString();
    const QString far = folder_.filePath("far.tgws");
    trainOneAndTwo(far.toStdString());
    {
      MainWindow window(mine, {}, {}, CanvasKind::software);
      RunLibrary& view = libraryOf(window);
      window.findChild<LibraryCommands*>()->list(far);
      QTRY_COMPARE_WITH_TIMEOUT(names(view), QStringList({"two", "one"}), patience);
      window.findChild<LibraryCommands*>()->list(far);
      QVERIFY(view.strip().sentence().contains("listed already"));
    }
    MainWindow window(mine, {}, {}, CanvasKind::software);
    RunLibrary& view = libraryOf(window);
    QTRY_COMPARE_WITH_TIMEOUT(names(view), QStringList({"two", "one"}), patience);
    auto* table = view.findChild<QTreeView*>("libraryTable");
    table->setCurrentIndex(table->model()->index(1, name_column));
    QTest::keyClick(table, Qt::Key_Return);
    view.findChild<QAction*>("importElsewhere")->trigger();
    ImportDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = window.findChild<ImportDialog*>()), patience);
    QCOMPARE(dialog->chosen(), std::vector<RunId>{{1}});
    Q_EMIT dialog->importAsked();
    QTRY_COMPARE_WITH_TIMEOUT(names(view), QStringList({"one", "two", "one"}), patience);
    QVERIFY(view.strip().sentence().contains("1 run of far.tgws"));
    view.findChild<ListedWorkspaces*>()->findChildren<QPushButton*>().back()->click();
    QTRY_COMPARE_WITH_TIMEOUT(names(view), QStringList({"one"}), patience);
    QVERIFY(!view.findChild<ListedWorkspaces*>()->isVisible());
    QVERIFY(Workbench(far.toStdString(), {}).runs().size() == 2);
  }

  void a_listed_workspace_that_cannot_be_read_says_so_in_its_place_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("gone") << "gone"
                          << "is not listed: there is no file";
    QTest::newRow("damaged") << "damaged"
                             << "is not listed: ";
    QTest::newRow("newer") << "newer"
                           << "newer";
  }
  void a_listed_workspace_that_cannot_be_read_says_so_in_its_place() {
    QFETCH(const QString, what);
    const QString file = folder_.filePath(what + "_far.tgws");
    trainOneAndTwo(file.toStdString());
    const std::filesystem::path mine = folder_.filePath(what + "_mine.tgws").toStdString();
    trainOneAndTwo(mine);
    MainWindow window(mine, {}, {}, CanvasKind::software);
    RunLibrary& view = libraryOf(window);
    window.findChild<LibraryCommands*>()->list(file);
    QTRY_COMPARE_WITH_TIMEOUT(names(view).size(), 4, patience);
    if (what == "gone") QVERIFY(QFile::remove(file));
    QFile store(file);
    if (what == "damaged") {
      QVERIFY(store.open(QIODevice::WriteOnly));
      store.write("no store at all");
    } else if (what == "newer") {
      QVERIFY(store.open(QIODevice::ReadWrite) && store.seek(60));  // SQLite's user_version
      store.write(QByteArray("\0\0\3\xe7", 4));
    }
    store.close();
    window.actions()[u"compare.library"]->trigger();  // reads it anew
    QTRY_COMPARE_WITH_TIMEOUT(names(view), QStringList({"two", "one"}), patience);
    const auto line = [&] { return view.findChildren<QLabel*>("listedWorkspace").back(); };
    QTRY_VERIFY_WITH_TIMEOUT(line()->isVisible(), patience);
    QFETCH(const QString, sentence);
    QVERIFY2(line()->accessibleName().contains(sentence), qPrintable(line()->accessibleName()));
    keepProof(view, "run_library_" + what);
  }
};

QTEST_MAIN(TestRunLibrary)
#include "tst_run_library.moc"
