#include "views/node_numbers.h"

#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

struct Subject {
  const TreeRecord& record;
  const TreeFigures& figures;
  std::int32_t node;
  const TreeNode& of;
};

// A number that ought to be there is written NaN, one that need not be a dash.
std::string text(double value, bool expected, std::string written) {
  return expected && std::isnan(value) ? "NaN" : written;
}

std::string stepText(const Subject& subject) {
  const auto step = static_cast<std::size_t>(subject.of.step);
  const std::string sigma = step < subject.record.sigmas.size()
                                ? shortText(subject.record.sigmas[step])
                                : fixedText(no_value, 1);
  return std::to_string(subject.of.step) + ", " + sigma;
}

std::string noiseText(const Subject& subject) {
  if (subject.of.kind != NodeKind::sde) return fixedText(no_value, 2);
  const auto step = static_cast<std::size_t>(subject.of.step - 1);
  return fixedText(subject.record.schedule.steps[step].noise_level, 2);
}

// Long keys are cut in the middle; the tooltip has all of it.
std::string shortKey(const std::string& key) {
  constexpr std::size_t end = 7;
  return key.size() <= 2 * end + 3 ? key : key.substr(0, end) + "…" + key.substr(key.size() - end);
}

void addStep(const Subject& subject, std::vector<NodeNumber>& lines) {
  const TreeNode& node = subject.of;
  lines.push_back({"step t, noise σ",
                   "Denoising steps done (t of T) and the noise that is left, σ from 1 to 0.",
                   stepText(subject)});
  lines.push_back({"log π old",
                   "Log-density of the step into this node under the weights that sampled it, mean "
                   "over the latent's dimensions, in nats; none on an ODE step.",
                   text(node.log_prob, node.kind == NodeKind::sde, fixedText(node.log_prob, 4))});
}

void addPolicy(const Subject& subject, std::vector<NodeNumber>& lines) {
  const double ratio = subject.of.ratio;
  const bool measured = trains(subject.record, subject.node) && !subject.figures.ratio.none();
  lines.push_back({"Δ log π",
                   "log π new − log π old in the first training pass: ln ρ, in nats a dimension.",
                   text(ratio, measured, shortText(std::log(ratio)))});
  lines.push_back({"ratio ρ",
                   "π new / π old = exp(Δ log π) of the step into this node in the first training "
                   "pass; the objective clips it to 1 ± ε.",
                   text(ratio, measured, fixedText(ratio, 5))});
}

void addCredit(const Subject& subject, std::vector<NodeNumber>& lines) {
  const auto at = static_cast<std::size_t>(subject.node);
  const double advantage = subject.of.advantage;
  const bool credited = trains(subject.record, subject.node) && subject.figures.credited;
  lines.push_back({"mean reward R", "Mean over the leaves below of R = Σ weight × raw reward.",
                   fixedText(subject.figures.reward[at], 3)});
  lines.push_back({"advantage A",
                   "Of the edge into this node, clamped: what the objective weighs it with. A dash "
                   "where the edge does not train.",
                   text(advantage, credited, signedText(advantage, 2)), advantage});
  lines.push_back({"leaves below", "Images that descend from this node.",
                   std::to_string(subject.figures.leaf_count[at])});
}

void addRewards(const Subject& subject, const std::vector<std::vector<double>>& below,
                std::vector<NodeNumber>& lines) {
  const auto at = static_cast<std::size_t>(subject.node);
  for (std::size_t column = 0; column < below.size(); ++column) {
    const std::string& name = subject.record.reward_names[column];
    lines.push_back({"reward " + name,
                     "Mean over the leaves below of the raw reward " + name + ", weight " +
                         fixedText(subject.record.reward_weights[column], 2) + ".",
                     fixedText(below[column][at], 3)});
  }
  lines.push_back({"best reward below", "The highest R among the leaves below.",
                   fixedText(subject.figures.best_below[at], 3)});
  lines.push_back({"value V",
                   "What is backed up to this node from the scores of its leaves, in units of the "
                   "group's deviation.",
                   signedText(subject.of.value, 2)});
}

