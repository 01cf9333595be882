#include "views/credit_ledger.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_values = 12;  // of one row; the rest is counted in words

// What the rows are made of.
struct Ledger {
  const TreeRecord& record;
  const TreeFigures& figures;
  const CreditTrace* trace;
  std::int32_t node;
  std::vector<std::int32_t> all_leaves;
  std::vector<std::size_t> below;  // places among the leaves of those under the node
};

const TreeNode& nodeOf(const Ledger& ledger, std::int32_t node) {
  return ledger.record.nodes[static_cast<std::size_t>(node)];
}

std::string nameOf(const Ledger& ledger, std::int32_t node) {
  return nodeName(ledger.record, ledger.figures, node);
}

bool isUnder(const TreeRecord& record, std::int32_t leaf, std::int32_t node) {
  while (leaf > node) leaf = record.nodes[static_cast<std::size_t>(leaf)].parent;
  return leaf == node;
}

void boundValues(LedgerRow& row) {
  if (row.values.size() <= most_values) return;
  const std::size_t more = row.values.size() - most_values;
  row.values.resize(most_values);
  row.text = "and " + std::to_string(more) + " more" + (row.text.empty() ? "" : "; ") + row.text;
}

LedgerRow rewardRow(const Ledger& ledger) {
  LedgerRow row{.label = ledger.below.size() == 1 ? "leaf reward" : "leaf rewards",
                .values = {},
                .text = {},
                .tooltip =
                    "R of each leaf below this node: the sum of weight × raw reward over "
                    "its reward columns. Best first."};
  if (!ledger.figures.rewarded) {
    row.text = "not known before all leaves of the prompt are scored";
    return row;
  }
  for (const std::size_t place : ledger.below)
    row.values.push_back(
        {fixedText(total_reward(ledger.record, place), 3), ledger.all_leaves[place]});
  boundValues(row);
  return row;
}

std::string divisorWords(const NormalisationTrace& column) {
  if (column.skipped) return "all equal, gives no advantage";
  if (column.divisor == column.deviation) return "";
  if (column.divisor == 1) return "only centred, not divided";
  const std::string by = "divided by " + shortText(column.divisor);
  return column.divisor > column.deviation ? by + ", larger than its own deviation"
                                           : by + ", not by its own deviation";
}

void addGroupRows(const Ledger& ledger, std::vector<LedgerRow>& rows) {
  bool first = true;
  for (const NormalisationTrace& column : ledger.trace->normalisation) {
    const std::string words = divisorWords(column);
    rows.push_back({.label = first ? "group of " + std::to_string(ledger.all_leaves.size()) : "",
                    .values = {},
                    .text = column.reward + " " + fixedText(column.mean, 3) + " ± " +
                            fixedText(column.deviation, 3) + (words.empty() ? "" : "; " + words),
                    .tooltip = "Mean ± standard deviation (divided by n) of this reward over all "
                               "leaves of the prompt; z = (R − mean) / deviation."});
    first = false;
  }
}

