#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <functional>

#include "base/error.h"
#include "base/paths.h"
#include "record/config_changes.h"
#include "support/property.h"
#include "support/toy_policy.h"
#include "train/checkpoint.h"
#include "train/policy_update.h"
#include "train/run.h"
#include "tree/check_config.h"
#include "tree/draft_changes.h"
#include "tree/keyframe_edits.h"
#include "tree/keyframes.h"
#include "tree/method.h"
#include "tree/schedule.h"
#include "tree/schedule_draft.h"

using namespace treegrpo;
using treegrpo::test::ToyPolicy;
using treegrpo::test::ToyReward;

namespace {

namespace fs = std::filesystem;

RunConfig toy_config() {
  RunConfig config;
  config.run.iterations = 4;
  config.run.seed = 3;
  config.method.window = 2;
  config.sampler.steps = 6;
  config.prompts.per_iteration = 3;
  config.optimizer.learning_rate = 1e-2;
  config.evaluation = {.every = 2, .steps = 6, .prompts = 20};
  config.checkpoint.every = 0;
  config.ema.decay = .9;
  config.objective.kl_beta = .1;
  return config;
}

// Prompts that are no scenes: the toy's pictures are too small for the detector.
std::vector<std::string> things(int count) {
  std::vector<std::string> prompts;
  for (int i = 0; i < count; ++i) prompts.push_back("thing " + std::to_string(i));
  return prompts;
}

// One edit of a schedule as an editor makes it: of steps, of the method, of keyframes.
RunConfig edited_anyhow(const RunConfig& base, const RunConfig& config, int iteration) {
  const int at = iteration + *rc::gen::inRange(0, 2);
  const RunConfig then = config_at(config, at), of_base = config_at(base, at);
  TreeSchedule schedule = drawn_schedule(config, at);
  const int steps = static_cast<int>(schedule.steps.size());
  const int step = *rc::gen::inRange(0, steps);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return edited(with_keyframe(config, iteration + 1), iteration + 1,
                    as_method(of_base, config_at(config, iteration + 1), "mixgrpo", iteration));
    case 1:
      schedule = moved_block(schedule, step);
      break;
    case 2:
      schedule.steps[static_cast<std::size_t>(step)].branch = *rc::gen::inRange(1, 4);
      break;
    case 3:
      schedule = painted(schedule, then.method, then.sampler.noise_level, step,
                         *rc::gen::inRange(step, steps), *rc::gen::arbitrary<bool>());
      break;
    case 4:
      return without_keyframe(config, 0);
    default:
      schedule.roots = *rc::gen::inRange(1, 3);
  }
  return edited(config, at, redrawn(of_base, then, at, schedule));
}

// An edit before each iteration; one that is refused, by a key, is none.
struct LiveEdits {
  RunConfig base;
  RunConfig now = base;
  std::vector<ParameterChanged> made = {};

  std::vector<ParameterChanged> ask(std::int32_t iteration) {
    const RunConfig wanted = edited_anyhow(base, now, iteration);
    std::vector<ParameterChanged> asked;
    for (const std::string& override : draft_overrides(now, wanted)) {
      const std::size_t equals = override.find('=');
      asked.push_back({.iteration = iteration,
                       .key = override.substr(0, equals),
                       .old_value = "",
                       .new_value = override.substr(equals + 1),
                       .author = "test"});
    }
    std::vector<ParameterChanged> all = made;
    add_changes(all, asked);
    try {
      check_changes(base, all);
    } catch (const Error& error) {
      const std::string sentence = error.what();
      RC_ASSERT(sentence.find("schedule.") != std::string::npos ||
                sentence.find("method.") != std::string::npos);
      return {};
    }
    made = std::move(all);
    now = wanted;
    return asked;
  }
};

// A run of the toy, and what its hooks were told.
struct ToyRun {
  ToyPolicy policy;
  double (*score)(double) = [](double darkness) { return darkness; };
  std::vector<IterationRecord> iterations;
  std::vector<std::vector<TreeRecord>> trees;
  std::vector<EvaluationRecord> evaluations;
  std::vector<ProbeRecord> probes;
  std::vector<CheckpointFiles> checkpoints;
  std::vector<SafePoint> points;         // where it asked for a command
  std::optional<WatchedPrompt> watched;  // that somebody looks at
  std::vector<TreeGrown> grown;          // of it
  std::vector<TreeRecord> credited;      // likewise
  std::function<std::vector<ParameterChanged>(std::int32_t)> asked = {};  // for each iteration
  std::vector<ParameterChanged> changed;                                  // as it was told
  std::function<void(ModelWork&)> look;  // at its weights, wherever they are whole
  std::function<RunCommand(ToyRun&)> command = [](ToyRun&) { return RunCommand::proceed; };

