#include "store/json_columns.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "record/utf8.h"
#include "store/sql.h"

namespace treegrpo {
namespace {

using nlohmann::json;

json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double number(const json& value) {
  if (value.is_null()) return no_value;
  if (!value.is_string()) return value.get<double>();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return value.get<std::string>() == "inf" ? infinity : -infinity;
}

// Text is stored as it came, but JSON must be UTF-8: other bytes become U+FFFD.
std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Reads a column; whatever is wrong with its text means that the store is damaged.
template <typename Function>
auto from_json(const std::string& text, Function function) {
  try {
    return function(json::parse(text));
  } catch (const json::exception&) {
    throw damaged_store("a column holds " + in_quotes(shortened(text, 40)) +
                        ", which is not what was written");
  }
}

}  // namespace

std::string numbers_to_json(const std::vector<double>& values) {
  json list = json::array();
  for (const double value : values) list.push_back(number(value));
  return dump(list);
}

std::vector<double> numbers_from_json(const std::string& text) {
  return from_json(text, [](const json& list) {
    std::vector<double> values;
    for (const json& value : list) values.push_back(number(value));
    return values;
  });
}

std::string named_values_to_json(const std::vector<NamedValue>& values) {
  json list = json::array();
  for (const NamedValue& value : values)
    list.push_back(json::array({value.name, number(value.value)}));
  return dump(list);
}

std::vector<NamedValue> named_values_from_json(const std::string& text) {
  return from_json(text, [](const json& list) {
    std::vector<NamedValue> values;
    for (const json& entry : list)
      values.push_back({entry.at(0).get<std::string>(), number(entry.at(1))});
    return values;
  });
}

std::string task_scores_to_json(const std::vector<TaskScore>& scores) {
  json list = json::array();
  for (const TaskScore& score : scores)
    list.push_back({{"task", score.task},
                    {"reward", number(score.reward)},
                    {"reward_error", number(score.reward_error)},
                    {"scene_strict", number(score.scene_strict)},
                    {"scene_strict_error", number(score.scene_strict_error)},
                    {"n", score.n}});
  return dump(list);
}

std::vector<TaskScore> task_scores_from_json(const std::string& text) {
  return from_json(text, [](const json& list) {
    std::vector<TaskScore> scores;
    for (const json& entry : list)
      scores.push_back({.task = entry.at("task").get<std::string>(),
                        .reward = number(entry.at("reward")),
                        .reward_error = number(entry.at("reward_error")),
                        .scene_strict = number(entry.at("scene_strict")),
                        .scene_strict_error = number(entry.at("scene_strict_error")),
                        .n = entry.at("n").get<std::int32_t>()});
    return scores;
  });
}

namespace {

json growth_json(const Growth& growth) {
  const TreeSchedule& schedule = growth.schedule;
  json steps = json::array();
  for (const StepPlan& step : schedule.steps)
    steps.push_back({{"branch", step.branch},
                     {"noise_level", number(step.noise_level)},
                     {"train", step.train}});
  return {{"roots", schedule.roots},
          {"shared_root_noise", schedule.shared_root_noise},
          {"window_start", schedule.window_start},
          {"latent_dimensions", growth.latent_dimensions},
          {"steps", steps}};
}

}  // namespace

std::string growth_to_json(const Growth& growth) { return dump(growth_json(growth)); }

std::string regrown_to_json(const Regrown& regrown) {
  json growth = growth_json({regrown.tree.schedule, regrown.tree.latent_dimensions});
  growth["regrown"] = {{"kind", regrown.kind == RegrowKind::leaves ? "leaves" : "subtree"},
                       {"node", regrown.node},
                       {"seed", regrown.seed},
                       {"iterations", regrown.weights.iterations},
                       {"updating", regrown.weights.updating},
                       {"log_prob_difference", number(regrown.log_prob_difference)}};
  return dump(growth);
}

void regrown_from_json(const std::string& text, Regrown& regrown) {
  from_json(text, [&](const json& value) {
    const json& how = value.at("regrown");
    regrown.kind =
        how.at("kind").get<std::string>() == "leaves" ? RegrowKind::leaves : RegrowKind::subtree;
    regrown.node = how.at("node").get<std::int32_t>();
    regrown.seed = how.at("seed").get<std::uint64_t>();
    regrown.weights = {.iterations = how.at("iterations").get<std::int32_t>(),
                       .updating = how.at("updating").get<bool>()};
    regrown.log_prob_difference = number(how.at("log_prob_difference"));
  });
}

Growth growth_from_json(const std::string& text) {
  return from_json(text, [](const json& value) {
    TreeSchedule schedule{.roots = value.at("roots").get<int>(),
                          .shared_root_noise = value.at("shared_root_noise").get<bool>(),
                          .steps = {},
                          .window_start = value.at("window_start").get<int>()};
    for (const json& step : value.at("steps"))
      schedule.steps.push_back({.branch = step.at("branch").get<int>(),
                                .noise_level = number(step.at("noise_level")),
                                .train = step.at("train").get<bool>()});
    return Growth{std::move(schedule), value.value("latent_dimensions", std::int64_t{0})};
  });
}

}  // namespace treegrpo
