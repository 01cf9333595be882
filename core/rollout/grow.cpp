#include "rollout/grow.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <c10/util/accumulate.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/clock.h"
#include "policy/pictures.h"
#include "rollout/guidance.h"
#include "sampler/noise.h"
#include "sampler/step.h"

namespace treegrpo {
namespace {

// A node that the next step starts from.
struct FrontierNode {
  std::int32_t prompt = 0;
  std::int32_t node = 0;           // in the prompt's record
  std::vector<std::int32_t> path;  // child indices from the root
};

// Grows all trees together; frontier and latents_ run prompt by prompt, nodes in record order.
class Grower {
 public:
  Grower(Policy& policy, const GrowRequest& request) : policy_(policy), request_(request) {
    device_ = request.conditioning->parts.front().device();
    for (const std::string& prompt : request.prompts) prompt_hashes_.push_back(prompt_hash(prompt));
    plant_roots();
  }

  void step(std::size_t step) {
    const StepPlan& plan = request_.schedule.steps[step];
    const StepSigmas sigmas{.sigma = request_.sigmas[step],
                            .sigma_next = request_.sigmas[step + 1],
                            .first_sigma = request_.sigmas[1]};
    const at::Tensor prediction = predict(sigmas.sigma);
    pictures_.clear();
    if (request_.previews)
      keep_previews(prediction, sigmas.sigma);
    else if (request_.watched && request_.watched_pictures)
      picture_watched(prediction, sigmas.sigma);
    const StepRequest move{.kind = request_.kind,
                           .sigmas = sigmas,
                           .noise_level = plan.noise_level,
                           .branch = plan.branch,
                           .prediction = prediction,
                           .x = latents_};
    if (plan.noise_level > 0)
      branch(plan, move);
    else
      advance(plan, move);
    keep_latents();
  }

  // What the last step (or the planting) added to the watched prompt.
  LevelNews news() {
    const auto prompt = static_cast<std::size_t>(*request_.watched);
    const std::size_t first = first_new_[prompt];
    return {.outline = outline_,
            .nodes = std::span(trees_[prompt].record.nodes).subspan(first),
            .first_node = static_cast<std::int32_t>(first),
            .pictures = std::exchange(pictures_, {}),
            .picture_seconds = std::exchange(picture_seconds_, 0)};
  }

  std::vector<GrownTree> finish() {
    for (GrownTree& tree : trees_) tree.leaf_latents = frontier_latents(tree);
    return std::move(trees_);
  }

 private:
  at::Tensor frontier_latents(const GrownTree& tree) {
    const auto of_tree = [&](const FrontierNode& at) { return &tree == &tree_of(at); };
    const auto first = std::ranges::find_if(frontier_, of_tree) - frontier_.begin();
    return latents_.narrow(0, first, std::ranges::count_if(frontier_, of_tree));
  }

  void keep_latents() {
    if (!request_.keep_latents) return;
    for (GrownTree& tree : trees_) tree.latents.push_back(frontier_latents(tree));
  }

  GrownTree& tree_of(const FrontierNode& at) { return trees_[static_cast<std::size_t>(at.prompt)]; }

  // The tree number of noise keys: one that is grown on keeps that of its first growth.
  std::int32_t key_tree(std::int32_t tree) const { return request_.on ? request_.on->tree : tree; }

  NoiseCounter counter_of(const FrontierNode& at, std::int32_t tree) const {
    const bool onward = request_.on && at.path.size() > request_.on->path.size();
    return noise_counter({.seed = onward ? request_.on->seed : request_.seed,
                          .stream = onward ? request_.on->stream : request_.stream,
                          .iteration = request_.iteration,
                          .prompt_hash = prompt_hashes_[static_cast<std::size_t>(at.prompt)],
                          .tree = static_cast<std::uint32_t>(tree),
                          .path = at.path});
  }