  TrainResult train(const RunConfig& config, const fs::path& folder,
                    std::optional<fs::path> resume_from = {},
                    std::vector<ParameterChanged> changes = {}, bool is_probed = false) {
    std::vector<std::unique_ptr<Reward>> list;
    auto reward = std::make_unique<ToyReward>();
    reward->function = score;
    list.push_back(std::move(reward));
    const RewardMix rewards(std::move(list), {1.});
    const PromptSource prompts("scene:train", config.run.seed);
    const RunHooks hooks{
        .tree_grown = [this](const TreeGrown& level) { grown.push_back(level); },
        .tree_credited = [this](const TreeRecord& tree) { credited.push_back(tree); },
        .watched_prompt = [this] { return watched; },
        .previews_wanted = {},
        .iteration_finished =
            [this](IterationRecord& record, std::vector<TreeRecord>&& records) {
              iterations.push_back(record);
              trees.push_back(std::move(records));
            },
        .evaluated = [this](const EvaluationRecord& record) { evaluations.push_back(record); },
        .probed = [this](ProbeRecord&& record) { probes.push_back(std::move(record)); },
        .checkpoint_written =
            [this](const CheckpointFiles& files) { checkpoints.push_back(files); },
        .next_command =
            [this](SafePoint point, ModelWork* model) {
              points.push_back(point);
              if (model && look) look(*model);
              return command(*this);
            },
        .changes = asked,
        .changed =
            [this](const std::vector<ParameterChanged>& changes) {
              changed.insert(changed.end(), changes.begin(), changes.end());
            },
        .warn = {}};
    return run_training({.policy = policy,
                         .prompts = prompts,
                         .rewards = rewards,
                         .held_out = things(config.evaluation.prompts),
                         .probes = things(config.probe.prompts)},
                        {.config = config,
                         .model = {},
                         .checkpoint_folder = folder,
                         .resume_from = std::move(resume_from),
                         .changes = std::move(changes),
                         .is_probed = is_probed},
                        hooks);
  }
};

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

bool same_files(const fs::path& a, const fs::path& b) {
  for (const char* name : {"weights.safetensors", "ema.safetensors", "optimizer.safetensors"})
    if (read_file(a / name) != read_file(b / name)) return false;
  return true;
}

}  // namespace

