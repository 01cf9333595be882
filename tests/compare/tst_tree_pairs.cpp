// Nodes of two trees paired by path, and what their trees are like.
#include <QtTest>

#include "compare/distribution.h"
#include "compare/tree_pairs.h"
#include "support/tree_text.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const char* two_children = R"(
root
  sde -1
    ode = 1
  sde -1
    ode = 2
)";
const char* three_children = R"(
root
  sde -1
    ode = 1
  sde -1
    ode = 2
  sde -1
    ode = 6
)";

std::vector<std::int32_t> values(const std::vector<NodeId>& nodes) {
  std::vector<std::int32_t> list;
  for (const NodeId node : nodes) list.push_back(node.value);
  return list;
}

}  // namespace

class TestTreePairs : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nodes_at_the_same_path_are_a_pair() {
    const TreeRecord first = tree_from_text(two_children);
    const TreeRecord second = tree_from_text(three_children);
    const TreePairs pairs = pair_nodes(first, second);
    // Level order: the third child stands before the leaves and moves their numbers.
    const std::vector<std::pair<NodeId, NodeId>> matched = {
        {{0}, {0}}, {{1}, {1}}, {{2}, {2}}, {{3}, {4}}, {{4}, {5}}};
    QCOMPARE(pairs.matched, matched);
    QVERIFY(pairs.only_first.empty());
    QCOMPARE(values(pairs.only_second), (std::vector<std::int32_t>{3, 6}));
    for (const auto& [a, b] : pairs.matched) QCOMPARE(path(first, a.value), path(second, b.value));
    const TreePairs back = pair_nodes(second, first);
    QCOMPARE(values(back.only_first), (std::vector<std::int32_t>{3, 6}));
    QCOMPARE(back.matched.size(), matched.size());
  }

  void nodes_of_another_tree_are_no_pair() {
    TreeRecord second = tree_from_text(two_children);
    for (TreeNode& node : second.nodes) node.tree = 1;
    const TreePairs pairs = pair_nodes(tree_from_text(two_children), second);
    QVERIFY(pairs.matched.empty());
    QCOMPARE(pairs.only_first.size(), std::size_t{5});
    QCOMPARE(pairs.only_second.size(), std::size_t{5});
  }

  void what_keeps_noise_from_being_shared_is_said() {
    const TreeRecord first = tree_from_text(two_children);
    TreeRecord second = first;
    QVERIFY(pairing_remarks(first, 1, second, 1).empty());
    QCOMPARE(pairing_remarks(first, 1, second, 2).at(0),
             std::string("the seeds differ (1 and 2): paired nodes do not share their noise"));
    second.text = "another";
    second.iteration = 4;
    second.schedule.steps.pop_back();
    QCOMPARE(pairing_remarks(first, 1, second, 1).size(), std::size_t{3});
  }

  void rewards_and_advantages_are_collected() {
    TreeRecord tree = tree_from_text(three_children);
    tree.nodes[1].advantage = .5;
    tree.nodes[3].advantage = -.5;
    tree.nodes[4].advantage = 1;
    const std::vector trees = {tree, tree};
    const std::vector<double> rewards = {1, 2, 6, 1, 2, 6};
    QCOMPARE(leaf_rewards(trees), rewards);
    const std::map<int, std::vector<double>> advantages = {{0, {.5, -.5, .5, -.5}}, {1, {1, 1}}};
    QCOMPARE(advantages_by_depth(trees), advantages);
  }

  void values_that_are_no_number_are_counted_apart() {
    const std::vector<double> values = {1, no_value, 3, 3, 1. / 0.};
    const Ecdf shares = ecdf(values);
    QCOMPARE(shares.n, std::size_t{3});
    QCOMPARE(shares.left_out, std::size_t{2});
    QCOMPARE(shares.share, (std::vector<double>{1. / 3, 1}));
    const Histogram counted = histogram(values, std::vector<double>{0, 2});
    QCOMPARE(counted.counts, (std::vector<std::size_t>{1}));
    QCOMPARE(counted.left_out, std::size_t{4});
    QCOMPARE(common_edges(std::vector<std::vector<double>>{{2, 2}}),
             (std::vector<double>{1.5, 2.5}));
    QVERIFY(common_edges(std::vector<std::vector<double>>{{no_value}, {}}).empty());
  }
};

QTEST_GUILESS_MAIN(TestTreePairs)
#include "tst_tree_pairs.moc"
