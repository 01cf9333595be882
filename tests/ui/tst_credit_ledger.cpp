#include <QtTest>

#include "canvas_trees.h"
#include "views/credit_ledger.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

struct Credited {
  TreeRecord record;
  CreditTrace trace;
};

Credited credited(TreeRecord record, const CreditOptions& options = {}) {
  CreditState state;
  Credit credit = assign_credit(std::span<const TreeRecord>(&record, 1), options, state);
  apply(credit.records.front(), record);
  return {std::move(record), std::move(credit.records.front().trace)};
}

// 0 root; 1, 2 its children; 3, 4 under 1 and 5, 6 under 2, all leaves. Rewards 1, 0, 0, −1:
// mean 0, deviation √½ = 0.70711, z = ±1.4142.
TreeRecord fourLeaves() {
  return tree_from_text(R"(
    root
      sde -1
        sde -1 = 1
        sde -1 = 0
      sde -1
        sde -1 = 0
        sde -1 = -1
  )");
}

const LedgerRow* rowOf(const std::vector<LedgerRow>& rows, const std::string& label) {
  for (const LedgerRow& row : rows)
    if (row.label == label) return &row;
  return nullptr;
}

std::vector<LedgerRow> ledger(const Credited& tree, std::int32_t node) {
  return creditLedger(tree.record, treeFigures(tree.record), &tree.trace, node);
}

QStringList texts(const LedgerRow& row) {
  QStringList list;
  for (const LedgerValue& value : row.values) list.append(QString::fromStdString(value.text));
  return list;
}

}  // namespace