  // l. 2: each tree's root; roots of a prompt may share one noise.
  void plant_roots() {
    std::vector<NoiseCounter> counters;
    for (std::size_t prompt = 0; prompt < request_.prompts.size(); ++prompt) {
      TreeRecord& record = trees_.emplace_back().record;
      record.iteration = static_cast<std::int32_t>(request_.iteration);
      record.prompt = {static_cast<std::int32_t>(prompt)};
      record.text = request_.prompts[prompt];
      record.schedule = request_.schedule;
      record.sigmas = request_.sigmas;
      record.latent_dimensions = c10::multiply_integers(policy_.info().latent_shape);
      for (std::int32_t tree = 0; tree < request_.schedule.roots; ++tree) {
        record.nodes.push_back({.tree = tree, .image = {}});
        frontier_.push_back(
            {.prompt = static_cast<std::int32_t>(prompt), .node = tree, .path = {}});
        counters.push_back(
            counter_of(frontier_.back(), request_.schedule.shared_root_noise ? 0 : key_tree(tree)));
      }
    }
    first_new_.assign(trees_.size(), 0);
    if (request_.watched)
      outline_ = outline_of(trees_[static_cast<std::size_t>(*request_.watched)]);
    latents_ = normal_noise(counters, policy_.info().latent_shape).to(device_);
    keep_latents();
  }

  static std::shared_ptr<const TreeRecord> outline_of(const GrownTree& tree) {
    auto outline = std::make_shared<TreeRecord>(tree.record);
    outline->nodes.clear();
    return outline;
  }

  // One prediction a frontier node, in calls of at most micro_batch rows.
  at::Tensor predict(double sigma) {
    std::vector<std::int64_t> prompts;
    for (const FrontierNode& at : frontier_) prompts.push_back(at.prompt);
    const at::Tensor rows = at::tensor(prompts, at::kLong);
    const std::int64_t all = latents_.size(0);
    const std::int64_t batch = latents_a_call(request_.micro_batch, request_.guidance_scale, all);
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < all; begin += batch) {
      const std::int64_t size = std::min(batch, all - begin);
      parts.push_back(predict_guided(policy_, latents_.narrow(0, begin, size),
                                     at::full({size}, sigma, latents_.options()),
                                     {.conditioning = request_.conditioning,
                                      .rows = rows.narrow(0, begin, size),
                                      .scale = request_.guidance_scale,
                                      .weights = request_.weights}));
    }
    return parts.size() == 1 ? parts.front() : at::cat(parts);
  }

  // x0 = x − σ v; of a noise model x0 = (x − σ eps)/√(1−σ²), the noise alone at σ = 1.
  at::Tensor predicted_clean(const at::Tensor& prediction, double sigma) const {
    const at::Tensor clean = latents_ - sigma * prediction;
    if (policy_.info().prediction == PredictionKind::velocity) return clean;
    return clean / std::sqrt(std::max(1 - sigma * sigma, 1e-6));
  }

  std::vector<Image> previews_of(const at::Tensor& clean) {
    std::vector<Image> pictures;
    const std::int64_t batch = latents_a_call(request_.micro_batch, 1, clean.size(0));
    for (const at::Tensor& part : clean.split(batch))
      for (Image& picture : pictures_of(policy_.decode(part, Quality::preview)))
        pictures.push_back(std::move(picture));
    return pictures;
  }

  void keep_previews(const at::Tensor& prediction, double sigma) {
    std::vector<Image> pictures = previews_of(predicted_clean(prediction, sigma));
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const FrontierNode& at = frontier_[i];
      if (request_.watched == at.prompt)
        pictures_.push_back({{at.node}, std::make_shared<const Image>(pictures[i])});
      node_of(at).image = std::move(pictures[i]);
    }
  }