std::string plainWeight(double weight) {
  std::string text = fixedText(weight, 3);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// "A = 0.8 z(match) + 0.2 z(clean)", columns that give nothing left out.
std::string leafRule(const CreditTrace& trace) {
  std::string sum;
  for (const NormalisationTrace& column : trace.normalisation) {
    if (column.skipped) continue;
    const std::string sign =
        sum.empty() ? (column.weight < 0 ? "−" : "") : (column.weight < 0 ? " − " : " + ");
    sum += sign + plainWeight(std::abs(column.weight)) + " z(" + column.reward + ")";
  }
  return sum.empty() ? "A = 0: no reward of this prompt varies" : "A = " + sum;
}

// The leaves of a trace stand in the order of the record's.
const LeafTrace* leafTraceOf(const Ledger& ledger, std::size_t place) {
  const auto& leaves = ledger.trace->leaves;
  return place < leaves.size() && leaves[place].node == ledger.all_leaves[place] ? &leaves[place]
                                                                                 : nullptr;
}

void addLeafRule(const Ledger& ledger, std::vector<LedgerRow>& rows) {
  LedgerRow row{.label = "leaf rule",
                .values = {},
                .text = leafRule(*ledger.trace),
                .tooltip = "How one leaf gets its advantage from its normalised rewards."};
  rows.push_back(row);
  const LeafTrace* leaf = ledger.below.empty() ? nullptr : leafTraceOf(ledger, ledger.below[0]);
  // Most rules back up the weighted sum itself; only another score needs words of its own.
  if (leaf == nullptr || leaf->formula.empty() || leaf->score == leaf->advantage) return;
  rows.push_back({.label = "leaf score",
                  .values = {},
                  .text = leaf->formula,
                  .tooltip = "What this credit rule backs up from a leaf in place of A."});
}

// Of a single leaf: the z-score of each column, spelled out.
void addColumnRows(const Ledger& ledger, const LeafTrace& leaf, std::vector<LedgerRow>& rows) {
  for (std::size_t at = 0; at < leaf.normalised.size(); ++at) {
    const NormalisationTrace& column = ledger.trace->normalisation[at];
    if (column.skipped) continue;
    rows.push_back(
        {.label = "z(" + column.reward + ")",
         .values = {{fixedText(leaf.raw[at], 3), leaf.node}},
         .text = "− " + fixedText(column.mean, 3) +
                 (column.divisor == 1 ? "" : " over " + plainWeight(column.divisor)) + " = " +
                 signedText(leaf.normalised[at], 2),
         .tooltip = "z = (R − mean) / deviation of this leaf's raw reward within the group."});
  }
}

void addLeafScores(const Ledger& ledger, std::vector<LedgerRow>& rows) {
  LedgerRow row{.label = ledger.below.size() == 1 ? "leaf advantage" : "leaf advantages",
                .values = {},
                .text = {},
                .tooltip =
                    "What each leaf below is given before it is backed up, by the leaf "
                    "rule above; in the order of the rewards."};
  for (const std::size_t place : ledger.below)
    if (const LeafTrace* leaf = leafTraceOf(ledger, place)) {
      row.values.push_back({signedText(leaf->score, 2), leaf->node, leaf->score});
      if (ledger.below.size() == 1) addColumnRows(ledger, *leaf, rows);
    }
  boundValues(row);
  rows.push_back(std::move(row));
}

bool isPlainMean(const EdgeTrace& edge) {
  return std::all_of(edge.terms.begin(), edge.terms.end(), [&edge](const CreditTerm& term) {
    return term.node != of_a_group &&
           std::abs(term.weight * static_cast<double>(edge.terms.size()) - 1) < 1e-9;
  });
}

LedgerRow termsRow(const EdgeTrace& edge) {
  const bool mean = isPlainMean(edge);
  const bool children = mean && edge.terms.size() > 1;  // the total says that it is their mean
  LedgerRow row{.label = children ? "child values" : "edge sums",
                .values = {},
                .text = children ? "" : edge.formula,
                .tooltip =
                    "The summands of this edge's advantage: Σ weight × value. The weight "
                    "is left out where all are 1 / n."};
  for (const CreditTerm& term : edge.terms)
    row.values.push_back({mean ? signedText(term.value, 2)
                               : fixedText(term.weight, 3) + " × " + signedText(term.value, 2),
                          term.node == of_a_group ? -1 : term.node, mean ? term.value : no_value});
  boundValues(row);
  return row;
}

std::string outcomeWords(const Ledger& ledger, const EdgeTrace& edge) {
  if (!trains(ledger.record, edge.node))
    return "this edge is deterministic or not trained: no advantage, its value passes through";
  if (std::isnan(edge.advantage))
    return "no reward of this prompt varies: nothing to learn from it";
  const std::string between = "edge " + nameOf(ledger, nodeOf(ledger, edge.node).parent) + " → " +
                              nameOf(ledger, edge.node);
  if (edge.advantage == edge.unclamped) return between + ", not clamped";
  return between + ", clamped from " + signedText(edge.unclamped, 2);
}

void addEdgeRows(const Ledger& ledger, std::vector<LedgerRow>& rows) {
  const auto& edges = ledger.trace->edges;
  const auto edge = std::find_if(edges.begin(), edges.end(), [&ledger](const EdgeTrace& one) {
    return one.node == ledger.node;
  });
  if (edge == edges.end()) {
    rows.push_back(
        {.label = "edge", .values = {}, .text = "none leads into a root", .tooltip = {}});
    return;
  }
  rows.push_back(termsRow(*edge));
  const std::size_t count = edge->terms.size();
  LedgerRow row{
      .label = isPlainMean(*edge) && count > 1 ? "mean of " + std::to_string(count) : "advantage A",
      .values = {},
      .text = outcomeWords(ledger, *edge),
      .tooltip = "A of the edge: the sum above, clamped to ± the limit of the run.",
      .total = true};
  if (!std::isnan(edge->advantage))
    row.values.push_back({signedText(edge->advantage, 2), edge->node, edge->advantage});
  rows.push_back(std::move(row));
}

Ledger ledgerOf(const TreeRecord& record, const TreeFigures& figures, const CreditTrace* trace,
                std::int32_t node) {
  Ledger ledger{record, figures, trace, node, leaves(record), {}};
  for (std::size_t place = 0; place < ledger.all_leaves.size(); ++place)
    if (isUnder(record, ledger.all_leaves[place], node)) ledger.below.push_back(place);
  if (figures.rewarded)
    std::stable_sort(ledger.below.begin(), ledger.below.end(), [&record](auto a, auto b) {
      return total_reward(record, a) > total_reward(record, b);
    });
  return ledger;
}

// In code points, as a column of text counts them.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

std::vector<LedgerRow> creditLedger(const TreeRecord& record, const TreeFigures& figures,
                                    const CreditTrace* trace, std::int32_t node) {
  std::vector<LedgerRow> rows;
  if (node < 0 || static_cast<std::size_t>(node) >= record.nodes.size()) return rows;
  const Ledger ledger = ledgerOf(record, figures, trace, node);
  rows.push_back(rewardRow(ledger));
  if (trace == nullptr) {
    if (figures.rewarded)
      rows.push_back({.label = "arithmetic",
                      .values = {},
                      .text = figures.credited ? "told once the iteration is stored"
                                               : "not there: no credit has been assigned to this "
                                                 "tree yet",
                      .tooltip = {}});
    return rows;
  }
  addGroupRows(ledger, rows);
  addLeafRule(ledger, rows);
  addLeafScores(ledger, rows);
  addEdgeRows(ledger, rows);
  return rows;
}

std::string ledgerText(const std::vector<LedgerRow>& rows) {
  std::size_t column = 0;
  for (const LedgerRow& row : rows) column = std::max(column, width(row.label));
  std::string text;
  for (const LedgerRow& row : rows) {
    text += row.label + std::string(column - width(row.label), ' ');
    for (const LedgerValue& value : row.values) text += "  " + value.text;
    if (!row.text.empty()) text += "  " + row.text;
    text += "\n";
  }
  return text;
}

}  // namespace treegrpo
