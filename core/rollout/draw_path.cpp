#include "rollout/draw_path.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/pictures.h"
#include "rollout/grow.h"
#include "rollout/leaf_images.h"
#include "rollout/replay.h"

namespace treegrpo {
namespace {

// One root and one child a step, up to the last node and, where it is no leaf, a step on: the one
// that predicts its picture.
TreeSchedule schedule_of(const TreeRecord& way) {
  TreeSchedule schedule = way.schedule;
  schedule.roots = 1;
  const std::size_t before = way.nodes.size() - 1;
  schedule.steps.resize(std::min(before + 1, schedule.steps.size()));
  for (StepPlan& plan : schedule.steps) plan.branch = 1, plan.train = false;
  if (before < schedule.steps.size()) schedule.steps[before].noise_level = 0;
  return schedule;
}

GrowRequest request_of(const DrawOptions& options, const Conditioning& conditioning) {
  const TreeRecord& way = options.way;
  GrowRequest request =
      replay_request({.tree = way,
                      .config = options.config,
                      .root = way.nodes.front().tree,
                      .path = path(way, static_cast<std::int32_t>(way.nodes.size()) - 1)},
                     conditioning);
  request.schedule = schedule_of(way);
  request.keep_latents = true;
  return request;
}

std::optional<int> largest_difference(const TreeRecord& way, const std::vector<DrawnNode>& drawn) {
  std::optional<int> largest;
  for (std::size_t at = 0; at < drawn.size(); ++at) {
    const Image& stored = way.nodes[at].image;
    const Image& again = drawn[at].clean;
    if (stored.empty() || stored.width != again.width || stored.height != again.height) continue;
    for (std::size_t byte = 0; byte < stored.rgb.size(); ++byte)
      largest = std::max(largest.value_or(0), std::abs(stored.rgb[byte] - again.rgb[byte]));
  }
  return largest;
}

}  // namespace

DrawnPath draw_path(Policy& policy, const DrawOptions& options, const Proceed& proceed) {
  const c10::NoGradGuard no_grad;
  const TreeRecord& way = options.way;
  const Conditioning conditioning = policy.encode(std::vector<std::string>{way.text});
  const GrowRequest request = request_of(options, conditioning);
  auto trees = grow(policy, request, [&](const LevelNews&) { return !proceed || proceed(); });
  if (!trees) throw work_ended();
  GrownTree& grown = trees->front();
  grown.latents.resize(way.nodes.size());
  const at::Tensor images =
      decode_leaves(policy, at::cat(grown.latents), options.config.sampler.micro_batch, proceed);
  if (!images.defined()) throw work_ended();
  DrawnPath drawn;
  for (Image& noisy : pictures_of(images)) {
    Image& clean = grown.record.nodes[drawn.nodes.size()].image;  // of a leaf empty
    if (clean.empty()) clean = noisy;
    drawn.nodes.push_back({.clean = std::move(clean), .noisy = std::move(noisy)});
  }
  drawn.picture_difference = largest_difference(way, drawn.nodes);
  return drawn;
}

}  // namespace treegrpo