  // Those of the watched prompt alone, for whoever looks: the record is the same without them.
  void picture_watched(const at::Tensor& prediction, double sigma) {
    const double start = monotonic_seconds();
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < frontier_.size(); ++i)
      if (request_.watched == frontier_[i].prompt) rows.push_back(static_cast<std::int64_t>(i));
    const at::Tensor index = at::tensor(rows, at::kLong).to(device_);
    std::vector<Image> pictures =
        previews_of(predicted_clean(prediction, sigma).index_select(0, index));
    for (std::size_t i = 0; i < rows.size(); ++i)
      pictures_.push_back({{frontier_[static_cast<std::size_t>(rows[i])].node},
                           std::make_shared<const Image>(std::move(pictures[i]))});
    picture_seconds_ += monotonic_seconds() - start;
  }

  // l. 5–7: k children a node from one mean, each with its own noise and log-prob.
  void branch(const StepPlan& plan, StepRequest move) {
    const std::vector<FrontierNode> parents = add_children(plan.branch, NodeKind::sde);
    std::vector<NoiseCounter> counters;
    for (const FrontierNode& child : frontier_)
      counters.push_back(counter_of(child, key_tree(node_of(child).tree)));
    move.counters = counters;
    const StepTaken taken = take_step(move, step_path(device_));
    latents_ = taken.latents;
    keep_log_probs(taken.log_probs);
    if (plan.train) keep_trained(parents, move.x, plan.branch);
  }

  // l. 8–9: one child a node, at the mean.
  void advance(const StepPlan& plan, const StepRequest& move) {
    add_children(plan.branch, NodeKind::ode);
    latents_ = take_step(move, step_path(device_)).latents;
  }

  TreeNode& node_of(const FrontierNode& at) {
    return tree_of(at).record.nodes[static_cast<std::size_t>(at.node)];
  }

  // Which child of its parent the one in that place is: while a path is replayed, that of the path.
  std::int32_t child_at(std::size_t step, std::int32_t place) const {
    return request_.on && step < request_.on->path.size() ? request_.on->path[step] : place;
  }

  // Replaces the frontier by its children and returns what it was.
  std::vector<FrontierNode> add_children(int count, NodeKind kind) {
    for (std::size_t prompt = 0; prompt < trees_.size(); ++prompt)
      first_new_[prompt] = trees_[prompt].record.nodes.size();
    std::vector<FrontierNode> parents = std::exchange(frontier_, {});
    for (const FrontierNode& parent : parents) {
      std::vector<TreeNode>& nodes = tree_of(parent).record.nodes;
      const std::int32_t tree = nodes[static_cast<std::size_t>(parent.node)].tree;
      const std::int32_t step = nodes[static_cast<std::size_t>(parent.node)].step;
      for (std::int32_t place = 0; place < count; ++place) {
        const std::int32_t child = child_at(parent.path.size(), place);
        FrontierNode at{.prompt = parent.prompt,
                        .node = static_cast<std::int32_t>(nodes.size()),
                        .path = parent.path};
        at.path.push_back(child);
        nodes.push_back({.parent = parent.node,
                         .tree = tree,
                         .child = child,
                         .step = step + 1,
                         .kind = kind,
                         .image = {}});
        frontier_.push_back(std::move(at));
      }
    }
    return parents;
  }

  void keep_log_probs(const at::Tensor& log_probs) {
    const double* value = log_probs.const_data_ptr<double>();
    for (const FrontierNode& child : frontier_) node_of(child).log_prob = *value++;
  }

  void keep_trained(std::span<const FrontierNode> parents, const at::Tensor& parent_latents,
                    int count) {
    for (std::size_t p = 0; p < parents.size(); ++p) {
      const auto first = static_cast<std::int64_t>(p) * count;
      TrainedParent trained{.node = parents[p].node,
                            .children = {},
                            .latent = parent_latents[static_cast<std::int64_t>(p)],
                            .child_latents = latents_.narrow(0, first, count)};
      for (std::int64_t child = first; child < first + count; ++child)
        trained.children.push_back(frontier_[static_cast<std::size_t>(child)].node);
      tree_of(parents[p]).trained.push_back(std::move(trained));
    }
  }

  Policy& policy_;
  const GrowRequest& request_;
  at::Device device_ = at::kCPU;
  std::vector<std::uint64_t> prompt_hashes_;
  std::vector<GrownTree> trees_;               // one a prompt
  std::shared_ptr<const TreeRecord> outline_;  // of the watched one
  std::vector<FrontierNode> frontier_;
  at::Tensor latents_;                  // [frontier, C, h, w]
  std::vector<std::size_t> first_new_;  // one a prompt: first node of the last level
  std::vector<NodePicture> pictures_;   // of the watched prompt's frontier before the last step
  double picture_seconds_ = 0;
};

}  // namespace

std::optional<std::vector<GrownTree>> grow(Policy& policy, const GrowRequest& request,
                                           const LevelGrown& level_grown) {
  const c10::NoGradGuard no_grad;
  Grower grower(policy, request);
  const auto announce = [&] {
    if (!level_grown) return true;
    return level_grown(request.watched ? grower.news() : LevelNews{});
  };
  if (!announce()) return std::nullopt;
  for (std::size_t step = 0; step < request.schedule.steps.size(); ++step) {
    grower.step(step);
    if (!announce()) return std::nullopt;
  }
  return grower.finish();
}

}  // namespace treegrpo
