#include "json_output.h"

#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json numbers(const std::vector<double>& values) {
  Json array = Json::array();
  for (const double value : values) array.push_back(number(value));
  return array;
}

Json by_name(const std::vector<NamedValue>& values) {
  Json object = Json::object();
  for (const NamedValue& named : values) object[named.name] = number(named.value);
  return object;
}

// -1 stands for "the method has none".
Json window_start_json(int start) { return start < 0 ? Json(nullptr) : Json(start); }

Json event_head(const char* event, RunId run) { return {{"event", event}, {"run", run.value}}; }

Json seconds_json(const PhaseSeconds& seconds) {
  return {{"sample", number(seconds.sample)}, {"decode", number(seconds.decode)},
          {"reward", number(seconds.reward)}, {"train", number(seconds.train)},
          {"store", number(seconds.store)},   {"total", number(seconds.total)}};
}

Json started_json(const char* event, RunId run, const RunStarted& started) {
  Json object = event_head(event, run);
  object["name"] = started.name;
  object["method"] = started.method;
  object["seed"] = started.seed;
  object["threads"] = started.threads;
  object["device"] = started.device;
  return object;
}

Json iteration_json(RunId run, const IterationRecord& record) {
  Json object = event_head("iteration", run);
  object["iteration"] = record.iteration;
  object["reward"] = number(record.reward);
  object["reward_by_name"] = by_name(record.reward_by_name);
  object["loss"] = number(record.loss);
  object["ratio_mean"] = number(record.ratio_mean);
  object["ratio_std"] = number(record.ratio_std);
  object["ratio_max"] = number(record.ratio_max);
  object["clip_fraction"] = number(record.clip_fraction);
  object["kl"] = number(record.kl);
  object["grad_norm"] = number(record.grad_norm);
  object["learning_rate"] = number(record.learning_rate);
  object["nfe"] = record.nfe;
  object["trained_passes"] = record.trained_passes;
  object["forward_passes"] = record.forward_passes;
  object["leaves"] = record.leaves;
  object["window_start"] = window_start_json(record.window_start);
  object["advantage_std_by_depth"] = numbers(record.advantage_std_by_depth);
  object["diversity"] = number(record.diversity);
  object["skipped_groups"] = record.skipped_groups;
  object["seconds"] = seconds_json(record.seconds);
  return object;
}

Json evaluation_json(RunId run, const EvaluationRecord& record) {
  Json tasks = Json::object();
  for (const TaskScore& task : record.by_task)
    tasks[task.task] = {{"reward", number(task.reward)},
                        {"scene_strict", number(task.scene_strict)},
                        {"n", task.n}};
  Json metrics = by_name(record.metrics);
  if (!metrics.contains("scene_strict")) metrics["scene_strict"] = nullptr;

  Json object = event_head("evaluation", run);
  object["iteration"] = record.iteration;
  object["reward"] = number(record.reward);
  object["reward_by_name"] = by_name(record.reward_by_name);
  object["metrics"] = std::move(metrics);
  object["by_task"] = std::move(tasks);
  object["diversity"] = number(record.diversity);
  object["seconds"] = number(record.seconds);
  return object;
}

Json probed_prompt_json(const ProbedPrompt& prompt) {
  Json pictures = Json::array();
  for (const ProbePicture& picture : prompt.pictures)
    pictures.push_back({{"seed", picture.seed},
                        {"reward_by_name", by_name(picture.rewards)},
                        {"kl", number(picture.kl)}});
  return {{"text", prompt.text},
          {"diversity", number(prompt.diversity)},
          {"pictures", std::move(pictures)}};
}

Json probe_json(RunId run, const ProbeRecord& record) {
  const ProbeMeans means = probe_means(record);
  Json object = event_head("probe", run);
  object["iteration"] = record.iteration;
  object["reward_by_name"] = by_name(means.rewards);
  object["kl"] = number(means.kl);
  object["diversity"] = number(means.diversity);
  object["seconds"] = number(record.seconds);
  object["prompts"] = Json::array();
  for (const ProbedPrompt& prompt : record.prompts)
    object["prompts"].push_back(probed_prompt_json(prompt));
  return object;
}