class TestCreditLedger : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_inner_edge_is_the_mean_of_its_children_down_to_the_rewards() {
    const auto rows = ledger(credited(fourLeaves()), 1);
    QCOMPARE(texts(*rowOf(rows, "leaf rewards")), QStringList({"1.000", "0.000"}));
    QCOMPARE(rowOf(rows, "group of 4")->text, std::string("r0 0.000 ± 0.707"));
    QCOMPARE(rowOf(rows, "leaf rule")->text, std::string("A = 1 z(r0)"));
    QCOMPARE(texts(*rowOf(rows, "leaf advantages")), QStringList({"+1.41", "0.00"}));
    const LedgerRow* mean = rowOf(rows, "mean of 2");
    QVERIFY(mean != nullptr && mean->total);
    QCOMPARE(texts(*mean), QStringList("+0.71"));
    QCOMPARE(mean->text, std::string("edge t0.0 → t1.0, not clamped"));
  }

  void every_value_names_its_node() {
    const auto rows = ledger(credited(fourLeaves()), 2);
    std::vector<std::int32_t> nodes;
    for (const LedgerValue& value : rowOf(rows, "leaf rewards")->values)
      nodes.push_back(value.node);
    QCOMPARE(nodes, (std::vector<std::int32_t>{5, 6}));
    QCOMPARE(rowOf(rows, "mean of 2")->values[0].node, 2);
    QVERIFY(rowOf(rows, "mean of 2")->values[0].advantage < 0);
  }

  void a_leaf_spells_out_its_z_score() {
    const auto rows = ledger(credited(fourLeaves()), 3);
    const LedgerRow* z = rowOf(rows, "z(r0)");
    QVERIFY(z != nullptr);
    QCOMPARE(texts(*z), QStringList("1.000"));
    QCOMPARE(z->text, std::string("− 0.000 over 0.707 = +1.41"));
    QCOMPARE(texts(*rowOf(rows, "advantage A")), QStringList("+1.41"));
  }

  void a_clamped_edge_says_from_what() {
    CreditOptions options;
    options.adv_clip_max = 1;
    const auto rows = ledger(credited(fourLeaves(), options), 3);
    QCOMPARE(texts(*rowOf(rows, "advantage A")), QStringList("+1.00"));
    QVERIFY(rowOf(rows, "advantage A")->text.find("clamped from +1.41") != std::string::npos);
  }

  void a_column_without_variance_is_named_and_left_out_of_the_rule() {
    TreeRecord record = fourLeaves();
    record.reward_names.push_back("clean");
    record.reward_weights = {.8, .2};
    record.rewards.push_back({.5, .5, .5, .5});
    const Credited tree = credited(std::move(record));
    const auto rows = ledger(tree, 1);
    QVERIFY(ledgerText(rows).find("clean 0.500 ± 0.000; all equal, gives no advantage") !=
            std::string::npos);
    QCOMPARE(rowOf(rows, "leaf rule")->text, std::string("A = 0.8 z(r0)"));
  }

  void a_prompt_without_variance_has_no_advantage_and_says_why() {
    TreeRecord record = fourLeaves();
    record.rewards[0] = {.5, .5, .5, .5};
    const auto rows = ledger(credited(std::move(record)), 1);
    const LedgerRow& total = rows.back();
    QVERIFY(total.total && total.values.empty());
    QVERIFY(total.text.find("nothing to learn") != std::string::npos);
  }

  void a_floored_deviation_is_said_in_words() {
    CreditOptions options;
    options.std_min = 2;
    const auto rows = ledger(credited(fourLeaves(), options), 1);
    QCOMPARE(rowOf(rows, "group of 4")->text,
             std::string("r0 0.000 ± 0.707; divided by 2.0, larger than its own deviation"));
  }

  void weights_are_written_where_they_are_not_those_of_a_mean() {
    CreditOptions options;
    options.rule = "treerpo";
    const auto rows = ledger(credited(fourLeaves(), options), 3);
    QCOMPARE(texts(*rowOf(rows, "edge sums")), QStringList({"1.000 × +1.41", "−1.000 × +0.71"}));
    QCOMPARE(texts(rows.back()), QStringList("+0.71"));
    QCOMPARE(rowOf(rows, "edge sums")->values[1].node, 1);
  }

  void every_total_is_the_advantage_that_the_record_holds() {
    TreeRecord grown = creditedTree(mockupSchedule());
    const Credited tree = credited(std::move(grown));
    for (std::size_t node = 1; node < tree.record.nodes.size(); ++node) {
      const LedgerRow total = ledger(tree, static_cast<std::int32_t>(node)).back();
      const double advantage = tree.record.nodes[node].advantage;
      QCOMPARE(total.values.empty(), std::isnan(advantage));
      if (!total.values.empty()) QCOMPARE(total.values[0].advantage, advantage);
    }
  }

  void without_a_trace_or_rewards_it_says_what_is_missing() {
    const Credited tree = credited(fourLeaves());
    const auto rewarded = creditLedger(tree.record, treeFigures(tree.record), nullptr, 1);
    QCOMPARE(rewarded.size(), std::size_t{2});
    QVERIFY(rewarded[1].text.find("once the iteration is stored") != std::string::npos);
    const TreeRecord growing = grownSoFar(tree.record, 4);
    const auto bare = creditLedger(growing, treeFigures(growing), nullptr, 1);
    QCOMPARE(bare.size(), std::size_t{1});
    QVERIFY(bare[0].values.empty() && !bare[0].text.empty());
    QVERIFY(creditLedger(growing, treeFigures(growing), nullptr, -1).empty());
    QVERIFY(creditLedger(growing, treeFigures(growing), nullptr, 4).empty());
  }

  void long_rows_are_cut_and_counted() {
    const Credited tree = credited(creditedTree(mockupSchedule()));
    const auto rows = ledger(tree, 1);
    QCOMPARE(rowOf(rows, "leaf rewards")->values.size(), std::size_t{12});
    QCOMPARE(rowOf(rows, "leaf rewards")->text, std::string("and 15 more"));
  }

  void the_text_has_the_rows_with_labels_in_a_column() {
    const Credited tree = credited(fourLeaves());
    const std::string text = ledgerText(ledger(tree, 1));
    QVERIFY(text.starts_with("leaf rewards     1.000  0.000\n"));
    QVERIFY(text.find("mean of 2        +0.71  edge t0.0 → t1.0, not clamped\n") !=
            std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestCreditLedger)
#include "tst_credit_ledger.moc"
