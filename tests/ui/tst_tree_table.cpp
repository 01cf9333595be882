// The tree as a table: its model, growing, and the selection it shares.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "models/tree_node_model.h"
#include "ui/canvas_trees.h"
#include "views/tree_table.h"

using namespace treegrpo;

namespace {

struct Shown {
  std::shared_ptr<const TreeRecord> record;
  std::shared_ptr<const TreeFigures> figures;
};

Shown shownOf(TreeRecord record) {
  auto figures = std::make_shared<const TreeFigures>(treeFigures(record));
  return {test::shared(std::move(record)), std::move(figures)};
}

int rowsBelow(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
  int rows = model.rowCount(parent);
  for (int row = 0; row < model.rowCount(parent); ++row)
    rows += rowsBelow(model, model.index(row, 0, parent));
  return rows;
}

}  // namespace

class TestTreeTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_node_has_a_row_below_its_parent() {
    TreeNodeModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Shown tree = shownOf(test::creditedTree(test::mockupSchedule()));
    model.setTree(tree.record, tree.figures);
    const auto count = static_cast<std::int32_t>(tree.record->nodes.size());
    QCOMPARE(rowsBelow(model), static_cast<int>(count));
    for (std::int32_t node = 0; node < count; ++node) {
      const QModelIndex at = model.indexOf(node);
      QCOMPARE(model.nodeOf(at), node);
      QCOMPARE(model.nodeOf(at.parent()),
               tree.record->nodes[static_cast<std::size_t>(node)].parent);
    }
    const QModelIndex leaf = model.indexOf(tree.figures->best_leaf);
    const auto textOf = [&](int column) { return leaf.siblingAtColumn(column).data().toString(); };
    QCOMPARE(textOf(TreeNodeModel::reward).toDouble(),
             QString::number(tree.figures->leaf_reward.most, 'g', 4).toDouble());
    QCOMPARE(textOf(TreeNodeModel::step), QString::number(tree.record->steps()));
    QCOMPARE(textOf(TreeNodeModel::picture), QString("yes"));
    QCOMPARE(model.indexOf(0).siblingAtColumn(TreeNodeModel::log_prob).data().toString(),
             QString("–"));
    model.setTree(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
  }

  void a_tree_that_grows_gains_rows_and_keeps_those_it_had() {
    TreeNodeModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const TreeRecord whole = test::creditedTree(test::mockupSchedule());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QPersistentModelIndex kept;
    for (std::size_t nodes = 3; nodes <= whole.nodes.size(); nodes += 2) {
      const Shown tree = shownOf(test::grownSoFar(whole, nodes));
      model.setTree(tree.record, tree.figures);
      QCOMPARE(rowsBelow(model), static_cast<int>(nodes));
      if (!kept.isValid()) kept = model.indexOf(2);
    }
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.nodeOf(kept), 2);
    TreeRecord next = whole;
    ++next.iteration;
    const Shown tree = shownOf(std::move(next));
    model.setTree(tree.record, tree.figures);
    QCOMPARE(reset.size(), 2);
  }

  void a_node_that_is_walked_to_is_told_and_one_that_is_set_is_not() {
    const TreeRecord whole = test::creditedTree(test::mockupSchedule());
    TreeTable table;
    QSignalSpy chosen(&table, &TreeTable::nodeChosen);
    const Shown small = shownOf(test::grownSoFar(whole, 5)), all = shownOf(whole);
    table.setTree(small.record, small.figures, 2);
    QVERIFY(!table.currentIndex().isValid());  // hidden: it waits
    table.show();
    const auto current = [&] {
      return static_cast<const TreeNodeModel*>(table.model())->nodeOf(table.currentIndex());
    };
    QCOMPARE(current(), 2);
    table.setTree(all.record, all.figures, 4);
    QCOMPARE(current(), 4);
    table.setNode(1);
    QCOMPARE(current(), 1);
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(&table, Qt::Key_Down);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toInt(), 2);
    table.setTree(nullptr, nullptr, -1);
    QCOMPARE(chosen.size(), 1);
  }

  void a_tree_of_twenty_thousand_nodes_opens_to_its_node_alone() {
    const Shown tree = shownOf(test::creditedTree(test::windowSchedule(0, 9, 0, 3)));
    QVERIFY(tree.record->nodes.size() > 20'000);
    TreeTable table;
    table.show();
    table.setTree(tree.record, tree.figures, tree.figures->best_leaf);
    QVERIFY(table.visualRect(table.currentIndex()).isValid());
    const auto* model = table.model();
    int open = 0;
    for (QModelIndex at = model->index(0, 0); at.isValid(); at = table.indexBelow(at)) ++open;
    QVERIFY(open < 200);
  }
};

QTEST_MAIN(TestTreeTable)
#include "tst_tree_table.moc"
