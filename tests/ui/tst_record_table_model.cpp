#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QtTest>
#include <cmath>

#include "models/record_table_model.h"

using namespace treegrpo;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

// A name and a number a row, read from the values as they are at the time.
std::vector<TableColumn> columnsOf(const std::vector<double>& values) {
  return {{.title = "name",
           .tooltip = "what it is called",
           .text = [&values](int row) { return QString("of %1").arg(values[std::size_t(row)]); }},
          {.title = "number",
           .tooltip = "how much, in units",
           .text = [&values](int row) { return QString::number(values[std::size_t(row)]); },
           .alignment = Qt::AlignRight,
           .sort_key = [&values](int row) { return sortKey(values[std::size_t(row)]); },
           .look =
               [](int row, int role) {
                 return role == Qt::ToolTipRole && row == 0 ? QVariant("the first") : QVariant();
               }}};
}

}  // namespace

class TestRecordTableModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void it_is_a_sound_model_while_rows_come_and_go() {
    std::vector<double> values = {3, 1};
    RecordTableModel model;
    QAbstractItemModelTester tester(&model, fatal);
    model.setTable(columnsOf(values), 2);
    model.append(2, [&values] { values.insert(values.end(), {10, 2}); });
    model.removeFirst(1, [&values] { values.erase(values.begin()); });
    model.touch();
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2, 1).data().toString(), QString("2"));
    values = {5};
    model.setRows(1);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 1).data().toString(), QString("5"));
  }

  void more_rows_than_there_are_cannot_be_removed() {
    std::vector<double> values = {3, 1};
    RecordTableModel model;
    model.setTable(columnsOf(values), 2);
    model.removeFirst(3, [] { QFAIL("called"); });
    QCOMPARE(model.rowCount(), 2);
  }

  void titles_tooltips_and_alignment_come_from_the_columns() {
    const std::vector<double> values = {3, 1};
    RecordTableModel model;
    model.setTable(columnsOf(values), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QString("number"));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::ToolTipRole).toString(),
             QString("how much, in units"));
    QCOMPARE(model.index(0, 1).data(Qt::ToolTipRole).toString(), QString("the first"));
    QCOMPARE(model.index(1, 1).data(Qt::ToolTipRole).toString(), QString("how much, in units"));
    QVERIFY(model.index(1, 1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
  }

  void numbers_sort_as_numbers_and_missing_ones_come_first() {
    const std::vector<double> values = {10, 9, std::nan(""), -1};
    RecordTableModel model;
    model.setTable(columnsOf(values), 4);
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(RecordTableModel::sort_role);
    sorted.sort(1);
    QStringList order;
    for (int row = 0; row < 4; ++row) order.append(sorted.index(row, 0).data().toString());
    QCOMPARE(order, QStringList({"of nan", "of -1", "of 9", "of 10"}));
  }
};

QTEST_GUILESS_MAIN(TestRecordTableModel)
#include "tst_record_table_model.moc"
