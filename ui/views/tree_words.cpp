#include "views/tree_words.h"

#include <cmath>

#include "canvas/number_text.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

QString spokenNumber(double value, int decimals) {
  const QString number = QString::fromStdString(fixedText(std::abs(value), decimals));
  return (value < 0 ? QStringLiteral("minus ") : QStringLiteral("plus ")) + number;
}

QString counted(std::int64_t count, const QString& one, const QString& many) {
  return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

std::int64_t childCount(const TreeRecord& record, std::int32_t node) {
  std::int64_t count = 0;
  for (std::size_t other = at(node); other < record.nodes.size(); ++other)
    count += record.nodes[other].parent == node;
  return count;
}

QString stepTip(const TreeRecord& record, std::int32_t step) {
  const double sigma = at(step) < record.sigmas.size() ? record.sigmas[at(step)] : no_value;
  const QString place = QStringLiteral(
                            "Step t = %1 of %2: denoising steps done. σ = %3: share of "
                            "noise left, 1 is noise, 0 the image.")
                            .arg(step)
                            .arg(record.steps())
                            .arg(QString::fromStdString(fixedText(sigma, 3)));
  QString next;
  if (step < record.steps()) {
    const StepPlan& plan = record.schedule.steps[at(step)];
    next =
        plan.noise_level > 0
            ? QStringLiteral("\nThe step from here draws noise (SDE), noise level %1; %2 a node.")
                  .arg(QString::fromStdString(fixedText(plan.noise_level, 2)),
                       counted(plan.branch, QStringLiteral("child"), QStringLiteral("children")))
            : QStringLiteral("\nThe step from here draws no noise (ODE).");
  }
  return place + next + QStringLiteral("\nClick: selects all nodes of this step.");
}

QString legendTip(std::int32_t entry, Overlay overlay) {
  if (entry == static_cast<std::int32_t>(LegendEntry::best))
    return QStringLiteral(
        "The leaf of the highest total reward R = Σ w·r over the reward columns."
        "\nClick: selects it.");
  if (entry == static_cast<std::int32_t>(LegendEntry::lines))
    return QStringLiteral(
        "Solid: a step that draws noise (SDE). Dashed: one that draws none "
        "(ODE); it has no density, so it never trains.\nClick: edges show the "
        "next number.");
  return overlayTip(overlay) + QStringLiteral("\nClick: edges show the next number.");
}

}  // namespace

QString spokenNode(const TreeRecord& record, const TreeFigures& figures, std::int32_t node) {
  if (node < 0 || at(node) >= record.nodes.size())
    return QStringLiteral("%1, no node selected")
        .arg(counted(static_cast<std::int64_t>(record.nodes.size()), QStringLiteral("node"),
                     QStringLiteral("nodes")));
  const double advantage = record.nodes[at(node)].advantage;
  const QString name = QString::fromStdString(nodeName(record, figures, node));
  const QString credit = std::isnan(advantage)
                             ? QStringLiteral("no advantage")
                             : QStringLiteral("advantage ") + spokenNumber(advantage, 2);
  if (!record.is_leaf(at(node)))
    return QStringLiteral("node %1, %2, %3")
        .arg(
            name, credit,
            counted(childCount(record, node), QStringLiteral("child"), QStringLiteral("children")));
  const double reward = figures.reward[at(node)];
  const QString scored =
      std::isnan(reward) ? QStringLiteral("no reward yet")
                         : QStringLiteral("reward ") + QString::fromStdString(fixedText(reward, 3));
  return QStringLiteral("leaf %1, %2, %3").arg(name, credit, scored);
}

QString overlayTip(Overlay overlay) {
  switch (overlay) {
    case Overlay::advantage:
      return QStringLiteral(
          "Advantage A of a step: how much better the leaves below it did than their group; what "
          "its edge trains with. No unit (standard deviations of reward). The inspector shows the "
          "sum behind each one.\nLeaf: A = Σ w·(r − mean) / std over the reward columns; inner "
          "edges by the credit rule.");
    case Overlay::log_prob:
      return QStringLiteral(
          "Log-probability log π of the step under the weights that drew it, mean over the D "
          "numbers of a latent. Unit: nats.\nlog π = mean log N(x; μ, s²)");
    case Overlay::ratio:
      return QStringLiteral(
          "Ratio ρ of new to old policy in the first training pass. No unit; 1 is no change.\n"
          "ρ = exp(log π new − log π old)");
    case Overlay::kl:
      return QStringLiteral(
          "KL divergence of the step from the reference weights, where it was computed. Unit: "
          "nats.\nKL = mean of (μ − μ_ref)² / 2s² over the D numbers of a latent");
    case Overlay::reward:
      return QStringLiteral(
          "Mean total reward of the leaves below. In units of the rewards.\nR = Σ w·r over the "
          "reward columns");
    case Overlay::value:
      return QStringLiteral(
          "Value V: what the credit rule backs up from the leaves below. No unit.");
    case Overlay::none:
      return QStringLiteral("Edges show no number.");
    case Overlay::given:
      return QStringLiteral("How far the node is from the one at the same path of the other tree.");
  }
  return {};
}

QString hitTip(const TreeRecord& record, const HitBox& hit, Overlay overlay) {
  switch (hit.kind) {
    case HitKind::step:
      return stepTip(record, hit.target);
    case HitKind::legend:
      return legendTip(hit.target, overlay);
    case HitKind::expander:
      return QStringLiteral(
          "Collapsed: leaves below, and the best total reward among them.\nClick: opens it.");
    case HitKind::node:
    case HitKind::edge:
    case HitKind::badge:
      return {};
  }
  return {};
}

QString advantageColumnTip() {
  return QStringLiteral(
      "A of each leaf: its score as the credit rule backs it up. No unit (standard deviations of "
      "reward).\nA = Σ w·(r − mean) / std over the reward columns");
}

QString rewardColumnTip() {
  return QStringLiteral(
      "R of each leaf: its total reward; the dotted line is the mean of the tree. In units of the "
      "rewards.\nR = Σ w·r over the reward columns");
}

}  // namespace treegrpo