Json checkpoint_json(RunId run, const CheckpointWritten& written) {
  Json object = event_head("checkpoint", run);
  object["iteration"] = written.iteration;
  object["path"] = written.path;
  return object;
}

Json change_json(RunId run, const ParameterChanged& change) {
  Json object = event_head("parameter_changed", run);
  object["iteration"] = change.iteration;
  object["key"] = change.key;
  object["old_value"] = change.old_value;
  object["new_value"] = change.new_value;
  object["author"] = change.author;
  return object;
}

Json finished_json(RunId run, RunStatus status, Json iterations) {
  Json object = event_head("run_finished", run);
  object["status"] = run_status_name(status);
  object["iterations"] = std::move(iterations);
  return object;
}

const char* kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::root:
      return "root";
    case NodeKind::sde:
      return "sde";
    case NodeKind::ode:
      break;
  }
  return "ode";
}

Json leaf_rewards(const TreeRecord& record, std::size_t leaf) {
  Json object = Json::object();
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    object[record.reward_names[column]] = number(record.rewards[column][leaf]);
  return object;
}

Json node_json(const TreeRecord& record, std::size_t index) {
  const TreeNode& node = record.nodes[index];
  Json object;
  object["id"] = index;
  object["tree"] = node.tree;
  object["path"] = path(record, static_cast<std::int32_t>(index));
  object["parent"] = node.parent < 0 ? Json(nullptr) : Json(node.parent);
  object["step"] = node.step;
  object["sigma"] = number(record.sigmas.at(static_cast<std::size_t>(node.step)));
  object["kind"] = kind_name(node.kind);
  object["log_prob"] = number(node.log_prob);
  object["reward"] = nullptr;          // leaves get theirs below
  object["reward_by_name"] = nullptr;  // likewise
  object["value"] = number(node.value);
  object["advantage"] = number(node.advantage);
  object["image"] = !node.image.empty();
  return object;
}

Json normalisation_json(const NormalisationTrace& column) {
  return {{"reward", column.reward},           {"weight", number(column.weight)},
          {"mean", number(column.mean)},       {"deviation", number(column.deviation)},
          {"divisor", number(column.divisor)}, {"skipped", column.skipped}};
}

Json terms_json(const std::vector<CreditTerm>& terms) {
  Json list = Json::array();
  for (const CreditTerm& term : terms)
    list.push_back(
        {{"node", term.node}, {"weight", number(term.weight)}, {"value", number(term.value)}});
  return list;
}

Json leaf_trace_json(const LeafTrace& leaf) {
  return {{"node", leaf.node},
          {"raw", numbers(leaf.raw)},
          {"normalised", numbers(leaf.normalised)},
          {"advantage", number(leaf.advantage)},
          {"formula", leaf.formula},
          {"terms", terms_json(leaf.terms)},
          {"score", number(leaf.score)}};
}

Json edge_trace_json(const EdgeTrace& edge) {
  return {{"node", edge.node},
          {"formula", edge.formula},
          {"terms", terms_json(edge.terms)},
          {"unclamped", number(edge.unclamped)},
          {"advantage", number(edge.advantage)}};
}

}  // namespace

std::optional<Json> event_json(RunId run, const Event& event) {
  return std::visit(
      [&](const auto& told) -> std::optional<Json> {
        using Kind = std::decay_t<decltype(told)>;
        if constexpr (std::is_same_v<Kind, RunStarted>) {
          return started_json("run_started", run, told);
        } else if constexpr (std::is_same_v<Kind, RunResumed>) {
          Json object = started_json("run_resumed", run, told.run);
          object["iteration"] = told.iteration;
          return object;
        } else if constexpr (std::is_same_v<Kind, IterationFinished>) {
          return iteration_json(run, *told.record);
        } else if constexpr (std::is_same_v<Kind, EvaluationFinished>) {
          return evaluation_json(run, *told.record);
        } else if constexpr (std::is_same_v<Kind, ProbeFinished>) {
          return probe_json(run, *told.record);
        } else if constexpr (std::is_same_v<Kind, CheckpointWritten>) {
          return checkpoint_json(run, told);
        } else if constexpr (std::is_same_v<Kind, ParameterChanged>) {
          return change_json(run, told);
        } else if constexpr (std::is_same_v<Kind, RunFinished>) {
          return finished_json(run, told.status, told.iterations);
        } else if constexpr (std::is_same_v<Kind, RunFailed>) {
          return finished_json(run, RunStatus::failed, nullptr);
        } else {
          return std::nullopt;
        }
      },
      event);
}

