#include "cli/tree_text.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

// What the lines of one record are made from.
struct Source {
  const TreeRecord& record;
  std::vector<std::vector<std::int32_t>> children;
  std::vector<double> leaf_reward;  // by node; none at inner nodes
};

Source source_of(const TreeRecord& record) {
  Source source{record, children(record), std::vector<double>(record.nodes.size(), no_value)};
  std::size_t leaf = 0;
  for (const std::int32_t node : leaves(record))
    source.leaf_reward[static_cast<std::size_t>(node)] = total_reward(record, leaf++);
  return source;
}

// The end of the ODE steps that follow a node without branching.
std::size_t end_of_chain(const Source& source, std::size_t node) {
  while (source.children[node].size() == 1) {
    const auto child = static_cast<std::size_t>(source.children[node].front());
    if (source.record.nodes[child].kind != NodeKind::ode) break;
    node = child;
  }
  return node;
}

std::string line(const Source& source, std::size_t node, std::size_t end) {
  const TreeNode& first = source.record.nodes[node];
  const TreeNode& last = source.record.nodes[end];
  std::string text = fmt::format("#{}", node);
  if (first.kind == NodeKind::root) text += fmt::format(" root of tree {}", first.tree);
  text +=
      fmt::format(", σ {}", decimal(source.record.sigmas.at(static_cast<std::size_t>(first.step))));
  if (!std::isnan(first.advantage)) text += bold(", advantage " + signed_decimal(first.advantage));
  if (!std::isnan(first.value)) text += ", value " + signed_decimal(first.value);
  if (!std::isnan(first.log_prob)) text += dim(", log_prob " + decimal(first.log_prob));
  if (end != node) text += fmt::format(" → {} ODE → #{}", last.step - first.step, end);
  if (!std::isnan(source.leaf_reward[end])) text += ", reward " + decimal(source.leaf_reward[end]);
  return text;
}

void append(const Source& source, std::size_t node, const std::string& indent, std::string& text) {
  const std::size_t end = end_of_chain(source, node);
  text += line(source, node, end) + "\n";
  const auto& below = source.children[end];
  for (std::size_t i = 0; i < below.size(); ++i) {
    const bool is_last = i + 1 == below.size();
    text += indent + (is_last ? "└─ " : "├─ ");
    append(source, static_cast<std::size_t>(below[i]), indent + (is_last ? "   " : "│  "), text);
  }
}

std::string terms_text(const std::vector<CreditTerm>& terms) {
  std::string text;
  for (const CreditTerm& term : terms)
    text += fmt::format("{}{}·{} ({})", text.empty() ? "" : " + ", decimal(term.weight),
                        signed_decimal(term.value),
                        term.node == of_a_group ? "group" : fmt::format("#{}", term.node));
  return text;
}

std::string list_text(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : ", ") + decimal(value);
  return text;
}

}  // namespace

std::string tree_text(const TreeRecord& record) {
  const Source source = source_of(record);
  std::string text;
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    if (record.nodes[node].parent < 0) append(source, node, "", text);
  return text;
}

std::string trace_text(const CreditTrace& trace) {
  std::string text = fmt::format("Credit by rule {}, backup {}\n", trace.rule, trace.backup);
  text += "Rewards: (raw − mean) / divisor, times weight\n";
  for (const NormalisationTrace& column : trace.normalisation)
    text += fmt::format("  {}: mean {}, deviation {}, divisor {}, weight {}{}\n", column.reward,
                        decimal(column.mean, 4), decimal(column.deviation, 4),
                        decimal(column.divisor, 4), decimal(column.weight),
                        column.skipped ? "; skipped: no variance" : "");
  text += "Leaves: raw → normalised → advantage; what is backed up, where that is something else\n";
  for (const LeafTrace& leaf : trace.leaves) {
    text += fmt::format("  #{}: {} → {} → {}", leaf.node, list_text(leaf.raw),
                        list_text(leaf.normalised), signed_decimal(leaf.advantage));
    if (leaf.score != leaf.advantage)
      text += fmt::format("; {}: {} = {}", leaf.formula, terms_text(leaf.terms),
                          signed_decimal(leaf.score));
    text += "\n";
  }
  text += "Edges that train, named by their child\n";
  for (const EdgeTrace& edge : trace.edges) {
    if (std::isnan(edge.advantage)) continue;
    text += fmt::format(
        "  #{}: {}: {} = {}{}\n", edge.node, edge.formula, terms_text(edge.terms),
        signed_decimal(edge.unclamped),
        edge.advantage != edge.unclamped ? ", clamped to " + signed_decimal(edge.advantage) : "");
  }
  return text;
}

}  // namespace treegrpo::cli
