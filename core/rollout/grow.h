// Algorithm 1 lines 2 to 10: from shared noise the frontier moves step by step, each node drawing
// its k children on a stochastic step and one on an ODE step. The whole frontier of all prompts is
// one batch, split only by the micro-batch limit.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/noise_key.h"
#include "policy/policy.h"
#include "record/event.h"
#include "record/tree_schedule.h"
#include "rollout/tree.h"
#include "sampler/transition.h"

namespace treegrpo {

// A node of an earlier growth to grow on from, and the noise after it.
struct GrowOn {
  std::int32_t tree = 0;           // its root
  std::vector<std::int32_t> path;  // child indices from there
  std::uint64_t seed = 0;
  NoiseStream stream = NoiseStream::regrow;
};

// What the growing of one batch of prompts needs to know.
struct GrowRequest {
  std::vector<std::string> prompts;
  const Conditioning* conditioning = nullptr;  // row i belongs to prompts[i]
  TreeSchedule schedule;
  std::vector<double> sigmas;  // T + 1
  StepKind kind = StepKind::flow_sde;
  double guidance_scale = 1;
  int micro_batch = 0;  // most rows of a forward pass (guided rows counted); 0: no limit
  std::uint64_t seed = 0;
  NoiseStream stream = NoiseStream::train;
  std::uint32_t iteration = 0;  // of the noise key
  bool previews = false;        // inner nodes get an image of their predicted x0
  bool keep_latents = false;    // of all nodes
  Weights weights = Weights::current;
  // One root, replayed by the keys above along the path, whose steps have one child each.
  std::optional<GrowOn> on = {};
  std::optional<int> watched;     // the prompt whose growth goes to level_grown
  bool watched_pictures = false;  // with pictures of its predicted x0, kept in no record
};

// What a step added to the watched prompt: nodes from `first_node` on, and pictures of the nodes
// that they grew from.
struct LevelNews {
  std::shared_ptr<const TreeRecord> outline = {};  // the watched record but for its nodes
  std::span<const TreeNode> nodes = {};
  std::int32_t first_node = 0;
  std::vector<NodePicture> pictures = {};
  double picture_seconds = 0;  // what they took
};

// Called between levels; answering false abandons the trees.
using LevelGrown = std::function<bool(LevelNews news)>;

// One tree set a prompt, or nothing if abandoned. Rewards, values and advantages are still empty.
std::optional<std::vector<GrownTree>> grow(Policy& policy, const GrowRequest& request,
                                           const LevelGrown& level_grown = {});

}  // namespace treegrpo
