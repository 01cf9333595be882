#include "support/tree_text.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace treegrpo::test {
namespace {

struct Line {
  TreeNode node;
  std::size_t parent_line = 0;
  std::vector<double> rewards;
};

NodeKind kind_named(const std::string& name) {
  if (name == "root") return NodeKind::root;
  if (name == "sde") return NodeKind::sde;
  if (name == "ode") return NodeKind::ode;
  throw std::invalid_argument("a drawn node is root, sde or ode, not '" + name + "'");
}

Line parse_line(const std::string& text) {
  Line line;
  std::istringstream words(text);
  std::string word;
  words >> word;
  line.node.kind = kind_named(word);
  bool rewards = false;
  while (words >> word) {
    if (word == "=")
      rewards = true;
    else if (rewards)
      line.rewards.push_back(std::stod(word));
    else
      line.node.log_prob = std::stod(word);
  }
  return line;
}

// Steps from the indentation, which a drawing in an indented raw string shares.
std::vector<Line> parse(std::string_view drawing) {
  std::vector<Line> lines;
  std::vector<std::size_t> open;  // line of the newest node of each step
  std::size_t margin = std::string::npos;
  int roots = 0;
  std::istringstream stream{std::string(drawing)};
  for (std::string text; std::getline(stream, text);) {
    const std::size_t indent = text.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    margin = std::min(margin, indent);
    const std::size_t step = (indent - margin) / 2;
    Line line = parse_line(text);
    if (step > open.size() || (step == 0) != (line.node.kind == NodeKind::root))
      throw std::invalid_argument("a drawn node stands at the wrong depth: '" + text + "'");
    open.resize(step);
    line.node.step = static_cast<std::int32_t>(step);
    if (step > 0) {
      line.parent_line = open.back();
      line.node.tree = roots - 1;
    } else {
      line.node.tree = roots++;
    }
    open.push_back(lines.size());
    lines.push_back(line);
  }
  return lines;
}

TreeSchedule schedule_of(const TreeRecord& record) {
  TreeSchedule schedule;
  schedule.roots = 0;
  for (const TreeNode& node : record.nodes) {
    if (node.step == 0) {
      ++schedule.roots;
      continue;
    }
    schedule.steps.resize(std::max(schedule.steps.size(), static_cast<std::size_t>(node.step)));
    StepPlan& plan = schedule.steps[static_cast<std::size_t>(node.step) - 1];
    plan.branch = std::max(plan.branch, node.child + 1);
    if (node.kind == NodeKind::sde) plan = {plan.branch, .7, true};
  }
  return schedule;
}

void name_columns(TreeRecord& record, std::size_t columns) {
  record.rewards.resize(columns);
  record.reward_weights.assign(columns, 1);
  for (std::size_t column = 0; column < columns; ++column)
    record.reward_names.push_back(std::string("r").append(std::to_string(column)));
}

void set_sigmas(TreeRecord& record) {
  for (int step = 0; step <= record.steps(); ++step)
    record.sigmas.push_back(1 - static_cast<double>(step) / record.steps());
}

}  // namespace

TreeRecord tree_from_text(std::string_view drawing) {
  const std::vector<Line> lines = parse(drawing);
  std::vector<std::size_t> order(lines.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return lines[a].node.step < lines[b].node.step;
  });
  std::vector<std::int32_t> node_of_line(lines.size());
  TreeRecord record;
  record.text = "a drawn tree";
  std::vector<std::int32_t> children_so_far(lines.size());
  for (const std::size_t at : order) {
    const Line& line = lines[at];
    node_of_line[at] = static_cast<std::int32_t>(record.nodes.size());
    TreeNode node = line.node;
    if (node.step > 0) {
      node.parent = node_of_line[line.parent_line];
      node.child = children_so_far[line.parent_line]++;
    }
    record.nodes.push_back(node);
    if (record.rewards.size() < line.rewards.size()) name_columns(record, line.rewards.size());
    for (std::size_t column = 0; column < line.rewards.size(); ++column)
      record.rewards[column].push_back(line.rewards[column]);
  }
  record.schedule = schedule_of(record);
  set_sigmas(record);
  return record;
}

std::string text_from_tree(const TreeRecord& record) {
  constexpr const char* names[] = {"root", "sde", "ode"};
  const auto below = children(record);
  std::string text;
  const auto draw = [&](const auto& self, std::size_t node) -> void {
    text += std::string(static_cast<std::size_t>(record.nodes[node].step) * 2, ' ') +
            std::to_string(node) + " " + names[static_cast<int>(record.nodes[node].kind)] + "\n";
    for (const std::int32_t child : below[node]) self(self, static_cast<std::size_t>(child));
  };
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    if (record.nodes[node].parent < 0) draw(draw, node);
  return text;
}

TreeRecord grown_tree(const TreeSchedule& schedule, std::mt19937& random, std::size_t columns) {
  TreeRecord record;
  record.text = "a grown tree";
  record.schedule = schedule;
  record.latent_dimensions = 200;
  set_sigmas(record);
  std::normal_distribution<double> log_prob(-1, .05);
  for (std::int32_t tree = 0; tree < schedule.roots; ++tree)
    record.nodes.push_back({.tree = tree, .image = {}});
  std::size_t first = 0;
  for (std::size_t step = 0; step < schedule.steps.size(); ++step) {
    const StepPlan& plan = schedule.steps[step];
    const std::size_t last = record.nodes.size();
    for (std::size_t parent = first; parent < last; ++parent)
      for (std::int32_t child = 0; child < plan.branch; ++child) {
        TreeNode node;
        node.parent = static_cast<std::int32_t>(parent);
        node.tree = record.nodes[parent].tree;
        node.child = child;
        node.step = static_cast<std::int32_t>(step) + 1;
        node.kind = plan.noise_level > 0 ? NodeKind::sde : NodeKind::ode;
        if (plan.noise_level > 0) node.log_prob = log_prob(random);
        record.nodes.push_back(node);
      }
    first = last;
  }
  name_columns(record, columns);
  std::uniform_real_distribution<double> reward(0, 1);
  for (auto& column : record.rewards)
    for (std::size_t leaf = first; leaf < record.nodes.size(); ++leaf)
      column.push_back(reward(random));
  return record;
}

}  // namespace treegrpo::test
