#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include "canvas_trees.h"
#include "proof_sheet.h"
#include "style/studio_style.h"
#include "views/node_inspector.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

struct Tree {
  std::shared_ptr<const TreeRecord> record;
  std::shared_ptr<const TreeFigures> figures;
  std::shared_ptr<const CreditTrace> trace;
};

Tree treeOf(TreeRecord record) {
  CreditState state;
  Credit credit = assign_credit(std::span<const TreeRecord>(&record, 1), {}, state);
  apply(credit.records.front(), record);
  Tree tree;
  tree.figures = std::make_shared<const TreeFigures>(treeFigures(record));
  tree.trace = std::make_shared<const CreditTrace>(credit.records.front().trace);
  tree.record = shared(std::move(record));
  return tree;
}

// Steps 3, 4, 5 branch in three: node 3 is t3.0; 4, 5, 6 are step 4; 7 to 15 step 5.
Tree mockupTree() {
  TreeRecord record = creditedTree(mockupSchedule());
  record.reward_names = {"match", "clean"};
  record.reward_weights = {.8, .2};
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    record.nodes[node].image =
        *proof_sheet::samplePicture(static_cast<std::uint8_t>(40 + 5 * node % 160));
  for (TreeNode& node : record.nodes)
    if (node.kind == NodeKind::sde) node.ratio = 1 - 3e-5;
  return treeOf(std::move(record));
}

constexpr std::int32_t inner = 8;       // t5.1
constexpr std::int32_t reference = 10;  // t5.3

void show(NodeInspector& inspector, const Tree& tree, std::int32_t node) {
  inspector.setTree(tree.record, tree.figures, tree.trace);
  inspector.setNode(node);
  inspector.resize(340, 900);
  inspector.show();
}

QString textOf(const QWidget& view, const char* name) {
  return view.findChild<QLabel*>(name)->text();
}

bool shows(const QWidget& view, const char* name) {
  return view.findChild<QWidget*>(name)->isVisible();
}

// The text beside a label in the tables of numbers.
QString numberOf(const QWidget& view, const QString& label, int column = 1) {
  for (const char* name : {"nodeNumbers", "nodeMoreNumbers"}) {
    const QAbstractItemModel* model = view.findChild<QTableView*>(name)->model();
    for (int row = 0; row < model->rowCount(); ++row)
      if (model->index(row, 0).data().toString() == label)
        return model->index(row, column).data().toString();
  }
  return "no such line";
}

}  // namespace

