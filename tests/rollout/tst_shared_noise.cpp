#include <QtTest>
#include <cmath>
#include <map>
#include <utility>

#include "rollout/grow.h"
#include "support/toy_policy.h"
#include "tree/sigmas.h"

using namespace treegrpo;
using test::ToyPolicy;

namespace {

constexpr int steps = 6;

struct Branching {
  int step, branch;
};

TreeSchedule scheduleOf(std::initializer_list<Branching> noisy, int roots = 1) {
  TreeSchedule schedule{.roots = roots, .steps = {}};
  schedule.steps.resize(steps);
  for (const Branching& at : noisy)
    schedule.steps[static_cast<std::size_t>(at.step)] = {at.branch, .7, true};
  return schedule;
}

// The tree of "a circle" among the given prompts, with the picture of every node.
TreeRecord grownTree(TreeSchedule schedule, std::vector<std::string> prompts = {"a circle"},
                     std::uint64_t seed = 5) {
  ToyPolicy policy;
  GrowRequest request;
  request.prompts = std::move(prompts);
  request.schedule = std::move(schedule);
  request.sigmas = sigma_table(SigmaRule::uniform, steps, 1);
  request.seed = seed;
  request.iteration = 3;
  request.previews = true;
  const Conditioning conditioning = policy.encode(request.prompts);
  request.conditioning = &conditioning;
  std::vector<GrownTree> trees = grow(policy, request).value();
  for (GrownTree& tree : trees)
    if (tree.record.text == "a circle") return std::move(tree.record);
  return {};
}

// The deepest step up to which two schedules draw noise of one level at every step.
int agreement(const TreeSchedule& a, const TreeSchedule& b) {
  int step = 0;
  while (step < steps && a.steps[static_cast<std::size_t>(step)].noise_level ==
                             b.steps[static_cast<std::size_t>(step)].noise_level)
    ++step;
  return step;
}

// Pairs of inner nodes of one tree and path; leaves get their pictures later.
std::vector<std::pair<TreeNode, TreeNode>> matched(const TreeRecord& a, const TreeRecord& b) {
  std::map<std::pair<std::int32_t, std::vector<std::int32_t>>, std::size_t> at;
  for (std::size_t i = 0; i < b.nodes.size(); ++i)
    at[{b.nodes[i].tree, path(b, static_cast<std::int32_t>(i))}] = i;
  std::vector<std::pair<TreeNode, TreeNode>> pairs;
  for (std::size_t i = 0; i < a.nodes.size() && !a.is_leaf(i); ++i)
    if (const auto found = at.find({a.nodes[i].tree, path(a, static_cast<std::int32_t>(i))});
        found != at.end())
      pairs.emplace_back(a.nodes[i], b.nodes[found->second]);
  return pairs;
}

// Another batch changes the last bits of a prediction: a byte of a picture may round otherwise.
bool samePicture(const Image& a, const Image& b) {
  if (a.width != b.width || a.rgb.size() != b.rgb.size()) return false;
  for (std::size_t i = 0; i < a.rgb.size(); ++i)
    if (std::abs(int{a.rgb[i]} - int{b.rgb[i]}) > 1) return false;
  return true;
}

bool sameLogProb(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < 1e-5;
}

}  // namespace

class TestSharedNoise : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nodes_at_one_path_are_one_node_until_the_schedules_part_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<int>("agree");   // pairs up to where they part
    QTest::addColumn<int>("differ");  // pairs after it
    QTest::newRow("more children") << 0 << 16 << 0;
    QTest::newRow("more roots") << 1 << 16 << 0;
    QTest::newRow("a later window") << 2 << 2 << 7;
    QTest::newRow("a longer window") << 3 << 8 << 8;
  }

  void nodes_at_one_path_are_one_node_until_the_schedules_part() {
    QFETCH(int, which);
    QFETCH(int, agree);
    QFETCH(int, differ);
    const TreeSchedule base = scheduleOf({{1, 2}, {2, 2}});
    const TreeSchedule others[] = {scheduleOf({{1, 4}, {2, 3}}), scheduleOf({{1, 2}, {2, 2}}, 3),
                                   scheduleOf({{2, 2}, {3, 2}}),
                                   scheduleOf({{1, 2}, {2, 2}, {3, 3}})};
    const TreeRecord a = grownTree(base), b = grownTree(others[which]);
    const int parted = agreement(base, others[which]);
    int same = 0, other = 0;
    for (const auto& [one, its_pair] : matched(a, b)) {
      const bool alike =
          sameLogProb(one.log_prob, its_pair.log_prob) && samePicture(one.image, its_pair.image);
      QCOMPARE(alike, one.step <= parted);
      ++(alike ? same : other);
    }
    QCOMPARE(same, agree);
    QCOMPARE(other, differ);
  }

  void the_prompts_beside_it_change_no_noise() {
    const TreeSchedule schedule = scheduleOf({{1, 2}, {2, 2}});
    const TreeRecord alone = grownTree(schedule);
    const TreeRecord among = grownTree(schedule, {"a cross", "two red squares", "a circle"});
    const auto pairs = matched(alone, among);
    QCOMPARE(pairs.size(), std::size_t{16});
    for (const auto& [one, other] : pairs) {
      QVERIFY(sameLogProb(one.log_prob, other.log_prob));
      QVERIFY(samePicture(one.image, other.image));
    }
  }

  void another_seed_shares_nothing() {
    const TreeSchedule schedule = scheduleOf({{1, 2}, {2, 2}});
    const TreeRecord a = grownTree(schedule), b = grownTree(schedule, {"a circle"}, 6);
    QVERIFY(!matched(a, b).empty());
    for (const auto& [one, other] : matched(a, b)) QVERIFY(!samePicture(one.image, other.image));
  }
};

QTEST_GUILESS_MAIN(TestSharedNoise)
#include "tst_shared_noise.moc"
