#include "tree/schedule_cost.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "tree/check_config.h"
#include "tree/method.h"
#include "tree/schedule_draft.h"

namespace treegrpo {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool guided(const RunConfig& config) { return config.model.guidance_scale != 1; }

// Rows of a pass, guided rows counted, as far as micro-batches let them be together.
double rows_at_once(const RunConfig& config, double rows) {
  const int limit = config.sampler.micro_batch;
  return limit > 0 ? std::min(rows, static_cast<double>(limit)) : rows;
}

bool makes_a_window(const RunConfig& config) {
  try {
    check_schedule_keys(config);
    return method_named(config.method.name).windowed;
  } catch (const Error&) {
    return false;
  }
}

RunConfig starting_at(RunConfig config, int start) {
  config.method.window_rule = "fixed";
  config.method.window_start = start;
  return config;
}

// The iteration of the first shift after one.
std::int64_t next_shift(const RunConfig& config, std::int64_t iteration) {
  const std::int64_t every = std::max(1, config.method.shift_every);
  const std::int64_t passed = std::max<std::int64_t>(0, iteration - config.method.shift_from);
  return config.method.shift_from + (passed / every + 1) * every;
}

// How often each start comes in the iterations of a span. A shifting window only moves on, so a
// shift that leaves its start means that it stays.
std::vector<double> shares(const RunConfig& config, std::size_t starts, const KeyframeSpan& span) {
  std::vector<double> share(starts);
  const bool moves = config.method.window_rule == "shifting";
  for (int first = span.first; first < span.end;) {
    const int start = window_start_at(config, first);
    const std::int64_t next = moves ? next_shift(config, first) : span.end;
    const bool stays = next >= span.end || window_start_at(config, static_cast<int>(next)) == start;
    const int end = stays ? span.end : static_cast<int>(next);
    share[static_cast<std::size_t>(start)] +=
        static_cast<double>(end - first) / (span.end - span.first);
    first = end;
  }
  return share;
}

}  // namespace

MeasuredFigures nothing_measured() {
  return {{unknown, unknown, unknown, unknown, unknown}, unknown, unknown, unknown, unknown};
}

CostEstimate estimate(const RunConfig& config, const ScheduleCounts& counts,
                      const MeasuredFigures& measured) {
  const double prompts = config.prompts.per_iteration;
  const double passes = std::max(1, config.objective.updates);
  const auto of_all = [&](std::int64_t count) { return prompts * static_cast<double>(count); };
  CostEstimate cost;
  cost.nfe = of_all(counts.nfe);
  cost.trained_passes = of_all(counts.trained_passes);
  const double sampled_rows = cost.nfe * (guided(config) ? 2 : 1);
  const double trained_rows =
      passes * cost.trained_passes * (guided(config) && config.model.train_guidance ? 2 : 1);
  cost.forward_rows = sampled_rows + trained_rows;
  const double frontier = of_all(counts.frontier_peak);
  const double sampling =
      rows_at_once(config, frontier * (guided(config) ? 2 : 1)) * measured.memory.forward_bytes;
  const double training =
      rows_at_once(config, trained_rows / passes) * measured.memory.activation_bytes;
  cost.memory_bytes = measured.memory.model_bytes + measured.memory.optimizer_bytes +
                      frontier * measured.memory.latent_bytes + std::max(sampling, training);
  const double inner = of_all(counts.nodes - counts.leaves) / std::max(1, config.images.every);
  cost.store_bytes = of_all(counts.nodes) * measured.node_row_bytes +
                     (of_all(counts.leaves) + inner) * measured.thumbnail_bytes;
  cost.seconds = sampled_rows * measured.forward_seconds + trained_rows * measured.train_seconds;
  return cost;
}

std::vector<int> starts_of_iterations(const RunConfig& config, int first, int count) {
  std::vector<int> starts;
  for (int iteration = first; iteration < first + count; ++iteration) {
    const RunConfig now = config_at(config, iteration);
    starts.push_back(makes_a_window(now) ? window_start_at(now, iteration) : -1);
  }
  return starts;
}

std::vector<WindowStart> window_starts(const RunConfig& config, int iteration) {
  std::vector<WindowStart> starts;
  const RunConfig now = config_at(config, iteration);
  if (!makes_a_window(now)) return starts;
  std::vector<double> probability = window_probabilities(now);
  if (now.method.window_rule != "random_geometric")
    probability = shares(now, probability.size(), span_at(config, iteration));
  for (std::size_t start = 0; start < probability.size(); ++start) {
    const RunConfig fixed = starting_at(now, static_cast<int>(start));
    starts.push_back(
        {static_cast<int>(start), probability[start], counts(run_schedule(fixed, 0)).nfe});
  }
  return starts;
}

double expected_nfe(const RunConfig& config, int iteration) {
  const std::vector<WindowStart> starts = window_starts(config, iteration);
  if (starts.empty()) return static_cast<double>(counts(run_schedule(config, iteration)).nfe);
  double mean = 0;
  for (const WindowStart& at : starts) mean += at.probability * static_cast<double>(at.nfe);
  return mean;
}

std::vector<SpanCost> span_costs(const RunConfig& config) {
  std::vector<SpanCost> costs;
  for (const KeyframeSpan& span : keyframe_spans(config))
    costs.push_back(
        {span, counts(run_schedule(config, span.first)), expected_nfe(config, span.first)});
  return costs;
}

double expected_nfe_of_run(std::span<const SpanCost> costs) {
  double sum = 0, iterations = 0;
  for (const SpanCost& cost : costs) {
    const double length = cost.span.end - cost.span.first;
    sum += length * cost.expected_nfe;
    iterations += length;
  }
  return sum / iterations;
}

ScheduleCounts flat_counts(const TreeSchedule& schedule) {
  TreeSchedule flat = schedule;
  flat.roots = static_cast<int>(
      std::min<std::int64_t>(counts(schedule).leaves, std::numeric_limits<int>::max()));
  flat.shared_root_noise = false;
  for (StepPlan& plan : flat.steps) plan.branch = 1;
  return counts(flat);
}

std::vector<MethodCost> compared_methods(const RunConfig& base, const RunConfig& config,
                                         int iteration) {
  std::vector<MethodCost> costs;
  for (const Method& method : methods()) {
    const bool drawn = method.name == config.method.name;
    if (method.name == "custom" && !drawn) continue;
    try {
      const RunConfig other = as_method(base, config, method.name, iteration);
      if (!drawn) check_schedule_keys(other);
      costs.push_back({method.name, method.title, counts(run_schedule(other, iteration)), drawn});
    } catch (const Error&) {  // it needs more steps than there are
    }
  }
  return costs;
}

double deviation(double predicted, double measured) {
  return predicted > 0 ? measured / predicted - 1 : unknown;
}

}  // namespace treegrpo
