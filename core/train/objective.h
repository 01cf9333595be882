// The clipped surrogate over the edges of grown trees (Algorithm 1 line 19; TreeGRPO eq. 12). All
// children of a parent share its mean, so one forward pass a parent serves all its edges.
//
//   loss = 1/P · Σ_prompts Σ_edges c(e) · w(step) · [ −min(ρ A, clip(ρ, 1−ε, 1+ε) A) + β KL(e) ]
//
//   ρ = π_θ(e)/π_old(e), from log-probs that are means over the latent's dimensions
//   P   prompts of the iteration, so that the batch size does not change the scale
//   c   sum_edges 1 | mean_edges 1/(the prompt's trained edges) |
//       mean_per_depth 1/(the prompt's trained edges of that step)
//   w   none 1 | inverse_gain std/|∂mean/∂prediction| | delta σ − σ'
//   KL  mean over dimensions of (mean − mean_reference)²/(2 std²)
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "record/run_config.h"
#include "rollout/tree.h"
#include "sampler/transition.h"

namespace treegrpo {

enum class Aggregation { sum_edges, mean_edges, mean_per_depth };
enum class StepWeight { none, inverse_gain, delta };

struct ObjectiveOptions {
  StepKind kind = StepKind::flow_sde;
  double clip_range = 1e-4;  // ε
  double kl_beta = 0;        // β; 0: no reference pass
  Aggregation aggregation = Aggregation::sum_edges;
  StepWeight step_weight = StepWeight::none;
  double guidance_scale = 1;  // of the training passes
  int micro_batch = 0;        // most rows of one pass (guided rows counted); 0: no limit
};

// The options of a config. Throws a configuration Error on a name that is not one of the choices.
ObjectiveOptions objective_options(const RunConfig& config);

// Whose log-probs ρ divides by. A single pass over a rollout uses the policy it trains: ρ is
// exactly 1, and nothing between sampling and training can move it.
enum class OldPolicy { itself, stored };

// An edge that trains, and what the last pass found on it.
struct TrainedEdge {
  std::size_t tree = 0;            // which GrownTree
  std::int32_t node = 0;           // its child in that record
  double stored_ratio = no_value;  // exp(log_prob − the one stored while sampling)
  double kl = no_value;
  bool clipped = false;
};

struct PassResult {
  double loss = 0;
  std::vector<TrainedEdge> edges;
  std::int64_t parents = 0;  // predicted, once each
  bool complete = true;      // false: abandoned; the gradients mean nothing
};

// Adds the gradient of the loss to the current weights' parameters. Trees whose edges have no
// advantage are left out. `conditioning` has a row a tree, in order. `proceed` is asked before each
// micro-batch. Throws Error naming prompt and iteration if a term of the loss is not finite.
PassResult accumulate_gradients(Policy& policy, std::span<const GrownTree> trees,
                                const Conditioning& conditioning, const ObjectiveOptions& options,
                                OldPolicy old_policy, const std::function<bool()>& proceed = {});

}  // namespace treegrpo