Json run_json(const RunSummary& run) {
  return {{"run", run.run.value},
          {"name", run.name},
          {"method", run.method},
          {"status", run_status_name(run.status)},
          {"iterations", run.iterations},
          {"seed", run.seed},
          {"created", run.created},
          {"tags", run.tags},
          {"deleted", run.deleted.empty() ? Json(nullptr) : Json(run.deleted)}};
}

Json note_json(const Note& note) {
  const auto place = [](const std::optional<std::int32_t>& at) {
    return at ? Json(*at) : Json(nullptr);
  };
  return {{"note", note.id},
          {"run", note.run.value},
          {"iteration", place(note.place.iteration)},
          {"prompt", place(note.place.prompt)},
          {"node", place(note.place.node)},
          {"text", note.text},
          {"created", note.created}};
}

Json figure_json(const StoredFigure& figure) {
  const Json recipe = Json::parse(figure.recipe, nullptr, false);
  return {{"figure", figure.id},
          {"run", figure.run.value},
          {"name", figure.name},
          {"created", figure.created},
          {"recipe", recipe.is_discarded() ? Json(nullptr) : recipe}};
}

Json tree_json(RunId run, const TreeRecord& record) {
  Json nodes = Json::array();
  std::size_t leaf = 0;
  for (std::size_t index = 0; index < record.nodes.size(); ++index) {
    Json node = node_json(record, index);
    if (record.is_leaf(index)) {
      node["reward"] = number(total_reward(record, leaf));
      node["reward_by_name"] = leaf_rewards(record, leaf);
      ++leaf;
    }
    nodes.push_back(std::move(node));
  }
  Json object;
  object["run"] = run.value;
  object["iteration"] = record.iteration;
  object["prompt"] = record.prompt.value;
  object["text"] = record.text;
  object["roots"] = record.schedule.roots;
  object["nodes"] = std::move(nodes);
  return object;
}

Json trace_json(const CreditTrace& trace) {
  Json object;
  object["rule"] = trace.rule;
  object["backup"] = trace.backup;
  for (const char* list : {"normalisation", "leaves", "edges"}) object[list] = Json::array();
  for (const auto& column : trace.normalisation)
    object["normalisation"].push_back(normalisation_json(column));
  for (const auto& leaf : trace.leaves) object["leaves"].push_back(leaf_trace_json(leaf));
  for (const auto& edge : trace.edges) object["edges"].push_back(edge_trace_json(edge));
  return object;
}

Json schedule_json(const SchedulePreview& preview) {
  Json steps = Json::array();
  for (std::size_t step = 0; step < preview.schedule.steps.size(); ++step) {
    const StepPlan& plan = preview.schedule.steps[step];
    steps.push_back({{"step", step},
                     {"sigma", number(preview.sigmas[step])},
                     {"sigma_next", number(preview.sigmas[step + 1])},
                     {"branch", plan.branch},
                     {"noise_level", number(plan.noise_level)},
                     {"train", plan.train}});
  }
  Json object;
  object["iteration"] = preview.iteration;
  object["roots"] = preview.schedule.roots;
  object["window_start"] = window_start_json(preview.schedule.window_start);
  object["leaves"] = preview.counts.leaves;
  object["nfe"] = preview.counts.nfe;
  object["trained_passes"] = preview.counts.trained_passes;
  object["trained_edges"] = preview.counts.trained_edges;
  object["forward_passes"] = preview.forward_passes;
  object["steps"] = std::move(steps);
  Json spans = Json::array();
  for (const SpanCost& cost : preview.spans)
    spans.push_back({{"first_iteration", cost.span.first},
                     {"last_iteration", cost.span.end - 1},
                     {"leaves", cost.counts.leaves},
                     {"expected_nfe", number(cost.expected_nfe)}});
  object["spans"] = std::move(spans);
  return object;
}

std::string json_line(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void print_line(const Json& object) { print_text(json_line(object)); }

}  // namespace treegrpo::cli
