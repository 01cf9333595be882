#include <QtTest>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "support/property.h"
#include "support/tree_text.h"
#include "tree/schedule.h"

using namespace treegrpo;
using test::grown_tree;
using test::holds;

namespace {

const StepPlan ode{};
StepPlan sde(int branch, bool train = true) { return {branch, .7, train}; }

TreeSchedule random_schedule() {
  TreeSchedule schedule;
  schedule.roots = *rc::gen::inRange(1, 4);
  schedule.shared_root_noise = *rc::gen::arbitrary<bool>();
  const int steps = *rc::gen::inRange(1, 7);
  for (int step = 0; step + 1 < steps; ++step)
    schedule.steps.push_back(*rc::gen::arbitrary<bool>()
                                 ? ode
                                 : sde(*rc::gen::inRange(1, 4), *rc::gen::arbitrary<bool>()));
  schedule.steps.push_back(ode);
  return schedule;
}

// What counts() must say, counted on the grown tree.
ScheduleCounts enumerated(const TreeRecord& record) {
  ScheduleCounts found;
  std::vector<std::int64_t> width(static_cast<std::size_t>(record.steps()) + 1);
  std::set<std::int32_t> trained_parents;
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    const TreeNode& at = record.nodes[node];
    ++found.nodes;
    ++width[static_cast<std::size_t>(at.step)];
    record.is_leaf(node) ? ++found.leaves : ++found.nfe;
    if (at.step == 0 || !record.schedule.steps[static_cast<std::size_t>(at.step) - 1].train)
      continue;
    ++found.trained_edges;
    trained_parents.insert(at.parent);
  }
  found.trained_passes = static_cast<std::int64_t>(trained_parents.size());
  found.frontier_peak = *std::max_element(width.begin(), width.end());
  return found;
}

// The same, where nodes with equal latents are one: only chains of ODE steps from a shared noise.
ScheduleCounts distinct(const TreeRecord& record) {
  std::vector<std::int32_t> same_as(record.nodes.size());
  std::map<std::int32_t, std::int32_t> first_of_step;
  bool still_equal = record.schedule.shared_root_noise;
  ScheduleCounts found;
  std::vector<std::int64_t> width(static_cast<std::size_t>(record.steps()) + 1);
  std::set<std::int32_t> trained_parents;
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    const TreeNode& at = record.nodes[node];
    if (at.kind == NodeKind::sde) still_equal = false;
    const auto id = static_cast<std::int32_t>(node);
    same_as[node] = still_equal ? first_of_step.try_emplace(at.step, id).first->second : id;
    if (at.step > 0 && record.schedule.steps[static_cast<std::size_t>(at.step) - 1].train) {
      ++found.trained_edges;
      trained_parents.insert(same_as[static_cast<std::size_t>(at.parent)]);
    }
    if (same_as[node] != id) continue;
    ++found.nodes;
    ++width[static_cast<std::size_t>(at.step)];
    record.is_leaf(node) ? ++found.leaves : ++found.nfe;
  }
  found.trained_passes = static_cast<std::int64_t>(trained_parents.size());
  found.frontier_peak = *std::max_element(width.begin(), width.end());
  return found;
}

bool refused_with(const TreeSchedule& schedule, const char* words, int max_leaves = 4096) {
  try {
    validate(schedule, max_leaves);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::configuration && QString(error.what()).contains(words))
      return true;
    qWarning("%s", error.what());
  }
  return false;
}

TreeSchedule of(std::vector<StepPlan> steps, int roots = 1) {
  return {.roots = roots, .steps = std::move(steps)};
}

}  // namespace

