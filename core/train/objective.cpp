#include "train/objective.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/error.h"
#include "rollout/guidance.h"

namespace treegrpo {
namespace {

// A parent whose edges train, and the factor c(e)·w(step)/P of each.
struct Job {
  std::size_t tree = 0;
  const TrainedParent* parent = nullptr;
  std::int32_t step = 0;
  std::vector<double> factors;  // one a child
};

// Jobs of one step, side by side in a batch: one transition for all of them.
struct StepGroup {
  std::int32_t step = 0;
  std::int64_t first = 0;  // row of the batch
  std::span<const Job> jobs;
};

StepSigmas sigmas_of(const TreeRecord& record, std::int32_t step) {
  const auto at = static_cast<std::size_t>(step);
  return {.sigma = record.sigmas[at],
          .sigma_next = record.sigmas[at + 1],
          .first_sigma = record.sigmas[1]};
}

double noise_level_of(const TreeRecord& record, std::int32_t step) {
  return record.schedule.steps[static_cast<std::size_t>(step)].noise_level;
}

const TreeNode& node_of(const TreeRecord& record, std::int32_t node) {
  return record.nodes[static_cast<std::size_t>(node)];
}

double step_weight(const TreeRecord& record, std::int32_t step, const ObjectiveOptions& options) {
  const StepSigmas sigmas = sigmas_of(record, step);
  switch (options.step_weight) {
    case StepWeight::none:
      return 1;
    case StepWeight::inverse_gain:
      return 1 / transition_gain(options.kind, sigmas, noise_level_of(record, step));
    case StepWeight::delta:
      return sigmas.sigma - sigmas.sigma_next;
  }
  return 1;
}

// Trained edges with an advantage, by the step they start at.
std::map<std::int32_t, std::int64_t> edges_by_step(const GrownTree& tree) {
  std::map<std::int32_t, std::int64_t> edges;
  for (const TrainedParent& parent : tree.trained)
    for (const std::int32_t child : parent.children)
      if (!std::isnan(node_of(tree.record, child).advantage))
        ++edges[node_of(tree.record, parent.node).step];
  return edges;
}

double aggregation_factor(const std::map<std::int32_t, std::int64_t>& edges, std::int32_t step,
                          Aggregation aggregation) {
  std::int64_t divisor = 1;
  if (aggregation == Aggregation::mean_per_depth) divisor = edges.at(step);
  if (aggregation == Aggregation::mean_edges) {
    divisor = 0;
    for (const auto& [at, count] : edges) divisor += count;
  }
  return 1 / static_cast<double>(divisor);
}

// Every parent with at least one edge to train, ordered by step so that a batch holds few
// transitions.
std::vector<Job> jobs_of(std::span<const GrownTree> trees, const ObjectiveOptions& options) {
  std::vector<Job> jobs;
  const double prompts = static_cast<double>(trees.size());
  for (std::size_t tree = 0; tree < trees.size(); ++tree) {
    const TreeRecord& record = trees[tree].record;
    const auto edges = edges_by_step(trees[tree]);
    for (const TrainedParent& parent : trees[tree].trained) {
      const std::int32_t step = node_of(record, parent.node).step;
      if (!edges.contains(step)) continue;
      const double factor = aggregation_factor(edges, step, options.aggregation) *
                            step_weight(record, step, options) / prompts;
      Job job{.tree = tree, .parent = &parent, .step = step, .factors = {}};
      bool trains = false;
      for (const std::int32_t child : parent.children) {
        const bool has_advantage = !std::isnan(node_of(record, child).advantage);
        job.factors.push_back(has_advantage ? factor : 0);
        trains = trains || has_advantage;
      }
      if (trains) jobs.push_back(std::move(job));
    }
  }
  std::stable_sort(jobs.begin(), jobs.end(),
                   [](const Job& a, const Job& b) { return a.step < b.step; });
  return jobs;
}

std::vector<StepGroup> groups_of(std::span<const Job> batch) {
  std::vector<StepGroup> groups;
  for (std::size_t begin = 0; begin < batch.size();) {
    std::size_t end = begin;
    while (end < batch.size() && batch[end].step == batch[begin].step) ++end;
    groups.push_back({.step = batch[begin].step,
                      .first = static_cast<std::int64_t>(begin),
                      .jobs = batch.subspan(begin, end - begin)});
    begin = end;
  }
  return groups;
}

// What a batch of parents is predicted from.
struct BatchInput {
  at::Tensor latents;  // [B, C, h, w]
  at::Tensor sigma;    // [B]
  at::Tensor rows;     // [B], of the conditioning
};

BatchInput input_of(std::span<const GrownTree> trees, std::span<const Job> batch) {
  std::vector<at::Tensor> latents;
  std::vector<float> sigma;
  std::vector<std::int64_t> rows;
  for (const Job& job : batch) {
    latents.push_back(job.parent->latent);
    sigma.push_back(static_cast<float>(sigmas_of(trees[job.tree].record, job.step).sigma));
    rows.push_back(static_cast<std::int64_t>(job.tree));
  }
  const at::Tensor stacked = at::stack(latents);
  return {.latents = stacked,
          .sigma = at::tensor(sigma).to(stacked.device()),
          .rows = at::tensor(rows).to(stacked.device())};
}

// The edges of one step group as tensors.
struct EdgeBatch {
  at::Tensor next;       // [E, C, h, w]
  at::Tensor parent;     // [E], row within the group
  at::Tensor old;        // [E], stored log-probs, fp32
  at::Tensor advantage;  // [E], fp32; 0 where an edge does not train
  at::Tensor factor;     // [E], fp32
};

EdgeBatch edges_of(std::span<const GrownTree> trees, const StepGroup& group) {
  std::vector<at::Tensor> next;
  std::vector<std::int64_t> parent;
  std::vector<float> old, advantage, factor;
  for (std::size_t row = 0; row < group.jobs.size(); ++row) {
    const Job& job = group.jobs[row];
    next.push_back(job.parent->child_latents);
    for (std::size_t i = 0; i < job.factors.size(); ++i) {
      const TreeNode& child = node_of(trees[job.tree].record, job.parent->children[i]);
      parent.push_back(static_cast<std::int64_t>(row));
      old.push_back(static_cast<float>(child.log_prob));
      advantage.push_back(job.factors[i] != 0 ? static_cast<float>(child.advantage) : 0.F);
      factor.push_back(static_cast<float>(job.factors[i]));
    }
  }
  const at::Tensor latents = at::cat(next);
  const auto there = [&](const at::Tensor& tensor) { return tensor.to(latents.device()); };
  return {.next = latents,
          .parent = there(at::tensor(parent)),
          .old = there(at::tensor(old)),
          .advantage = there(at::tensor(advantage)),
          .factor = there(at::tensor(factor))};
}

[[noreturn]] void throw_not_finite(const TreeRecord& record) {
  throw Error(
      "the loss of prompt '" + record.text + "' in iteration " + std::to_string(record.iteration) +
          " is not a finite number, so the weights were left as they are; lower "
          "optimizer.learning_rate or raise credit.std_min",
      ErrorKind::not_finite, {.iteration = record.iteration, .prompt = record.prompt.value});
}

// The loss terms of a group's edges, and what is worth knowing of each.
struct EdgeTerms {
  at::Tensor loss;          // [E], weighted
  at::Tensor stored_ratio;  // [E]
  at::Tensor kl;            // [E], undefined where it is off
  at::Tensor clipped;       // [E] bool
};

// mean, reference: of the group's parents, [B, C, h, w]; reference undefined where KL is off.
EdgeTerms edge_terms(const EdgeBatch& edges, const Transition& step, const at::Tensor& reference,
                     const ObjectiveOptions& options, OldPolicy old_policy) {
  const at::Tensor mean = step.mean.index_select(0, edges.parent);
  const at::Tensor log_prob_now = log_prob(options.kind, edges.next, mean, step.std);
  const at::Tensor old = old_policy == OldPolicy::itself ? log_prob_now.detach() : edges.old;
  const at::Tensor ratio = (log_prob_now - old).exp();
  const at::Tensor clipped_ratio = ratio.clamp(1 - options.clip_range, 1 + options.clip_range);

  // −min(ρ A, clip(ρ) A) + β KL
  const at::Tensor free = ratio * edges.advantage;
  const at::Tensor bound = clipped_ratio * edges.advantage;
  EdgeTerms terms{.loss = -at::minimum(free, bound),
                  .stored_ratio = (log_prob_now.detach() - edges.old).exp(),
                  .kl = {},
                  .clipped = bound.lt(free)};
  if (reference.defined()) {
    terms.kl = transition_kl(step.mean, reference, step.std).index_select(0, edges.parent);
    terms.loss = terms.loss + options.kl_beta * terms.kl;
  }
  terms.loss = terms.loss * edges.factor;
  return terms;
}

// Row i of the result belongs to edge i of the group; those that do not train are left out.
void report(const StepGroup& group, const EdgeTerms& terms, std::span<const GrownTree> trees,
            PassResult& result) {
  const auto on_cpu = [](const at::Tensor& tensor) {
    return tensor.detach().to(at::kCPU, at::kDouble).contiguous();
  };
  const at::Tensor loss = on_cpu(terms.loss);
  const at::Tensor ratio = on_cpu(terms.stored_ratio);
  const at::Tensor clipped = on_cpu(terms.clipped);
  const at::Tensor kl = terms.kl.defined() ? on_cpu(terms.kl) : at::Tensor();
  std::int64_t edge = 0;
  for (const Job& job : group.jobs)
    for (std::size_t i = 0; i < job.factors.size(); ++i, ++edge) {
      if (job.factors[i] == 0) continue;
      const double term = loss.data_ptr<double>()[edge];
      if (!std::isfinite(term)) throw_not_finite(trees[job.tree].record);
      result.loss += term;
      result.edges.push_back({.tree = job.tree,
                              .node = job.parent->children[i],
                              .stored_ratio = ratio.data_ptr<double>()[edge],
                              .kl = kl.defined() ? kl.data_ptr<double>()[edge] : no_value,
                              .clipped = clipped.data_ptr<double>()[edge] != 0});
    }
}

// One forward and one backward pass over a batch of parents.
void train_batch(Policy& policy, std::span<const GrownTree> trees, std::span<const Job> batch,
                 const Conditioning& conditioning, const ObjectiveOptions& options,
                 OldPolicy old_policy, PassResult& result) {
  const BatchInput input = input_of(trees, batch);
  GuidedCall call{
      .conditioning = &conditioning, .rows = input.rows, .scale = options.guidance_scale};
  const at::Tensor prediction = predict_guided(policy, input.latents, input.sigma, call);
  at::Tensor reference_prediction;
  if (options.kl_beta > 0) {
    const c10::NoGradGuard no_grad;
    call.weights = Weights::reference;
    reference_prediction = predict_guided(policy, input.latents, input.sigma, call);
  }

  std::vector<at::Tensor> losses;
  for (const StepGroup& group : groups_of(batch)) {
    const TreeRecord& record = trees[group.jobs.front().tree].record;
    const auto rows = static_cast<std::int64_t>(group.jobs.size());
    const auto step_of = [&](const at::Tensor& predicted) {
      return transition(options.kind, predicted.narrow(0, group.first, rows),
                        input.latents.narrow(0, group.first, rows), sigmas_of(record, group.step),
                        noise_level_of(record, group.step));
    };
    const at::Tensor reference =
        reference_prediction.defined() ? step_of(reference_prediction).mean : at::Tensor();
    const EdgeTerms terms =
        edge_terms(edges_of(trees, group), step_of(prediction), reference, options, old_policy);
    report(group, terms, trees, result);
    losses.push_back(terms.loss.sum());
  }
  at::stack(losses).sum().backward();
  result.parents += static_cast<std::int64_t>(batch.size());
}

}  // namespace

ObjectiveOptions objective_options(const RunConfig& config) {
  ObjectiveOptions options{
      .kind = step_kind_from_name(config.sampler.kind),
      .clip_range = config.objective.clip_range,
      .kl_beta = config.objective.kl_beta,
      .guidance_scale = config.model.train_guidance ? config.model.guidance_scale : 1,
      .micro_batch = config.sampler.micro_batch};
  const std::string& aggregation = config.objective.aggregation;
  if (aggregation == "mean_edges")
    options.aggregation = Aggregation::mean_edges;
  else if (aggregation == "mean_per_depth")
    options.aggregation = Aggregation::mean_per_depth;
  else if (aggregation != "sum_edges")
    throw configuration_error(
        "objective.aggregation must be one of sum_edges, mean_edges, "
        "mean_per_depth, found '" +
        aggregation + "'");
  const std::string& weight = config.objective.step_weight;
  if (weight == "inverse_gain")
    options.step_weight = StepWeight::inverse_gain;
  else if (weight == "delta")
    options.step_weight = StepWeight::delta;
  else if (weight != "none")
    throw configuration_error(
        "objective.step_weight must be one of none, inverse_gain, delta, "
        "found '" +
        weight + "'");
  return options;
}

PassResult accumulate_gradients(Policy& policy, std::span<const GrownTree> trees,
                                const Conditioning& conditioning, const ObjectiveOptions& options,
                                OldPolicy old_policy, const std::function<bool()>& proceed) {
  const c10::AutoGradMode with_grad(true);
  const std::vector<Job> jobs = jobs_of(trees, options);
  const auto batch = static_cast<std::size_t>(latents_a_call(
      options.micro_batch, options.guidance_scale, static_cast<std::int64_t>(jobs.size())));
  PassResult result;
  for (std::size_t begin = 0; begin < jobs.size(); begin += batch) {
    if (proceed && !proceed()) {
      result.complete = false;
      return result;
    }
    const std::size_t size = std::min(batch, jobs.size() - begin);
    train_batch(policy, trees, std::span(jobs).subspan(begin, size), conditioning, options,
                old_policy, result);
  }
  return result;
}

}  // namespace treegrpo
