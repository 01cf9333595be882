#include <QtTest>

#include "base/error.h"
#include "record/config_fields.h"
#include "support/property.h"
#include "tree/check_config.h"
#include "tree/draft_changes.h"
#include "tree/method.h"
#include "tree/schedule_draft.h"

using namespace treegrpo;
using test::holds;

namespace {

// The default, with its window at a known place.
RunConfig fixed_window(int start) {
  RunConfig config;
  config.method.window_rule = "fixed";
  config.method.window_start = start;
  return config;
}

RunConfig painted_over(const RunConfig& config, int first, int last, bool noisy) {
  return redrawn(config, config, 0,
                 painted(drawn_schedule(config, 0), config.method, config.sampler.noise_level,
                         first, last, noisy));
}

RunConfig with_branch(const RunConfig& config, std::size_t step, int branch) {
  TreeSchedule schedule = drawn_schedule(config, 0);
  schedule.steps[step].branch = branch;
  return redrawn(config, config, 0, schedule);
}

RunConfig applied(RunConfig config, const std::vector<std::string>& overrides) {
  for (const std::string& override : overrides) set_field(config, override);
  return config;
}

// One edit of any kind, of any step, sensible or not.
RunConfig any_edit(const RunConfig& base, const RunConfig& config, int iteration) {
  TreeSchedule schedule = drawn_schedule(config, iteration);
  const int steps = static_cast<int>(schedule.steps.size());
  const int step = *rc::gen::inRange(0, steps);
  StepPlan& plan = schedule.steps[static_cast<std::size_t>(step)];
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      schedule = painted(schedule, config.method, config.sampler.noise_level, step,
                         *rc::gen::inRange(step, steps), *rc::gen::arbitrary<bool>());
      break;
    case 1:
      schedule = moved_block(schedule, step);
      break;
    case 2:
      plan.branch = *rc::gen::inRange(1, 9);
      break;
    case 3:
      plan.noise_level = *rc::gen::inRange(0, 11) / 10.0;
      break;
    case 4:
      plan.train = !plan.train;
      break;
    case 5:
      schedule.roots = *rc::gen::inRange(1, 5);
      break;
    default: {
      const auto row = *rc::gen::inRange<std::size_t>(0, methods().size());
      return as_method(base, config, methods()[row].name, iteration);
    }
  }
  return redrawn(base, config, iteration, schedule);
}

}  // namespace