class TestNodeInspector : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void without_a_node_it_says_how_to_get_one() {
    NodeInspector inspector;
    inspector.show();
    QVERIFY(shows(inspector, "noNode"));
    show(inspector, mockupTree(), inner);
    QVERIFY(!shows(inspector, "noNode"));
    inspector.setNode(1000);  // the tree has not so many
    QVERIFY(shows(inspector, "noNode"));
    inspector.setTree(nullptr, nullptr, nullptr);
    QVERIFY(inspector.ledgerAsText().isEmpty());
  }

  void the_advantage_is_the_record_s_with_a_sign() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    for (std::int32_t node = 4; node < 7; ++node) {
      show(inspector, tree, node);
      const double advantage = tree.record->nodes[static_cast<std::size_t>(node)].advantage;
      const QString sign = advantage > 0 ? "+" : "−";
      QCOMPARE(textOf(inspector, "nodeAdvantage"),
               sign + QString::number(std::abs(advantage), 'f', 2));
      QCOMPARE(inspector.findChild<QLabel*>("nodeAdvantage")->property("tone").toString(),
               advantage > 0 ? QString("positive") : QString("negative"));
    }
    inspector.setNode(0);
    QVERIFY(textOf(inspector, "nodeAdvantageOf").contains("value backed up"));
    const double value = tree.record->nodes[0].value;
    QCOMPARE(textOf(inspector, "nodeAdvantage").right(4), QString::number(std::abs(value), 'f', 2));
  }

  void numbers_stand_beside_those_of_the_reference() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    QCOMPARE(numberOf(inspector, "key"), QString("0.0.0.0.1"));
    QCOMPARE(numberOf(inspector, "ratio ρ"), QString("0.99997"));
    QCOMPARE(numberOf(inspector, "Δ log π"), QString("−3.0×10⁻⁵"));
    QCOMPARE(numberOf(inspector, "noise level a"), QString("0.70"));
    QCOMPARE(numberOf(inspector, "leaves below"), QString("3"));
    QCOMPARE(numberOf(inspector, "KL to reference"), QString("–"));
    inspector.setReference(reference);
    QCOMPARE(numberOf(inspector, "key", 2), QString("0.0.0.1.0"));
    const QAbstractItemModel* model = inspector.findChild<QTableView*>("nodeNumbers")->model();
    QCOMPARE(model->headerData(2, Qt::Horizontal).toString(), QString("ref t5.3"));
    for (int row = 0; row < model->rowCount(); ++row)
      QVERIFY(model->index(row, 1).data(Qt::ToolTipRole).toString().size() > 15);
  }

  void a_number_that_ought_to_be_there_is_called_nan() {
    TreeRecord record = *mockupTree().record;
    record.nodes[inner].log_prob = no_value;
    NodeInspector inspector;
    inspector.setTree(shared(record), nullptr, nullptr);  // figures are worked out
    inspector.setNode(inner);
    inspector.show();
    QCOMPARE(numberOf(inspector, "log π old"), QString("NaN"));
  }

  void values_of_the_ledger_choose_their_nodes() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    const QSignalSpy chosen(&inspector, &NodeInspector::nodeChosen);
    auto* rewards = inspector.findChild<QLabel*>("ledgerValues0");
    const std::vector<LedgerRow> rows =
        creditLedger(*tree.record, *tree.figures, tree.trace.get(), inner);
    QVERIFY(rewards->text().contains(QString("<a href=\"%1\"").arg(rows[0].values[1].node)));
    // As a user does it from the keyboard: the second link of the label.
    rewards->setFocus();
    QTest::keyClick(rewards, Qt::Key_Tab);
    QTest::keyClick(rewards, Qt::Key_Tab);
    QTest::keyClick(rewards, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    const std::int32_t node = chosen[0][0].toInt();
    QVERIFY(node == rows[0].values[0].node || node == rows[0].values[1].node);
  }

  void the_copied_text_is_the_ledger() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    inspector.findChild<QToolButton*>("ledgerCopy")->click();
    const std::string expected =
        ledgerText(creditLedger(*tree.record, *tree.figures, tree.trace.get(), inner));
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(expected));
    QVERIFY(expected.find("mean of 3") != std::string::npos);
  }

  void a_trace_may_come_later() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, {tree.record, tree.figures, nullptr}, inner);
    QVERIFY(inspector.ledgerAsText().contains("once the iteration is stored"));
    inspector.setTree(tree.record, tree.figures, tree.trace);
    QCOMPARE(inspector.node(), inner);
    QVERIFY(inspector.ledgerAsText().contains("leaf rule"));
  }

  void crumbs_lead_up_the_path() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    QStringList names;
    for (int at = 0; at < 4; ++at)
      names.append(inspector.findChild<QToolButton*>(QString("crumb%1").arg(at))->text());
    QCOMPARE(names, QStringList({"root", "t3.0", "t4.0", "t5.1"}));
    const QSignalSpy chosen(&inspector, &NodeInspector::nodeChosen);
    inspector.findChild<QToolButton*>("crumb1")->click();
    QCOMPARE(chosen[0][0].toInt(), 3);
    inspector.setNode(static_cast<std::int32_t>(tree.record->nodes.size()) - 1);  // a leaf
    QCOMPARE(inspector.findChild<QToolButton*>("crumb1")->text(), QString("…"));
    const QList<QAction*> between = inspector.findChild<QMenu*>("crumbMenu")->actions();
    QCOMPARE(between.size(), 3);
    between[0]->trigger();
    QCOMPARE(chosen[1][0].toInt(), 3);
    QCOMPARE(textOf(inspector, "nodeState"), QString("ODE leaf"));
  }

  void children_are_sorted_and_chosen() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, 4);
    auto* table = inspector.findChild<QTableView*>("nodeChildren");
    QCOMPARE(table->model()->rowCount(), 3);
    const int last = table->model()->columnCount() - 1;
    table->sortByColumn(last, Qt::DescendingOrder);
    std::vector<double> advantages;
    for (std::size_t node = 7; node < 10; ++node)
      advantages.push_back(tree.record->nodes[node].advantage);
    const auto best = std::max_element(advantages.begin(), advantages.end());
    const QSignalSpy chosen(&inspector, &NodeInspector::nodeChosen);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 7 + static_cast<int>(best - advantages.begin()));
    inspector.setNode(static_cast<std::int32_t>(tree.record->nodes.size()) - 1);
    QVERIFY(!shows(inspector, "nodeChildren"));
  }

  void the_probe_reads_the_pixel_under_the_pointer() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    auto* image = inspector.findChild<NodeImage*>("nodeImage");
    QCOMPARE(image->scaleText(), QString("4×"));
    QCOMPARE(textOf(inspector, "nodeImageCaption"), QString("32 × 32, shown at 4×"));
    QTest::mouseMove(image, {11 * 4 + 2, 18 * 4 + 1});  // the middle of the red disc
    QTRY_COMPARE(textOf(inspector, "nodeImageCaption"), QString("pixel 11, 18   R 232 G 32 B 70"));
    QTest::keyClick(image, Qt::Key_Left);
    QCOMPARE(textOf(inspector, "nodeImageCaption"), QString("pixel 10, 18   R 232 G 32 B 70"));
    const QImage painted = image->grab().toImage();
    QCOMPARE(painted.pixelColor(4 * 20 + 1, 4 * 6 + 1), QColor(50, 90, 230));  // nearest, unblurred
  }

  void the_difference_to_the_reference_is_signed() {
    const Image light{2, 1, {110, 110, 110, 50, 50, 50}};
    const Image dark{2, 1, {50, 50, 50, 110, 110, 110}};
    const Theme& looks = theme(ThemeKind::dark);
    const SignedDifference difference = signedDifference(light, dark, looks);
    QCOMPARE(difference.limit, 60.0);
    const Color most = looks.diverging.back(), least = looks.diverging.front();
    QCOMPARE(difference.picture.rgb,
             (std::vector<std::uint8_t>{most.red, most.green, most.blue, least.red, least.green,
                                        least.blue}));
    QVERIFY(signedDifference(light, {1, 1, {0, 0, 0}}, looks).picture.empty());
  }

  void the_difference_needs_a_reference() {
    NodeInspector inspector;
    show(inspector, mockupTree(), inner);
    auto* tabs = inspector.findChild<QTabBar*>("nodeImageShown");
    QVERIFY(!tabs->isTabEnabled(2));
    inspector.setReference(reference);
    QVERIFY(tabs->isTabEnabled(2));
    tabs->setCurrentIndex(2);
    QVERIFY(textOf(inspector, "nodeImageCaption").startsWith("this − reference"));
    inspector.setReference(-1);
    QCOMPARE(tabs->currentIndex(), 0);
  }

  void a_missing_image_is_said_in_words() {
    TreeRecord record = *mockupTree().record;
    record.nodes[inner].image = {};
    NodeInspector inspector;
    show(inspector, treeOf(std::move(record)), inner);
    QCOMPARE(textOf(inspector, "nodeImageCaption"), QString());  // its place says it already
    QCOMPARE(inspector.findChild<NodeImage*>()->accessibleName(), QString("Image not stored"));
  }

  void what_cannot_be_done_has_no_button() {
    NodeInspector inspector;
    show(inspector, mockupTree(), inner);
    for (const char* name : {"regrow", "moreLeaves", "nodeCommand", "nodeCommandCopy"})
      QVERIFY2(!shows(inspector, name), name);
    inspector.setExploring(true);
    inspector.setCommand("treegrpo sample --key 0.1");
    const QSignalSpy regrow(&inspector, &NodeInspector::regrowAsked);
    const QSignalSpy more(&inspector, &NodeInspector::moreLeavesAsked);
    inspector.findChild<QPushButton*>("regrow")->click();
    inspector.findChild<QPushButton*>("moreLeaves")->click();
    QCOMPARE(regrow[0][0].toInt(), inner);
    QCOMPARE(more[0][0].toInt(), inner);
    inspector.findChild<QToolButton*>("nodeCommandCopy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("treegrpo sample --key 0.1"));
  }

  void a_tree_that_changed_while_hidden_is_shown_when_it_comes_into_sight() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, inner);
    inspector.hide();
    inspector.setNode(4);
    inspector.show();
    QVERIFY(textOf(inspector, "nodeKey").startsWith("t4.0"));
  }

  void rows_of_a_tree_that_is_gone_are_not_read() {
    const Tree tree = mockupTree();
    NodeInspector inspector;
    show(inspector, tree, 4);
    const QAbstractItemModel* children = inspector.findChild<QTableView*>("nodeChildren")->model();
    QCOMPARE(children->rowCount(), 3);
    inspector.setTree(nullptr, nullptr, nullptr);
    QCOMPARE(children->rowCount(), 0);
    inspector.setTree(tree.record, tree.figures, tree.trace);
    QCOMPARE(children->rowCount(), 3);
    inspector.hide();
    inspector.setTree(shared(grownSoFar(*tree.record, 5)), nullptr, nullptr);
    QCOMPARE(children->rowCount(), 0);
    inspector.show();
    QVERIFY(!shows(inspector, "nodeChildren"));
  }

  void a_large_tree_is_shown_at_once() {
    const Tree tree = treeOf(creditedTree(windowSchedule(1, 3, 6, 12)));
    QVERIFY(tree.record->nodes.size() > 12000);
    NodeInspector inspector;
    show(inspector, tree, 0);
    QElapsedTimer timer;
    timer.start();
    for (std::int32_t node = 1; node < 11; ++node) inspector.setNode(node);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
  }

  void it_can_be_looked_at() {
    const Tree tree = mockupTree();
    for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light}) {
      applyTheme(*qApp, kind, 1);
      NodeInspector inspector;
      inspector.setLooks(theme(kind));
      inspector.setReference(reference);
      inspector.setExploring(true);
      inspector.setCommand("treegrpo sample --run 3 --iteration 37 --prompt 1 --key 0.0.0.0.1");
      const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_PROOF");
      for (const std::int32_t node : {-1, inner, 4, 120}) {
        show(inspector, tree, node);
        inspector.findChild<QTabBar*>("nodeImageShown")->setCurrentIndex(node == 4 ? 2 : 0);
        QTest::qWait(20);
        const QPixmap picture = inspector.grab();
        QCOMPARE(picture.width(), 340);
        if (!folder.isEmpty())
          picture.save(QString("%1/inspector-%2-%3.png")
                           .arg(folder, kind == ThemeKind::dark ? "dark" : "light")
                           .arg(node));
        auto* scroll = inspector.findChild<QScrollArea*>("nodeScroll");
        if (node >= 0) QVERIFY(scroll->widget()->width() <= scroll->viewport()->width());
      }
    }
  }
};

QTEST_MAIN(TestNodeInspector)
#include "tst_node_inspector.moc"
