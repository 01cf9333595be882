#include <QtTest>

#include "base/error.h"
#include "record/config_changes.h"
#include "record/config_fields.h"
#include "record/config_toml.h"
#include "support/property.h"
#include "tree/check_config.h"
#include "tree/draft_changes.h"
#include "tree/keyframe_edits.h"
#include "tree/keyframes.h"
#include "tree/method.h"
#include "tree/schedule_cost.h"
#include "tree/schedule_draft.h"

using namespace treegrpo;
using test::holds;

namespace {

RunConfig with_frames(std::vector<Keyframe> frames) {
  RunConfig config;
  config.run.iterations = 100;
  config.method.window_rule = "fixed";
  config.schedule.keyframe = std::move(frames);
  return config;
}

std::string refusal_of(const RunConfig& config) {
  try {
    check_config(config);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

RunConfig applied(RunConfig config, const std::vector<std::string>& overrides) {
  for (const std::string& override : overrides) set_field(config, override);
  return config;
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

class TestKeyframes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void later_keyframes_build_upon_earlier_ones() {
    const RunConfig config =
        with_frames({{10, "method.window=2"}, {20, "method.branch=4 method.window_start=3"}});
    QCOMPARE(counts(schedule_at(config, 9)).leaves, 27);
    QCOMPARE(counts(schedule_at(config, 10)).leaves, 9);
    QCOMPARE(counts(schedule_at(config, 20)).leaves, 16);
    QCOMPARE(window_start_at(config, 19), 0);
    QCOMPARE(window_start_at(config, 20), 3);
    QVERIFY(config_at(config, 99).schedule.keyframe.empty());
  }

  void fixed_then_sliding_then_drawn() {
    const RunConfig config = with_frames({{40, "method.window_rule=shifting method.shift_every=10"},
                                          {70, "method.window_rule=random_geometric"}});
    QCOMPARE(starts_of_iterations(config, 38, 4), std::vector<int>({0, 0, 0, 0}));
    QCOMPARE(window_start_at(config, 49), 0);
    QCOMPARE(window_start_at(config, 50), 1);  // counted from the keyframe
    QCOMPARE(window_start_at(config, 69), 2);
    RunConfig drawn;
    QCOMPARE(starts_of_iterations(config, 70, 30), starts_of_iterations(drawn, 70, 30));
  }

  void a_keyframe_that_leaves_the_rule_lets_the_window_slide_on() {
    const RunConfig config = with_frames(
        {{20, "method.window_rule=shifting method.shift_every=10"}, {45, "method.branch=2"}});
    QCOMPARE(window_start_at(config, 44), 2);
    QCOMPARE(window_start_at(config, 45), 2);
    QCOMPARE(window_start_at(config, 50), 3);
  }

  void drawn_steps_and_other_methods_take_turns() {
    RunConfig custom = as_method({}, with_frames({}), "custom", 0);
    custom.schedule.keyframe = {{5, "schedule.step.1.branch=1"},
                                {8, "schedule.step=[] method.name=treegrpo method.window=1"}};
    check_config(custom);
    QCOMPARE(counts(schedule_at(custom, 4)).leaves, 27);
    QCOMPARE(counts(schedule_at(custom, 5)).leaves, 9);
    QCOMPARE(counts(schedule_at(custom, 8)).leaves, 3);
  }

  void refusals_name_the_keyframe() {
    QVERIFY(contains(refusal_of(with_frames({{0, ""}})), "schedule.keyframe.0.iteration = 0"));
    QVERIFY(contains(refusal_of(with_frames({{9, ""}, {9, ""}})), "schedule.keyframe.1.iteration"));
    QVERIFY(contains(refusal_of(with_frames({{9, "sampler.kind=cps"}})),
                     "schedule.keyframe.0.set has 'sampler.kind=cps'"));
    QVERIFY(contains(refusal_of(with_frames({{9, "method.windw=2"}})), "method.window"));
    const std::string late = refusal_of(with_frames({{9, ""}, {12, "method.window=10"}}));
    QVERIFY(late.starts_with("schedule.keyframe.1, from iteration 12 on: method.window = 10"));
    QVERIFY(
        contains(refusal_of(with_frames({{9, "method.branch=1 method.window=1"}})), "one image"));
    QVERIFY(contains(refusal_of(with_frames({{9, "schedule.step.0.branch=2"}})),
                     "[[schedule.step]] is given"));
  }

  void a_change_that_a_keyframe_hides_is_refused() {
    const RunConfig config = with_frames({{10, "method.window=2"}});
    const auto change = [](int iteration, const char* key) {
      return std::vector<ParameterChanged>{{.iteration = iteration,
                                            .key = key,
                                            .old_value = "3",
                                            .new_value = "4",
                                            .author = "test"}};
    };
    check_changes(config, change(9, "method.window"));
    check_changes(config, change(12, "method.branch"));
    try {
      check_changes(config, change(12, "method.window"));
      QFAIL("it was taken");
    } catch (const Error& error) {
      QVERIFY(contains(error.what(), "set by schedule.keyframe.0 since iteration 10"));
    }
  }

  void the_file_and_its_settings_hold_keyframes() {
    const RunConfig config =
        with_frames({{10, "method.window=2"}, {20, "method.split_steps=[0,3]"}});
    const RunConfig read = parse_toml(run_fields(), toml_text(run_fields(), config), "a file", {});
    QVERIFY(read == config);
    QVERIFY(applied({}, draft_overrides({}, config)).schedule == config.schedule);
    QVERIFY(applied(config, draft_overrides(config, with_frames({}))) == with_frames({}));
    QCOMPARE(config_at(config, 20).method.split_steps, std::vector<int>({0, 3}));
  }

  void edits_go_where_the_iteration_has_its_schedule_from() {
    RunConfig config = with_frames({{10, "method.window=2"}});
    RunConfig wanted = config_at(config, 5);
    wanted.method.branch = 2;
    QCOMPARE(edited(config, 5, wanted).method.branch, 2);
    QVERIFY(edited(config, 5, wanted).schedule == config.schedule);
    wanted = config_at(config, 15);
    wanted.method.branch = 5;
    wanted.credit.std = "batch";
    const RunConfig later = edited(config, 15, wanted);
    QCOMPARE(later.method.branch, 3);
    QCOMPARE(later.schedule.keyframe[0].set, std::string("method.window=2 method.branch=5"));
    wanted = config_at(later, 15);
    wanted.method.window = 3;
    QCOMPARE(edited(later, 15, wanted).schedule.keyframe[0].set, std::string("method.branch=5"));
  }

  void a_rule_edited_in_a_keyframe_moves_with_it() {
    RunConfig config = with_keyframe(with_frames({}), 30);
    RunConfig wanted = config_at(config, 30);
    wanted.method.window_rule = "shifting";
    wanted.method.shift_every = 5;
    config = moved_keyframe(edited(config, 30, wanted), 0, 50);
    QCOMPARE(config.schedule.keyframe[0].iteration, 50);
    QVERIFY(!contains(config.schedule.keyframe[0].set, "shift_from"));
    QCOMPARE(window_start_at(config, 54), 0);
    QCOMPARE(window_start_at(config, 55), 1);
  }

  void a_keyframe_that_lost_its_ground_keeps_its_schedule() {
    RunConfig config = with_frames({{10, ""}, {20, ""}});
    config = edited(config, 10, as_method({}, config_at(config, 10), "custom", 10));
    RunConfig wanted = config_at(config, 20);
    wanted.schedule.step[1].branch = 1;
    config = edited(config, 20, wanted);
    QCOMPARE(config.schedule.keyframe[1].set.substr(0, 23), std::string("schedule.step.1.branch="));
    const TreeSchedule kept = drawn_schedule(config, 20);
    QVERIFY(drawn_schedule(without_keyframe(config, 0), 20).steps == kept.steps);
    wanted = as_method({}, config_at(config, 10), "treegrpo", 10);
    QVERIFY(drawn_schedule(edited(config, 10, wanted), 20).steps == kept.steps);
  }

  void keyframes_are_added_moved_and_removed_in_order() {
    RunConfig config = with_keyframe(with_keyframe(with_keyframe(with_frames({}), 40), 20), 60);
    QCOMPARE(config.schedule.keyframe.size(), std::size_t(3));
    QVERIFY(with_keyframe(config, 40) == config && with_keyframe(config, 0) == config);
    QCOMPARE(moved_keyframe(config, 1, 99).schedule.keyframe[1].iteration, 59);
    QCOMPARE(moved_keyframe(config, 1, 0).schedule.keyframe[1].iteration, 21);
    QCOMPARE(moved_keyframe(config, 2, 500).schedule.keyframe[2].iteration, 99);
    QCOMPARE(without_keyframe(config, 1).schedule.keyframe[1].iteration, 60);
    check_config(config);
  }

  void each_span_has_its_cost() {
    const RunConfig config = with_frames({{25, "method.window_start=3"}});
    const auto costs = span_costs(config);
    QCOMPARE(costs.size(), std::size_t(2));
    QCOMPARE(costs[0].span.end, 25);
    QCOMPARE(costs[1].span.end, 100);
    QCOMPARE(costs[0].expected_nfe, 202.0);
    QCOMPARE(costs[1].expected_nfe, 124.0);
    QCOMPARE(expected_nfe_of_run(costs), (25 * 202.0 + 75 * 124) / 100);
    const RunConfig sliding =
        with_frames({{20, "method.window_rule=shifting method.shift_every=40"}});
    const auto starts = window_starts(sliding, 50);
    QCOMPARE(starts[0].probability, .5);
    QCOMPARE(starts[1].probability, .5);
  }

  void changes_read_as_one_a_keyframe() {
    const auto changes = draft_changes(with_frames({}), with_frames({{10, "method.window=2"}}));
    QCOMPARE(changes.size(), std::size_t(1));
    QCOMPARE(changes[0].key, std::string("schedule.keyframe.0"));
    QCOMPARE(changes[0].before, std::string("none"));
    QCOMPARE(changes[0].after, std::string("at 10: method.window=2"));
  }

  // Whatever is edited, an iteration then shows what was drawn for it, and iterations before its
  // keyframe what they showed before.
  void any_edit_holds_from_its_keyframe_on() {
    QVERIFY(holds("keyframe edits", [] {
      RunConfig config = with_frames({});
      for (int frame = 0; frame < 3; ++frame)
        config = with_keyframe(config, *rc::gen::inRange(1, 100));
      const int edits = *rc::gen::inRange(1, 6);
      for (int edit = 0; edit < edits; ++edit) {
        const int iteration = *rc::gen::inRange(0, 100);
        RunConfig now = config_at(config, iteration), wanted = now;
        wanted.method.window = *rc::gen::inRange(1, 5);
        wanted.method.branch = *rc::gen::inRange(2, 5);
        wanted.method.window_rule = *rc::gen::element<std::string>("fixed", "shifting");
        wanted.method.shift_from = span_at(config, iteration).first;
        if (*rc::gen::arbitrary<bool>()) wanted = as_method(now, wanted, "custom", iteration);
        const RunConfig next = edited(config, iteration, wanted);
        RC_ASSERT(drawn_schedule(next, iteration) == drawn_schedule(wanted, iteration));
        const int first = span_at(config, iteration).first;
        if (first > 0)
          RC_ASSERT(drawn_schedule(next, first - 1) == drawn_schedule(config, first - 1));
        config = next;
      }
      RC_ASSERT(applied(with_frames({}), draft_overrides(with_frames({}), config)) == config);
    }));
  }
};

QTEST_GUILESS_MAIN(TestKeyframes)
#include "tst_keyframes.moc"