class TestScheduleDraft : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_moved_window_is_a_fixed_one_of_the_same_method() {
    const RunConfig base;
    const TreeSchedule moved = moved_block(drawn_schedule(base, 0), 5);
    const RunConfig config = redrawn(base, base, 0, moved);
    QCOMPARE(config.method.name, std::string("treegrpo"));
    QCOMPARE(config.method.window_rule, std::string("fixed"));
    QCOMPARE(config.method.window_start, 5);
    QVERIFY(drawn_schedule(config, 0).steps == moved.steps);
  }

  void a_block_stays_before_the_last_step() {
    const TreeSchedule moved = moved_block(drawn_schedule(fixed_window(2), 0), 100);
    QCOMPARE(noisy_block(moved), (NoisyBlock{6, 9}));
    QCOMPARE(noisy_block(moved_block(moved, -3)), (NoisyBlock{0, 3}));
  }

  void a_painted_step_beside_the_window_widens_it() {
    const RunConfig config = painted_over(fixed_window(3), 6, 6, true);
    QCOMPARE(config.method.name, std::string("treegrpo"));
    QCOMPARE(config.method.window, 4);
    QCOMPARE(config.method.branch, 3);
    QCOMPARE(counts(drawn_schedule(config, 0)).leaves, 81);
  }

  void what_the_method_cannot_draw_is_spelled_out() {
    const RunConfig config = with_branch(fixed_window(3), 4, 2);
    QCOMPARE(config.method.name, std::string("custom"));
    QCOMPARE(config.schedule.step.size(), std::size_t(10));
    QCOMPARE(counts(schedule_at(config, 0)).leaves, 18);
  }

  void a_drawing_that_is_the_runs_again_is_no_change() {
    const RunConfig base = fixed_window(3);
    TreeSchedule schedule = drawn_schedule(base, 0);
    schedule.steps[4].branch = 2;
    const RunConfig custom = redrawn(base, base, 0, schedule);
    schedule.steps[4].branch = 3;
    QVERIFY(redrawn(base, custom, 0, schedule) == base);
  }

  void an_ode_step_that_branches_is_named_by_its_cell() {
    const RunConfig config = with_branch(fixed_window(3), 6, 2);
    const auto found = draft_problems(config, 0);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].step, 6);
    QCOMPARE(found[0].key, std::string("schedule.step.6.branch"));
    QVERIFY(found[0].sentence.find("children would be equal") != std::string::npos);
  }

  void every_wrong_cell_is_named() {
    TreeSchedule schedule{.roots = 0, .steps = std::vector<StepPlan>(3)};
    schedule.steps[0] = {2, 0, true};
    schedule.steps[2] = {2, .5, true};
    std::vector<std::string> keys;
    for (const ScheduleProblem& problem : problems(schedule, 3)) keys.push_back(problem.key);
    QCOMPARE(keys,
             (std::vector<std::string>{"roots", "schedule.step.0.branch", "schedule.step.0.train",
                                       "schedule.step.2.noise_level", "schedule.step.2.branch",
                                       "schedule.step.2.train", "schedule.max_leaves"}));
  }

  void what_may_surprise_is_said() {
    const RunConfig base;
    QVERIFY(draft_notes(base, base, 0).empty());
    const RunConfig moved = redrawn(base, base, 0, moved_block(drawn_schedule(base, 0), 5));
    QCOMPARE(draft_notes(base, moved, 0).size(), std::size_t(1));
    QVERIFY(draft_notes(base, moved, 0)[0].find("no longer moves") != std::string::npos);
    RunConfig loud = base;
    loud.sampler.noise_level = 1.2;
    QVERIFY(draft_notes(base, loud, 0)[0].find("above 1") != std::string::npos);
    const RunConfig flat = as_method({}, {}, "dancegrpo", 0);
    const RunConfig custom = as_method(flat, flat, "custom", 0);
    QVERIFY(draft_notes(flat, custom, 0)[0].find("each has its own") != std::string::npos);
  }

  void leaves_beyond_the_limit_are_refused_in_words() {
    RunConfig config = fixed_window(3);
    config.schedule.max_leaves = 16;
    const auto found = draft_problems(config, 0);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].sentence.find("27 after step 5") != std::string::npos);
  }

  void every_method_as_published_can_run_from_every_other() {
    for (const Method& from : methods())
      for (const Method& to : methods()) {
        const RunConfig first = as_method({}, {}, from.name, 0);
        const RunConfig config = as_method({}, first, to.name, 0);
        check_config(config);
        QCOMPARE(config.method.name, std::string(to.name));
        QCOMPARE(config.credit.rule == "branchgrpo",
                 to.name == "branchgrpo" || (to.name == "custom" && from.name == "branchgrpo"));
      }
  }

  void changes_are_few_and_readable() {
    RunConfig config;
    config.method.window_ratio = .3;
    config.sampler.noise_level = .8;
    const auto changes = draft_changes({}, config);
    QCOMPARE(changes.size(), std::size_t(2));
    QCOMPARE(changes[0].key, std::string("method.window_ratio"));
    QCOMPARE(changes[0].after, std::string("0.3"));
    const RunConfig drawn = with_branch(fixed_window(3), 4, 2);
    QCOMPARE(draft_changes(fixed_window(3), drawn).back().after, std::string("drawn"));
    QCOMPARE(draft_changes(drawn, fixed_window(3)).back().after, std::string("by the method"));
  }

  void any_edits_give_a_schedule_that_runs_or_a_named_refusal() {
    QVERIFY(holds("edits", [] {
      const RunConfig base =
          as_method({}, {}, methods()[*rc::gen::inRange<std::size_t>(0, methods().size())].name, 0);
      const int iteration = *rc::gen::inRange(0, 200);
      RunConfig config = base;
      const int edits = *rc::gen::inRange(1, 8);
      for (int edit = 0; edit < edits; ++edit) {
        config = any_edit(base, config, iteration);
        const auto found = draft_problems(config, iteration);
        for (const ScheduleProblem& problem : found) RC_ASSERT(!problem.sentence.empty());
        if (found.empty())
          RC_ASSERT(counts(schedule_at(config, iteration)) ==
                    counts(run_schedule(config, iteration)));
        else
          RC_ASSERT_THROWS_AS(check_config(config), Error);
      }
      RC_ASSERT(applied(base, draft_overrides(base, config)) == config);
    }));
  }
};

QTEST_GUILESS_MAIN(TestScheduleDraft)
#include "tst_schedule_draft.moc"