void addSampling(const Subject& subject, std::vector<NodeNumber>& lines) {
  const std::string key = nodeKey(subject.record, subject.node);
  lines.push_back({"key",
                   key + ": child numbers from the root, from 0. With the seed they make the noise "
                         "of this node, whatever else is sampled.",
                   shortKey(key)});
  lines.push_back({"noise level a",
                   "How much noise the step into this node draws; a dash on an ODE step, which "
                   "draws none.",
                   noiseText(subject)});
  lines.push_back({"KL to reference",
                   "Divergence of the step into this node from the reference weights, in nats; a "
                   "dash where it was not computed.",
                   shortText(subject.of.kl)});
  lines.push_back({"NFE so far",
                   "Network evaluations on the path from the root: one a step; siblings share "
                   "theirs.",
                   std::to_string(subject.of.step)});
}

}  // namespace

std::vector<std::vector<double>> rewardsBelow(const TreeRecord& record,
                                              const TreeFigures& figures) {
  if (!figures.rewarded) return {};
  const std::vector<std::int32_t> all_leaves = leaves(record);
  std::vector<std::vector<double>> below;
  for (const std::vector<double>& rewards : record.rewards) {
    std::vector<double> sum(record.nodes.size(), 0);
    for (std::size_t place = 0; place < all_leaves.size(); ++place)
      sum[static_cast<std::size_t>(all_leaves[place])] = rewards[place];
    for (std::size_t node = record.nodes.size(); node-- > 0;)  // children stand after parents
      if (const std::int32_t parent = record.nodes[node].parent; parent >= 0)
        sum[static_cast<std::size_t>(parent)] += sum[node];
    for (std::size_t node = 0; node < sum.size(); ++node) sum[node] /= figures.leaf_count[node];
    below.push_back(std::move(sum));
  }
  return below;
}

std::vector<NodeNumber> nodeNumbers(const TreeRecord& record, const TreeFigures& figures,
                                    const std::vector<std::vector<double>>& below,
                                    std::int32_t node) {
  const Subject subject{record, figures, node, record.nodes[static_cast<std::size_t>(node)]};
  std::vector<NodeNumber> lines;
  addStep(subject, lines);
  addPolicy(subject, lines);
  addCredit(subject, lines);
  for (NodeNumber& line : lines) line.main = true;
  addRewards(subject, below, lines);
  addSampling(subject, lines);
  return lines;
}

std::string nodeKey(const TreeRecord& record, std::int32_t node) {
  std::string key;
  for (const std::int32_t child : path(record, node))
    key += (key.empty() ? "" : ".") + std::to_string(child);
  return key.empty() ? "root" : key;
}

std::string nodeState(const TreeRecord& record, std::int32_t node) {
  const auto at = static_cast<std::size_t>(node);
  const TreeNode& of = record.nodes[at];
  std::string state = of.kind == NodeKind::root ? "root" : of.kind == NodeKind::sde ? "SDE" : "ODE";
  if (record.is_leaf(at)) return state + " leaf";
  const int branch = record.schedule.steps[static_cast<std::size_t>(of.step)].branch;
  return branch > 1 ? state + " ×" + std::to_string(branch) : state;
}

std::string latentWords(const TreeRecord& record, std::int32_t node) {
  const auto step = static_cast<std::size_t>(record.nodes[static_cast<std::size_t>(node)].step);
  std::string words =
      "xₜ: the noisy latent of this node itself, decoded. xₜ = (1 − σ) x₀ + σ ε: the noise alone "
      "at "
      "the root, the image at a leaf";
  if (step < record.sigmas.size()) words += "; here σ = " + fixedText(record.sigmas[step], 2);
  return words + ". Latents are not stored: it is drawn again from the key of its noise.";
}

}  // namespace treegrpo