class TestRun : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_reports_every_field() {
    QTemporaryDir folder;
    ToyRun run;
    const TrainResult result = run.train(toy_config(), folder.path().toStdString());
    QVERIFY(result.status == RunStatus::finished);
    QCOMPARE(result.iterations, 4);
    QCOMPARE(run.iterations.size(), std::size_t{4});
    const IterationRecord& record = run.iterations[2];
    QCOMPARE(record.iteration, 2);
    QCOMPARE(record.leaves, std::int64_t{27});
    QCOMPARE(record.reward_by_name.size(), std::size_t{1});
    QCOMPARE(record.reward_by_name[0].value, record.reward);
    QVERIFY(std::abs(record.ratio_mean - 1) < 1e-5 && record.ratio_std < 1e-5);
    QVERIFY(std::abs(record.ratio_max - 1) < 1e-5);
    QCOMPARE(record.clip_fraction, 0.);
    QVERIFY(record.kl > 0);
    QVERIFY(record.grad_norm > 0);
    QVERIFY(std::isfinite(record.loss));
    QCOMPARE(record.learning_rate, 1e-2);
    QCOMPARE(record.trained_passes, std::int64_t{12});
    QCOMPARE(record.forward_passes, record.nfe + record.trained_passes);
    QCOMPARE(record.advantage_std_by_depth.size(), std::size_t{2});
    QVERIFY(record.diversity > 0);
    QCOMPARE(record.skipped_groups, 0);
    QVERIFY(record.peak_bytes > 0);
    QVERIFY(record.window_start >= 0);
    QVERIFY(record.seconds.total >= record.seconds.sample + record.seconds.train);
    std::int64_t predicted = 0;
    for (const TreeRecord& tree : run.trees[2]) {
      predicted += static_cast<std::int64_t>(tree.nodes.size() - leaves(tree).size());
      for (const std::int32_t leaf : leaves(tree))
        QVERIFY(!tree.nodes[static_cast<std::size_t>(leaf)].image.empty());
    }
    QCOMPARE(record.nfe, predicted);
  }

  void evaluations_stand_at_the_start_every_n_and_the_end() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.run.iterations = 5;
    run.train(config, folder.path().toStdString());
    std::vector<int> at;
    for (const EvaluationRecord& record : run.evaluations) at.push_back(record.iteration);
    QVERIFY(at == (std::vector<int>{0, 2, 4, 5}));
    QCOMPARE(run.checkpoints.size(), std::size_t{1});
    QCOMPARE(run.checkpoints[0].iterations, 5);
    QCOMPARE(run.checkpoints[0].reward, run.evaluations.back().reward);
    QVERIFY(fs::exists(fs::path(run.checkpoints[0].folder) / "state.json"));
  }

  void an_iteration_asks_after_each_step_after_the_rewards_after_each_update_and_at_its_end() {
    QTemporaryDir folder;
    RunConfig config = toy_config();
    config.run.iterations = 1;
    config.objective.updates = 2;
    ToyRun run;
    run.train(config, folder.path().toStdString());
    std::erase(run.points, SafePoint::part);
    std::vector<SafePoint> expected = {SafePoint::iteration};
    expected.insert(expected.end(), 7, SafePoint::step);  // the roots, then six steps
    expected.insert(expected.end(), {SafePoint::trees, SafePoint::update, SafePoint::update});
    QVERIFY(run.points == expected);
  }

  void a_run_whose_weights_are_looked_at_has_the_same_bytes() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    RunConfig config = toy_config();
    config.objective.updates = 2;
    ToyRun alone, looked;
    std::vector<WeightsOrigin> origins;
    looked.look = [&](ModelWork& model) {
      origins.push_back(model.origin());
      const auto images = model.sample({.prompts = {"x", "y"}, .count = 2, .steps = 4});
      QCOMPARE(images.size(), std::size_t{4});
      QCOMPARE(model.evaluate().iteration, origins.back().iterations);
      if (looked.trees.empty()) return;
      model.regrow(options_for(looked.trees.back()[0], 0, RegrowKind::subtree));
      model.regrow(options_for(looked.trees.back()[1], 0, RegrowKind::leaves));
      const TreeRecord& tree = looked.trees.back()[2];
      for (const std::int32_t node : {0, leaves(tree).back()})
        model.draw({.way = way_to(tree, {node}), .config = toy_config()});
    };
    alone.train(config, base / "alone");
    looked.train(config, base / "looked");
    QVERIFY(same_files(base / "alone" / checkpoint_name(4), base / "looked" / checkpoint_name(4)));
    QCOMPARE(looked.evaluations.size(), alone.evaluations.size());
    for (std::size_t i = 0; i < alone.evaluations.size(); ++i)
      QCOMPARE(looked.evaluations[i].reward, alone.evaluations[i].reward);
    QVERIFY(alone.points == looked.points);
    const auto updating = [](const WeightsOrigin& origin) { return origin.updating; };
    QCOMPARE(std::ranges::count_if(origins, updating), 8);  // two steps in each of four iterations
    QVERIFY(std::ranges::all_of(origins, &WeightsOrigin::averaged));
    QVERIFY(origins.front() == (WeightsOrigin{.averaged = true}));
  }

  void work_that_is_not_to_proceed_ends_with_an_error_and_harms_nothing() {
    QTemporaryDir folder;
    ToyRun run;
    run.look = [&](ModelWork& model) {
      QVERIFY(message_of([&] { model.evaluate([] { return false; }); }) == work_ended().what());
      QVERIFY(message_of([&] { model.sample({.prompts = {"x"}}, [] { return false; }); }) ==
              work_ended().what());
    };
    QVERIFY(run.train(toy_config(), folder.path().toStdString()).status == RunStatus::finished);
  }

  static RegrowOptions options_for(const TreeRecord& tree, std::int32_t node, RegrowKind kind) {
    return {.tree = tree, .config = toy_config(), .node = {node}, .kind = kind};
  }

  void a_replayed_path_has_the_stored_log_probs_while_the_weights_are_the_same() {
    QTemporaryDir folder;
    RunConfig config = toy_config();
    config.run.iterations = 2;
    config.optimizer.learning_rate = 0;
    config.optimizer.weight_decay = 0;
    ToyRun run;
    std::vector<Regrown> regrown;
    run.look = [&](ModelWork& model) {
      if (run.trees.size() != 1 || !regrown.empty()) return;
      const TreeRecord& tree = run.trees[0][1];
      for (std::int32_t node = 0; node < static_cast<std::int32_t>(tree.nodes.size()); ++node) {
        const auto draws = [&](std::size_t step) {
          return tree.schedule.steps[step].noise_level > 0;
        };
        std::size_t step =
            static_cast<std::size_t>(tree.nodes[static_cast<std::size_t>(node)].step);
        while (step < tree.schedule.steps.size() && !draws(step)) ++step;
        if (step == tree.schedule.steps.size()) continue;
        regrown.push_back(model.regrow(options_for(tree, node, RegrowKind::leaves)));
      }
    };
    run.train(config, folder.path().toStdString());
    QVERIFY(regrown.size() > 3);
    for (const Regrown& each : regrown) {
      QCOMPARE(leaves(each.tree).size(), std::size_t{8});
      QCOMPARE(each.tree.rewards[0].size(), std::size_t{8});
      QVERIFY(path(each.tree, each.node) == path(run.trees[0][1], each.from.value));
      const bool noisy_path = !std::isnan(each.log_prob_difference);
      QVERIFY(!noisy_path || each.log_prob_difference < 1e-6);
      for (const std::int32_t leaf : leaves(each.tree))
        for (const std::int32_t old : leaves(run.trees[0][1]))
          QVERIFY(!(each.tree.nodes[static_cast<std::size_t>(leaf)].image ==
                    run.trees[0][1].nodes[static_cast<std::size_t>(old)].image));
    }
    QVERIFY(!std::isnan(regrown.back().log_prob_difference));
  }

  void a_drawn_way_has_the_stored_pictures_while_the_weights_are_the_same() {
    for (const double rate : {0., .05}) {
      QTemporaryDir folder;
      RunConfig config = toy_config();
      config.run.iterations = 2;
      config.optimizer.learning_rate = rate;
      config.optimizer.weight_decay = 0;
      ToyRun run;
      std::vector<DrawnPath> drawn;
      run.look = [&](ModelWork& model) {
        if (run.trees.empty()) return;
        const TreeRecord& tree = run.trees[0][1];
        drawn.push_back(model.draw({.way = way_to(tree, {leaves(tree)[7]}), .config = config}));
      };
      run.train(config, folder.path().toStdString());
      QVERIFY(drawn.size() > 2);
      for (const DrawnPath& each : drawn) {
        QCOMPARE(each.nodes.size(), std::size_t{7});
        QVERIFY(each.picture_difference);
        QVERIFY(rate > 0 ? *each.picture_difference > 0 : *each.picture_difference == 0);
        QVERIFY(!began(each.weights, 0));  // of an iteration later, whatever that changed
      }
    }
  }

  void a_tree_that_grows_is_drawn_with_the_weights_that_grow_it() {
    QTemporaryDir folder;
    RunConfig config = toy_config();
    config.run.iterations = 1;
    ToyRun run;
    run.watched = WatchedPrompt{.prompt = PromptId{1}, .pictures = true};
    std::vector<std::pair<std::int32_t, DrawnPath>> drawn;
    run.look = [&](ModelWork& model) {
      if (run.grown.empty() || !run.iterations.empty()) return;
      TreeRecord record = *run.grown.front().outline;
      for (const TreeGrown& level : run.grown)
        record.nodes.insert(record.nodes.end(), level.nodes.begin(), level.nodes.end());
      const auto last = static_cast<std::int32_t>(record.nodes.size()) - 1;
      drawn.emplace_back(last, model.draw({.way = way_to(record, {last}), .config = config}));
      QCOMPARE(began(drawn.back().second.weights, 0), !model.origin().updating);
    };
    run.train(config, folder.path().toStdString());
    int compared = 0;
    for (const TreeGrown& level : run.grown)
      for (const NodePicture& told : level.pictures)
        for (const auto& [node, path] : drawn)
          if (told.node.value == node) {
            QVERIFY(path.nodes.back().clean == *told.image);
            ++compared;
          }
    QVERIFY(compared > 3);
  }

  void a_regrown_subtree_has_credit_a_seed_and_whose_weights_it_is_of() {
    QTemporaryDir folder;
    ToyRun run;
    std::vector<Regrown> regrown;
    run.look = [&](ModelWork& model) {
      if (run.trees.size() != 3 || !regrown.empty()) return;
      for (const std::uint64_t seed : {1u, 1u, 2u}) {
        RegrowOptions options = options_for(run.trees[1][0], 0, RegrowKind::subtree);
        options.seed = seed;
        regrown.push_back(model.regrow(options));
      }
      RegrowOptions other = options_for(run.trees[1][0], 0, RegrowKind::subtree);
      other.schedule = run.trees[1][0].schedule;
      for (StepPlan& plan : other.schedule->steps) plan = {};
      other.schedule->steps[0] = {.branch = 4, .noise_level = .5, .train = true};
      regrown.push_back(model.regrow(other));
    };
    run.train(toy_config(), folder.path().toStdString());
    QCOMPARE(regrown.size(), std::size_t{4});
    QVERIFY(regrown[0].weights == (WeightsOrigin{.iterations = 3}));
    QCOMPARE(leaves(regrown[0].tree).size(), leaves(run.trees[1][0]).size());
    QVERIFY(regrown[0].tree.rewards == regrown[1].tree.rewards);
    QVERIFY(regrown[0].tree.rewards != regrown[2].tree.rewards);
    QCOMPARE(leaves(regrown[3].tree).size(), std::size_t{4});
    QVERIFY(!std::isnan(regrown[3].tree.nodes[1].advantage));
  }

  // A log-prob at its own mean is that of its noise: it says nothing of the weights, the leaves do.
  void under_weights_that_have_moved_on_the_path_has_the_same_noise_and_other_leaves() {
    QTemporaryDir folder;
    ToyRun run;
    std::vector<Regrown> regrown;
    run.look = [&](ModelWork& model) {
      if (run.trees.empty()) return;
      const TreeRecord& tree = run.trees[0][0];
      std::int32_t node = 0;  // the first behind a step that drew noise
      while (std::isnan(tree.nodes[static_cast<std::size_t>(node)].log_prob)) ++node;
      regrown.push_back(model.regrow(options_for(tree, node, RegrowKind::leaves)));
    };
    RunConfig config = toy_config();
    config.optimizer.learning_rate = .05;
    config.method.window_rule = "fixed";
    config.method.window_start = 1;
    run.train(config, folder.path().toStdString());
    QVERIFY(regrown.size() > 3);
    for (const Regrown& each : regrown) QVERIFY(each.log_prob_difference < 1e-5);
    QVERIFY(regrown.front().tree.rewards != regrown.back().tree.rewards);
    QVERIFY(regrown.front().weights.iterations < regrown.back().weights.iterations);
  }

  void what_the_weights_of_a_safe_point_score_is_what_the_run_itself_finds() {
    QTemporaryDir folder;
    ToyRun run;
    std::vector<double> rewards;
    run.look = [&](ModelWork& model) { rewards.push_back(model.evaluate().reward); };
    run.train(toy_config(), folder.path().toStdString());
    QCOMPARE(rewards.front(), run.evaluations.front().reward);
    QVERIFY(rewards.back() != rewards.front());
  }

  void a_watched_run_has_the_same_bytes_and_is_told_tree_and_credit() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    ToyRun alone, watched;
    watched.watched = WatchedPrompt{.prompt = PromptId{1}, .pictures = true};
    alone.train(toy_config(), base / "alone");
    watched.train(toy_config(), base / "watched");
    QVERIFY(same_files(base / "alone" / checkpoint_name(4), base / "watched" / checkpoint_name(4)));
    for (std::size_t i = 0; i < alone.trees.size(); ++i)
      for (std::size_t prompt = 0; prompt < alone.trees[i].size(); ++prompt)
        for (std::size_t id = 0; id < alone.trees[i][prompt].nodes.size(); ++id) {
          const TreeNode& a = alone.trees[i][prompt].nodes[id];
          const TreeNode& b = watched.trees[i][prompt].nodes[id];
          QVERIFY(a.image == b.image);
          QVERIFY(a.advantage == b.advantage ||
                  (std::isnan(a.advantage) && std::isnan(b.advantage)));
        }

    QVERIFY(alone.grown.empty() && alone.credited.empty());
    QCOMPARE(watched.credited.size(), std::size_t{4});
    for (std::size_t i = 0; i < watched.credited.size(); ++i) {
      const TreeRecord& told = watched.credited[i];
      const TreeRecord& stored = watched.trees[i][1];
      QCOMPARE(told.text, stored.text);
      QCOMPARE(told.rewards, stored.rewards);
      QCOMPARE(told.nodes.back().value, stored.nodes.back().value);
      std::size_t nodes = 0, pictures = 0;
      for (const TreeGrown& level : watched.grown)
        if (level.iteration == static_cast<std::int32_t>(i)) {
          QCOMPARE(static_cast<std::size_t>(level.first_node), nodes);
          QCOMPARE(level.outline->text, stored.text);
          QCOMPARE(level.outline->steps(), stored.steps());
          nodes += level.nodes.size();
          pictures += level.pictures.size();
        }
      QCOMPARE(nodes, stored.nodes.size());
      QCOMPARE(pictures, nodes - leaves(stored).size());
    }
  }

  void resuming_leaves_the_same_bytes_as_not_having_stopped() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    const RunConfig config = toy_config();
    ToyRun straight;
    straight.train(config, base / "straight");

    ToyRun first;
    first.command = [](ToyRun& run) {
      return run.iterations.size() == 2 ? RunCommand::stop : RunCommand::proceed;
    };
    const TrainResult stopped = first.train(config, base / "twice");
    QVERIFY(stopped.status == RunStatus::stopped);
    QCOMPARE(stopped.iterations, 2);
    ToyRun second;
    second.train(config, base / "twice", fs::path(first.checkpoints.back().folder));
    QCOMPARE(second.iterations.size(), std::size_t{2});
    QVERIFY(
        same_files(base / "straight" / checkpoint_name(4), base / "twice" / checkpoint_name(4)));
    QCOMPARE(second.iterations[1].reward, straight.iterations[3].reward);
    QCOMPARE(second.evaluations.back().reward, straight.evaluations.back().reward);
    QCOMPARE(first.evaluations.size() + second.evaluations.size(), straight.evaluations.size());
  }

  void options_that_were_changed_on_the_way_hold_for_the_same_iterations_after_a_resume() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    RunConfig config = toy_config();
    config.ema.decay = 0;
    config.objective.kl_beta = 0;
    // The checkpoint is written before the second change, which is the first to need the others.
    const std::vector<ParameterChanged> changes = {{1, "optimizer.learning_rate", "", "0.02"},
                                                   {3, "optimizer.learning_rate", "", "0.005"},
                                                   {3, "optimizer.weight_decay", "", "0.1"},
                                                   {3, "objective.kl_beta", "", "0.1"},
                                                   {3, "ema.decay", "", "0.9"},
                                                   {3, "method.window", "", "3"}};
    ToyRun straight;
    straight.train(config, base / "straight", {}, changes);
    std::vector<double> rates;
    for (const IterationRecord& record : straight.iterations) rates.push_back(record.learning_rate);
    QVERIFY(rates == (std::vector<double>{.01, .02, .02, .005}));
    QCOMPARE(straight.iterations[2].advantage_std_by_depth.size(), std::size_t{2});
    QCOMPARE(straight.iterations[3].advantage_std_by_depth.size(), std::size_t{3});
    QVERIFY(std::isnan(straight.iterations[2].kl) && straight.iterations[3].kl > 0);

    ToyRun first;
    first.command = [](ToyRun& run) {
      return run.iterations.size() == 2 ? RunCommand::stop : RunCommand::proceed;
    };
    first.train(config, base / "twice", {}, changes);
    ToyRun second;
    second.train(config, base / "twice", fs::path(first.checkpoints.back().folder), changes);
    QCOMPARE(second.iterations[1].reward, straight.iterations[3].reward);
    QCOMPARE(second.iterations[1].kl, straight.iterations[3].kl);
    QVERIFY(
        same_files(base / "straight" / checkpoint_name(4), base / "twice" / checkpoint_name(4)));
    QCOMPARE(second.evaluations.back().reward, straight.evaluations.back().reward);
  }

  void options_that_are_changed_in_a_run_are_what_a_resumed_one_repeats() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    const std::vector<ParameterChanged> changes = {{2, "optimizer.learning_rate", "0.01", "0.02"},
                                                   {2, "method.window", "2", "3"}};
    ToyRun live;
    live.asked = [&](std::int32_t iteration) {
      return iteration == 2 ? changes : std::vector<ParameterChanged>();
    };
    live.train(toy_config(), base / "live");
    QCOMPARE(live.changed.size(), changes.size());
    QCOMPARE(live.checkpoints.front().iterations, 2);  // the way back
    QCOMPARE(live.iterations[1].learning_rate, .01);
    QCOMPARE(live.iterations[2].learning_rate, .02);
    QCOMPARE(live.iterations[1].advantage_std_by_depth.size(), std::size_t{2});
    QCOMPARE(live.iterations[2].advantage_std_by_depth.size(), std::size_t{3});

    ToyRun replayed, resumed;
    replayed.train(toy_config(), base / "replayed", {}, changes);
    QVERIFY(same_files(base / "live" / checkpoint_name(4), base / "replayed" / checkpoint_name(4)));
    resumed.train(toy_config(), base / "resumed", fs::path(live.checkpoints.front().folder),
                  changes);
    QVERIFY(same_files(base / "live" / checkpoint_name(4), base / "resumed" / checkpoint_name(4)));
  }

  void a_run_that_was_stopped_before_its_last_evaluation_makes_up_for_it() {
    QTemporaryDir folder;
    ToyRun first;
    first.command = [](ToyRun& run) {
      return run.iterations.size() == 4 ? RunCommand::stop : RunCommand::proceed;
    };
    const fs::path path = folder.path().toStdString();
    QVERIFY(first.train(toy_config(), path).status == RunStatus::stopped);
    QCOMPARE(first.checkpoints.back().iterations, 4);
    QCOMPARE(first.checkpoints.back().reward, first.evaluations.back().reward);  // after 2
    ToyRun second;
    const auto result = second.train(toy_config(), path, fs::path(first.checkpoints[0].folder));
    QVERIFY(result.status == RunStatus::finished);
    QVERIFY(second.iterations.empty());
    QCOMPARE(second.evaluations.size(), std::size_t{1});
    QCOMPARE(second.checkpoints.size(), std::size_t{1});
    QCOMPARE(second.checkpoints[0].reward, second.evaluations[0].reward);
  }

  void a_stop_while_sampling_drops_the_iteration_and_writes_a_checkpoint() {
    QTemporaryDir folder;
    ToyRun run;
    int since = 0;
    run.command = [&](ToyRun& it) {
      if (it.iterations.size() == 1) ++since;
      return since >= 4 ? RunCommand::stop : RunCommand::proceed;
    };
    const TrainResult result = run.train(toy_config(), folder.path().toStdString());
    QVERIFY(result.status == RunStatus::stopped);
    QCOMPARE(result.iterations, 1);
    QCOMPARE(run.checkpoints.size(), std::size_t{1});
    QCOMPARE(run.checkpoints[0].iterations, 1);
  }

  void a_stop_at_once_writes_nothing_more() {
    QTemporaryDir folder;
    ToyRun run;
    run.command = [](ToyRun& it) {
      return it.iterations.empty() ? RunCommand::proceed : RunCommand::stop_now;
    };
    const TrainResult result = run.train(toy_config(), folder.path().toStdString());
    QVERIFY(result.status == RunStatus::stopped);
    QVERIFY(run.checkpoints.empty());
  }

  void a_reward_that_is_not_finite_is_named_and_loses_nothing() {
    QTemporaryDir folder;
    ToyRun run;
    static int scored = 0;
    scored = 0;
    run.score = [](double darkness) { return ++scored > 100 ? std::nan("") : darkness; };
    RunConfig config = toy_config();
    config.evaluation.every = 0;
    const std::string message = message_of([&] { run.train(config, folder.path().toStdString()); });
    QVERIFY2(message.find("iteration 2") != std::string::npos, message.c_str());
    QVERIFY2(message.find("darkness") != std::string::npos, message.c_str());
    QCOMPARE(run.iterations.size(), std::size_t{2});
    QCOMPARE(run.checkpoints.size(), std::size_t{1});  // of the boundary before
    QCOMPARE(run.checkpoints[0].iterations, 2);
  }

  // Several roots; branches and noise before, between and after trained steps.
  void probes_are_taken_at_the_start_at_checkpoints_and_at_the_end() {
    using Places = std::vector<int>;
    const std::vector<std::tuple<int, int, Places>> cases = {
        {0, 0, {0, 5}}, {2, 0, {0, 2, 4, 5}}, {2, 3, {0, 3, 5}}};  // checkpoint.every, probe.every
    for (const auto& [checkpoint, every, expected] : cases) {
      QTemporaryDir folder;
      ToyRun run;
      RunConfig config = toy_config();
      config.run.iterations = 5;
      config.checkpoint.every = checkpoint;
      config.probe.every = every;
      run.train(config, folder.path().toStdString());
      Places at;
      for (const ProbeRecord& record : run.probes) at.push_back(record.iteration);
      QCOMPARE(at, expected);
    }
    QTemporaryDir folder;
    ToyRun none;
    RunConfig config = toy_config();
    config.probe.prompts = 0;
    none.train(config, folder.path().toStdString());
    QVERIFY(none.probes.empty());
  }

  void a_probe_has_a_picture_of_each_prompt_and_seed_with_rewards_kl_and_diversity() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.probe.prompts = 2;
    config.probe.seeds = {5, 0, 9};
    run.train(config, folder.path().toStdString());
    const ProbeRecord& first = run.probes.front();
    const ProbeRecord& last = run.probes.back();
    QCOMPARE(first.prompts.size(), std::size_t{2});
    for (const ProbedPrompt& prompt : last.prompts) {
      QCOMPARE(prompt.pictures.size(), std::size_t{3});
      QCOMPARE(prompt.pictures[1].seed, 0);
      QCOMPARE(prompt.diversity, picture_diversity(prompt.pictures));
      QVERIFY(prompt.diversity > 0);
      for (const ProbePicture& picture : prompt.pictures) {
        QCOMPARE(picture.rewards.size(), std::size_t{1});
        QCOMPARE(picture.rewards[0].name, std::string("darkness"));
        QCOMPARE(picture.image.width, 2);
      }
    }
    QCOMPARE(probe_means(first).kl, 0.);  // the weights are the reference
    QVERIFY(probe_means(last).kl > 0);
    QVERIFY(first.prompts[0].pictures[0].image != last.prompts[0].pictures[0].image);
  }

  void a_run_without_a_reference_knows_no_kl() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.objective.kl_beta = 0;
    run.train(config, folder.path().toStdString());
    QVERIFY(std::isnan(probe_means(run.probes.back()).kl));
  }

  void noise_of_a_probe_depends_on_its_seed_and_prompt_alone() {
    RunConfig config = toy_config();
    config.run.iterations = 1;
    config.probe.seeds = {3, 4};
    const auto first_probe = [](const RunConfig& of) {
      QTemporaryDir folder;
      ToyRun run;
      run.train(of, folder.path().toStdString());
      return run.probes.front();
    };
    const ProbeRecord probe = first_probe(config);
    config.run.seed = 77;
    config.probe.seeds = {4, 3};
    config.probe.prompts = 1;
    const ProbeRecord other = first_probe(config);
    QVERIFY(other.prompts[0].pictures[0].image == probe.prompts[0].pictures[1].image);
    QVERIFY(other.prompts[0].pictures[1].image == probe.prompts[0].pictures[0].image);
  }

  void a_run_with_probes_has_the_bytes_of_one_without() {
    QTemporaryDir with_folder, without_folder;
    ToyRun with, without;
    RunConfig config = toy_config();
    config.probe.every = 1;
    with.train(config, with_folder.path().toStdString());
    config.probe.prompts = 0;
    without.train(config, without_folder.path().toStdString());
    QCOMPARE(with.probes.size(), std::size_t{5});
    QVERIFY(same_files(with.checkpoints.back().folder, without.checkpoints.back().folder));
    for (std::size_t i = 0; i < 4; ++i) {
      QCOMPARE(with.iterations[i].loss, without.iterations[i].loss);
      QCOMPARE(with.iterations[i].reward, without.iterations[i].reward);
    }
    for (std::size_t i = 0; i < with.evaluations.size(); ++i)
      QCOMPARE(with.evaluations[i].reward, without.evaluations[i].reward);
  }

  void a_resumed_run_takes_no_probe_twice_and_the_later_ones_as_if_it_had_never_stopped() {
    QTemporaryDir folder;
    ToyRun whole;
    RunConfig config = toy_config();
    config.checkpoint.every = 2;
    whole.train(config, folder.path().toStdString());
    const fs::path checkpoint = whole.checkpoints.front().folder;
    for (const bool is_probed : {true, false}) {
      QTemporaryDir other;
      ToyRun resumed;
      resumed.train(config, other.path().toStdString(), checkpoint, {}, is_probed);
      QCOMPARE(resumed.probes.size(), std::size_t{is_probed ? 1U : 2U});
      QCOMPARE(resumed.probes.back().iteration, 4);
      for (std::size_t prompt = 0; prompt < 4; ++prompt)
        for (std::size_t seed = 0; seed < 3; ++seed) {
          const ProbePicture& a = resumed.probes.back().prompts[prompt].pictures[seed];
          const ProbePicture& b = whole.probes.back().prompts[prompt].pictures[seed];
          QVERIFY(a.image == b.image);
          QCOMPARE(a.kl, b.kl);
        }
    }
  }

  void a_drawn_schedule_runs_is_counted_and_credited() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.run.iterations = 2;
    config.method.name = "custom";
    config.method.trees = 2;
    config.schedule.step = {{2, .9, false}, {1, 0, false},  {3, .4, true},
                            {1, .7, true},  {2, .2, false}, {}};
    run.train(config, folder.path().toStdString());
    QCOMPARE(run.iterations.size(), std::size_t{2});
    const ScheduleCounts each = counts(schedule_at(config, 0));
    const IterationRecord& record = run.iterations[1];
    QCOMPARE(record.leaves, 3 * each.leaves);
    QCOMPARE(record.nfe, 3 * each.nfe);
    QCOMPARE(record.trained_passes, 3 * each.trained_passes);
    QCOMPARE(record.forward_passes, record.nfe + record.trained_passes);
    QCOMPARE(record.window_start, -1);
    QVERIFY(std::abs(record.ratio_max - 1) < 1e-5);
    for (const TreeRecord& tree : run.trees[1])
      for (const TreeNode& node : tree.nodes) {
        const bool trains =
            node.step > 0 && config.schedule.step[static_cast<std::size_t>(node.step) - 1].train;
        QCOMPARE(std::isnan(node.advantage), !trains);
        QCOMPARE(std::isnan(node.ratio), !trains);
        QVERIFY(!std::isnan(node.value));
      }
  }

  // What was foretold of an iteration is what the engine then counts, whatever the keyframes.
  void keyframes_change_the_trees_of_a_run() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.run.iterations = 6;
    config.schedule.keyframe = {
        {1, "method.branch=2 method.window_rule=fixed method.window_start=1"},
        {3, "method.window_rule=shifting method.shift_every=1"},
        {5, "method.name=flow_grpo method.group=5"}};
    run.train(config, folder.path().toStdString());
    QCOMPARE(run.iterations.size(), std::size_t{6});
    const std::vector<std::int64_t> leaves = {27, 12, 12, 12, 12, 15};
    for (int at = 0; at < 6; ++at) {
      const IterationRecord& record = run.iterations[static_cast<std::size_t>(at)];
      const ScheduleCounts each = counts(schedule_at(config, at));
      QCOMPARE(record.leaves, leaves[static_cast<std::size_t>(at)]);
      QCOMPARE(record.nfe, 3 * each.nfe);
      QCOMPARE(record.trained_passes, 3 * each.trained_passes);
    }
    QCOMPARE(run.iterations[2].window_start, 1);
    QCOMPARE(run.iterations[3].window_start, 1);
    QCOMPARE(run.iterations[4].window_start, 2);
    QCOMPARE(run.iterations[5].window_start, -1);
  }

  void any_edits_while_it_trains_are_counted_as_foretold_or_refused_by_name() {
    QVERIFY(test::holds("edits of a live run", [] {
      const RunConfig base = toy_config();
      LiveEdits edits{base};
      ToyRun run;
      run.asked = [&](std::int32_t iteration) { return edits.ask(iteration); };
      QTemporaryDir folder;
      run.train(base, folder.path().toStdString());
      RC_ASSERT(run.iterations.size() == static_cast<std::size_t>(base.run.iterations));
      for (const IterationRecord& record : run.iterations) {
        const RunConfig then = config_of_iteration(base, edits.made, record.iteration);
        const ScheduleCounts each = counts(schedule_at(then, record.iteration));
        RC_ASSERT(record.leaves == 3 * each.leaves);
        RC_ASSERT(record.nfe == 3 * each.nfe);
        if (record.skipped_groups == 0) RC_ASSERT(record.trained_passes == 3 * each.trained_passes);
      }
    }));
  }

  void groups_without_variance_are_skipped_and_counted() {
    QTemporaryDir folder;
    ToyRun run;
    run.score = [](double) { return .5; };
    const at::Tensor before = run.policy.flat();
    run.train(toy_config(), folder.path().toStdString());
    QCOMPARE(run.iterations.size(), std::size_t{4});
    QCOMPARE(run.iterations[0].skipped_groups, 3);
    QCOMPARE(run.iterations[0].trained_passes, std::int64_t{0});
    QVERIFY(std::isnan(run.iterations[0].loss));
    QVERIFY(at::equal(run.policy.flat(), before));
  }

  void the_reward_rises() {
    QTemporaryDir folder;
    ToyRun run;
    RunConfig config = toy_config();
    config.run.iterations = 40;
    config.evaluation = {.every = 0, .steps = 6, .prompts = 70};
    config.objective.kl_beta = 0;
    run.train(config, folder.path().toStdString());
    const EvaluationRecord& before = run.evaluations.front();
    const EvaluationRecord& after = run.evaluations.back();
    const double error = std::hypot(before.reward_error, after.reward_error);
    QVERIFY2(after.reward - before.reward > 3 * error,
             qPrintable(QString("%1 -> %2 +- %3").arg(before.reward).arg(after.reward).arg(error)));
  }
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
