#include "train/trainer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "policy/pictures.h"
#include "rollout/grow.h"
#include "train/compute_device.h"
#include "train/ema.h"
#include "train/iteration_summary.h"
#include "tree/method.h"
#include "tree/sigmas.h"

namespace treegrpo {
namespace {

// Seconds of the phases, pauses left out.
class PhaseClock {
 public:
  explicit PhaseClock(const CommandPoll& commands)
      : commands_(commands), start_(working_seconds()), last_(start_) {}

  // Since the last call, until the device has done what was asked of it.
  double lap(const at::Device& device) {
    wait_for(device);
    const double before = std::exchange(last_, working_seconds());
    return last_ - before;
  }
  double total() const { return working_seconds() - start_; }

 private:
  double working_seconds() const { return monotonic_seconds() - commands_.waited_seconds(); }

  const CommandPoll& commands_;
  double start_;
  double last_;
};

// Gives every leaf its picture; images hold the leaves of all trees in order.
void keep_leaf_pictures(const at::Tensor& images, std::vector<GrownTree>& trees) {
  std::vector<Image> pictures = pictures_of(images);
  auto picture = pictures.begin();
  for (GrownTree& tree : trees)
    for (const std::int32_t leaf : leaves(tree.record))
      tree.record.nodes[static_cast<std::size_t>(leaf)].image = std::move(*picture++);
}

// Where the picture of that number is, counted over the leaves of all trees; -1: not known.
ErrorPlace place_in(const std::vector<GrownTree>& trees, std::int64_t image) {
  ErrorPlace place{.iteration = trees.front().record.iteration};
  for (const GrownTree& tree : trees) {
    if (image < 0) break;
    place.prompt = tree.record.prompt.value;
    image -= tree.leaf_latents.size(0);
  }
  return place;
}

}  // namespace

Trainer::Trainer(TrainerParts parts, const RunConfig& config) : parts_(parts) {
  set_config(config);
}

void Trainer::set_config(const RunConfig& config) {
  config_ = config;
  objective_ = objective_options(config);
  credit_ = credit_options(config);
  sigmas_ =
      sigma_table(parts_.policy.info().sigma_rule, config.sampler.steps, config.sampler.shift);
}

bool Trainer::iterate(std::int32_t iteration) {
  PhaseClock clock(parts_.commands);
  PhaseSeconds seconds;
  const std::vector<std::string> prompts =
      parts_.prompts.next(iteration, config_.prompts.per_iteration);
  const TreeSchedule schedule = schedule_at(config_, iteration);
  const Conditioning conditioning = parts_.policy.encode(prompts);
  const at::Device device = conditioning.parts.front().device();

  auto trees = grow_trees(iteration, prompts, conditioning, schedule);
  if (!trees) return false;
  seconds.sample = clock.lap(device);
  const at::Tensor images = decode_leaves(*trees);
  if (!images.defined()) return false;
  keep_leaf_pictures(images, *trees);
  seconds.decode = clock.lap(device);
  score_leaves(images, prompts, *trees);
  seconds.reward = clock.lap(device);
  const Credit credit = assign_advantages(*trees);
  if (watched_ && parts_.hooks.tree_credited)
    parts_.hooks.tree_credited((*trees)[static_cast<std::size_t>(*watched_)].record);
  if (parts_.commands.ask(SafePoint::trees) != RunCommand::proceed) return false;

  const UpdateStats update = update_weights(*trees, conditioning);
  if (!update.complete) return false;
  update_ema(parts_.policy, config_.ema, iteration + 1);
  seconds.train = clock.lap(device);

  IterationRecord record = summarise(*trees, credit, update, config_);
  std::vector<TreeRecord> records;
  for (GrownTree& tree : *trees) records.push_back(std::move(tree.record));
  seconds.total = clock.total();
  record.seconds = seconds;
  if (parts_.hooks.iteration_finished) parts_.hooks.iteration_finished(record, std::move(records));
  at_boundary_ = true;
  return true;
}

// l. 2–10: the frontier moves level by level; between levels the user may end it.
std::optional<std::vector<GrownTree>> Trainer::grow_trees(std::int32_t iteration,
                                                          const std::vector<std::string>& prompts,
                                                          const Conditioning& conditioning,
                                                          const TreeSchedule& schedule) {
  const RunHooks& hooks = parts_.hooks;
  GrowRequest request{.prompts = prompts,
                      .conditioning = &conditioning,
                      .schedule = schedule,
                      .sigmas = sigmas_,
                      .kind = objective_.kind,
                      .guidance_scale = config_.model.guidance_scale,
                      .micro_batch = config_.sampler.micro_batch,
                      .seed = config_.run.seed,
                      .stream = NoiseStream::train,
                      .iteration = static_cast<std::uint32_t>(iteration),
                      .watched = {}};
  request.previews = hooks.previews_wanted && hooks.previews_wanted(iteration);
  watched_.reset();
  const auto watched = hooks.watched_prompt ? hooks.watched_prompt() : std::nullopt;
  if (watched && watched->prompt.value < static_cast<std::int32_t>(prompts.size())) {
    watched_ = request.watched = watched->prompt.value;
    request.watched_pictures = watched->pictures;
  }

  return grow(parts_.policy, request, [&](LevelNews news) {
    if (request.watched && hooks.tree_grown && !news.nodes.empty())
      hooks.tree_grown({.iteration = iteration,
                        .prompt = PromptId{*request.watched},
                        .outline = std::move(news.outline),
                        .first_node = news.first_node,
                        .nodes = {news.nodes.begin(), news.nodes.end()},
                        .pictures = std::move(news.pictures),
                        .picture_seconds = news.picture_seconds});
    return parts_.commands.ask(SafePoint::step) == RunCommand::proceed;
  });
}

// l. 11, [N, 3, H, W] over all prompts, leaves in node order; undefined if a command ended it.
at::Tensor Trainer::decode_leaves(const std::vector<GrownTree>& trees) {
  std::vector<at::Tensor> latents;
  for (const GrownTree& tree : trees) latents.push_back(tree.leaf_latents);
  const at::Tensor all = at::cat(latents);
  const std::int64_t batch =
      config_.sampler.micro_batch > 0 ? config_.sampler.micro_batch : all.size(0);
  std::vector<at::Tensor> images;
  for (const at::Tensor& part : all.split(batch)) {
    if (parts_.commands.ask(SafePoint::part) != RunCommand::proceed) return {};
    images.push_back(parts_.policy.decode(part, Quality::full));
  }
  return at::cat(images);
}

// l. 11: raw columns, a leaf's prompt being its tree's.
void Trainer::score_leaves(const at::Tensor& images, const std::vector<std::string>& prompts,
                           std::vector<GrownTree>& trees) {
  std::vector<std::string> prompt_of_image;
  for (std::size_t tree = 0; tree < trees.size(); ++tree)
    prompt_of_image.insert(prompt_of_image.end(),
                           static_cast<std::size_t>(trees[tree].leaf_latents.size(0)),
                           prompts[tree]);
  std::vector<std::vector<double>> columns;
  try {
    columns = parts_.rewards.score(images, prompt_of_image);
  } catch (const Error& error) {
    throw Error(error.what(), error.kind(), place_in(trees, error.place().image))
        .within("in iteration " + std::to_string(trees.front().record.iteration));
  }
  std::ptrdiff_t begin = 0;
  for (GrownTree& tree : trees) {
    const std::ptrdiff_t end = begin + tree.leaf_latents.size(0);
    tree.record.reward_names = parts_.rewards.names();
    tree.record.reward_weights = parts_.rewards.weights();
    tree.record.rewards.clear();
    for (const std::vector<double>& column : columns)
      tree.record.rewards.emplace_back(column.begin() + begin, column.begin() + end);
    begin = end;
  }
}

// l. 12–18: normalised, backed up, written to the nodes.
Credit Trainer::assign_advantages(std::vector<GrownTree>& trees) {
  std::vector<TreeRecord> records;
  for (GrownTree& tree : trees) records.push_back(std::move(tree.record));
  Credit credit = assign_credit(records, credit_, credit_state_);
  for (std::size_t tree = 0; tree < trees.size(); ++tree) {
    apply(credit.records[tree], records[tree]);
    trees[tree].record = std::move(records[tree]);
  }
  return credit;
}

// l. 19.
UpdateStats Trainer::update_weights(std::vector<GrownTree>& trees,
                                    const Conditioning& conditioning) {
  return update_policy(
      parts_.policy, parts_.optimizer, trees, conditioning,
      {.objective = objective_,
       .updates = config_.objective.updates,
       .learning_rate = config_.optimizer.learning_rate,
       .gradient_clip = config_.optimizer.gradient_clip,
       .proceed = [this] { return parts_.commands.ask(SafePoint::part) != RunCommand::stop_now; },
       .before_step = [this] { at_boundary_ = false; },
       .after_step = [this] { parts_.commands.ask(SafePoint::update); }});
}

}  // namespace treegrpo