class TestSchedule : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void counts_are_those_of_the_grown_tree() {
    QVERIFY(holds("counts are those of the grown tree", [] {
      const TreeSchedule schedule = random_schedule();
      validate(schedule, 4096);
      std::mt19937 random(1);
      RC_ASSERT(counts(schedule) == enumerated(grown_tree(schedule, random)));
    }));
  }

  // F(T, w, k, i) = i + (k^w - 1)/(k - 1) + k^w (T - i - w).
  void a_window_tree_costs_what_the_formula_says() {
    for (int k = 2; k <= 4; ++k)
      for (int w = 1; w <= 4; ++w)
        for (int i = 0; i + w <= 9; ++i) {
          TreeSchedule schedule = of(std::vector<StepPlan>(10));
          std::fill_n(schedule.steps.begin() + i, w, sde(k));
          const auto leaves = static_cast<std::int64_t>(std::pow(k, w));
          const std::int64_t parents = (leaves - 1) / (k - 1);
          const ScheduleCounts sizes = counts(schedule);
          QCOMPARE(sizes.nfe, i + parents + leaves * (10 - i - w));
          QCOMPARE(sizes.leaves, leaves);
          QCOMPARE(sizes.trained_passes, parents);
          QCOMPARE(sizes.trained_edges, k * parents);
          QCOMPARE(sizes.frontier_peak, leaves);
        }
  }

  void guidance_doubles_what_it_guides() {
    const ScheduleCounts sizes{.nfe = 100, .trained_passes = 10};
    QCOMPARE(forward_passes(sizes, false, false), 110);
    QCOMPARE(forward_passes(sizes, true, false), 210);
    QCOMPARE(forward_passes(sizes, true, true), 220);
  }

  void a_schedule_that_cannot_run_is_refused_in_words() {
    QVERIFY(refused_with(of({}), "no steps"));
    QVERIFY(refused_with(of({ode}, 0), "0 trees"));
    QVERIFY(refused_with(of({{0, .7, true}, ode}), "schedule.step.0.branch = 0, but"));
    QVERIFY(refused_with(of({ode, {1, -.1, false}, ode}), "schedule.step.1.noise_level"));
    const double infinity = std::numeric_limits<double>::infinity();
    QVERIFY(refused_with(of({{1, infinity, false}, ode}), "finite"));
    QVERIFY(refused_with(of({{1, std::nan(""), false}, ode}), "finite"));
    QVERIFY(refused_with(of({{2, 0, false}, ode}), "schedule.step.0.branch = 2 without noise"));
    QVERIFY(refused_with(of({{1, 0, true}, ode}), "schedule.step.0.train = true without noise"));
    QVERIFY(refused_with(of({sde(1)}), "last one"));
  }

  void the_last_step_is_a_plain_ode_step() {
    QVERIFY(refused_with(of({ode, sde(1, false)}), "schedule.step.1.noise_level is above 0, but"));
    QVERIFY(refused_with(of({ode, {2, 0, false}}), "schedule.step.1.branch = 2, but"));
    QVERIFY(refused_with(of({ode, {1, 0, true}}), "schedule.step.1.train = true, but"));
  }

  void too_many_leaves_are_refused_without_overflow() {
    constexpr int huge = std::numeric_limits<int>::max();
    QVERIFY(refused_with(of({sde(huge), sde(huge), sde(huge), ode}, huge), "max_leaves", huge));
    QVERIFY(refused_with(of({sde(3), sde(3), ode}), "9 after step 1", 8));
    QVERIFY(refused_with(of({sde(3), sde(3), ode}), "lower branch or roots", 8));
    validate(of({sde(3), sde(3), ode}), 9);
  }

  void equal_beginnings_of_roots_become_one_root() {
    const TreeSchedule flat{
        .roots = 27, .shared_root_noise = true, .steps = {ode, ode, sde(1), sde(1), ode, ode}};
    const TreeSchedule shared = share_prefix(flat);
    QCOMPARE(shared.roots, 1);
    QCOMPARE(shared.steps[2].branch, 27);
    QCOMPARE(counts(shared).leaves, counts(flat).leaves);
    QCOMPARE(counts(shared).nfe, 3 + 27 * 3);
    QCOMPARE(counts(flat).nfe, 27 * 6);
  }

  // What share_prefix saves, counted on the tree of the schedule as it stands: nodes that have the
  // same noise and walked only ODE steps hold the same latent, so one prediction serves them all.
  void a_shared_prefix_costs_what_distinct_latents_cost() {
    QVERIFY(holds("a shared prefix costs what distinct latents cost", [] {
      const TreeSchedule schedule = random_schedule();
      RC_PRE(std::any_of(schedule.steps.begin(), schedule.steps.end(),
                         [](const StepPlan& plan) { return plan.noise_level > 0; }));
      std::mt19937 random(1);
      const TreeRecord apart = grown_tree(schedule, random);
      const ScheduleCounts found = counts(share_prefix(schedule));
      RC_ASSERT(found == distinct(apart));
      RC_ASSERT(found.leaves == counts(schedule).leaves);
      RC_ASSERT(found.trained_edges == counts(schedule).trained_edges);
    }));
  }

  void forward_passes_are_the_rows_of_sampling_and_training() {
    QVERIFY(holds("forward passes are rows", [] {
      const TreeSchedule schedule = random_schedule();
      std::mt19937 random(1);
      const TreeRecord record = grown_tree(schedule, random);
      const bool guidance = *rc::gen::arbitrary<bool>(), train = *rc::gen::arbitrary<bool>();
      std::int64_t rows = 0;
      const auto below = treegrpo::children(record);
      for (std::size_t node = 0; node < record.nodes.size(); ++node) {
        if (below[node].empty()) continue;
        rows += guidance ? 2 : 1;  // conditional, and unconditional beside it
        const auto step = static_cast<std::size_t>(record.nodes[node].step);
        if (schedule.steps[step].train) rows += guidance && train ? 2 : 1;
      }
      RC_ASSERT(forward_passes(counts(schedule), guidance, train) == rows);
    }));
  }

  void roots_of_separate_noises_stay_apart() {
    const TreeSchedule flat{.roots = 4, .shared_root_noise = false, .steps = {ode, sde(1), ode}};
    QVERIFY(share_prefix(flat) == flat);
  }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
