#include "canvas/tree_layout.h"

#include <algorithm>
#include <cmath>

namespace treegrpo {
namespace {

constexpr std::int32_t collapsed_rows = 3;     // at most: room for the stack and its label
constexpr std::int64_t most_rows = 1'000'000;  // of leaves to come: a plan can ask for any number
constexpr float tail_dot_side = 3.4f;

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

// Final leaves under a node of each step.
std::vector<std::int32_t> finalLeaves(const TreeSchedule& schedule) {
  std::vector<std::int32_t> leaves(schedule.steps.size() + 1, 1);
  for (std::size_t step = schedule.steps.size(); step-- > 0;)
    leaves[step] = static_cast<std::int32_t>(std::min<std::int64_t>(
        most_rows, std::int64_t{leaves[step + 1]} * std::max(1, schedule.steps[step].branch)));
  return leaves;
}

// Fills a TreeLayout in passes over the nodes; parents stand before their children in a record.
class Placement {
 public:
  Placement(const TreeRecord& record, const LayoutOptions& options)
      : record_(record), final_leaves_(finalLeaves(record.schedule)) {
    out_.metrics = options.metrics;
    out_.shape = treeShape(record, options.order);
    out_.noisy = noisySteps(record.schedule);
    out_.leaf_side = 2 * options.metrics.row - 4;
    out_.nodes.resize(record.nodes.size());
    const bool hoisted = options.hoisted >= 0 && at(options.hoisted) < record.nodes.size();
    top_ = hoisted ? std::vector<std::int32_t>{options.hoisted} : out_.shape.roots;
    if (hoisted) out_.first_step = record.nodes[at(options.hoisted)].step;
    for (const std::int32_t node : options.collapsed)
      if (node >= 0 && at(node) < record.nodes.size() && !record.is_leaf(at(node)))
        out_.nodes[at(node)].collapsed = true;
  }

  TreeLayout run() && {
    countRows();
    placeSteps();
    placeRows();
    placeMiddles();
    findExtent();
    return std::move(out_);
  }

 private:
  std::int32_t count() const { return static_cast<std::int32_t>(record_.nodes.size()); }
  int step(std::int32_t node) const { return record_.nodes[at(node)].step; }
  PlacedNode& placed(std::int32_t node) { return out_.nodes[at(node)]; }

  // Children that the schedule still owes a node.
  std::int32_t missingChildren(std::int32_t node) const {
    if (step(node) >= record_.steps()) return 0;
    const auto grown = static_cast<std::int32_t>(out_.shape.childrenOf(node).size());
    return std::max(0, record_.schedule.steps[at(step(node))].branch - grown);
  }

  void countRows() {
    for (std::int32_t node = count(); node-- > 0;) {
      std::int64_t rows = 0;
      for (const std::int32_t child : out_.shape.childrenOf(node)) rows += placed(child).rows;
      if (const std::int32_t missing = missingChildren(node))
        rows += std::int64_t{missing} * final_leaves_[at(step(node) + 1)];
      rows = std::clamp<std::int64_t>(rows, 1, most_rows);
      if (placed(node).collapsed) rows = std::min<std::int64_t>(rows, collapsed_rows);
      placed(node).rows = static_cast<std::int32_t>(rows);
    }
  }

  float widthOf(int of_step) const {
    if (out_.noisy.none() || of_step < out_.noisy.first) return out_.metrics.prefix;
    if (of_step > out_.noisy.last) return out_.metrics.tail;
    const bool noisy = record_.schedule.steps[at(of_step)].noise_level > 0;
    return noisy ? out_.metrics.window : out_.metrics.prefix;
  }

  // Before rows make it smaller.
  float sideOf(int of_step) const {
    const TreeMetrics& metrics = out_.metrics;
    const NoisySteps noisy = out_.noisy;
    if (of_step == record_.steps()) return out_.leaf_side;
    if (!noisy.none() && of_step > noisy.last + 1) return tail_dot_side;
    if (!noisy.none() && of_step > noisy.last)
      return std::min(metrics.after_window, metrics.row - 2);
    if (!noisy.none() && of_step >= noisy.first)
      return of_step <= noisy.first + 1 ? metrics.branching : metrics.later;
    return of_step == 0 ? metrics.root : metrics.early;
  }

  void placeSteps() {
    out_.step_x.assign(at(record_.steps()) + 1, 0);
    float x = out_.metrics.left + sideOf(out_.first_step) / 2;
    for (int of_step = 0; of_step <= record_.steps(); ++of_step) {
      if (of_step == record_.steps() && of_step > out_.first_step) x += out_.leaf_side / 2;
      out_.step_x[at(of_step)] = x;
      if (of_step >= out_.first_step && of_step < record_.steps()) x += widthOf(of_step);
    }
  }

  Point leafAt(std::int32_t row) const {
    const float shift = row % 2 == 1 ? out_.leaf_side + 4 : 0;
    return {out_.step_x.back() + shift,
            out_.metrics.top + (static_cast<float>(row) + .5f) * out_.metrics.row};
  }

  void comeRows(std::int32_t from, std::int32_t to) {
    for (std::int32_t row = from; row < to; ++row) out_.coming.push_back(leafAt(row));
  }

  void placeRows() {
    for (const std::int32_t node : top_) {
      placed(node).shown = true;
      placed(node).first_row = out_.rows;
      out_.rows += placed(node).rows;
    }
    for (std::int32_t node = 0; node < count(); ++node) {
      if (!placed(node).shown || placed(node).collapsed) continue;
      std::int32_t row = placed(node).first_row;
      for (const std::int32_t child : out_.shape.childrenOf(node)) {
        placed(child).shown = true;
        placed(child).first_row = row;
        row += placed(child).rows;
      }
      if (missingChildren(node) > 0) comeRows(row, placed(node).first_row + placed(node).rows);
    }
  }

  float heightOf(float row) const { return out_.metrics.top + row * out_.metrics.row; }

  // Midway between the first and the last child, grown or to come.
  float middleOf(std::int32_t node) {
    const PlacedNode& own = placed(node);
    const auto first = static_cast<float>(own.first_row), rows = static_cast<float>(own.rows);
    const auto children = out_.shape.childrenOf(node);
    if (own.collapsed || children.empty()) return heightOf(first + rows / 2);
    const float top = placed(children.front()).at.y;
    const float bottom =
        missingChildren(node) > 0
            ? heightOf(first + rows - static_cast<float>(final_leaves_[at(step(node) + 1)]) / 2)
            : placed(children.back()).at.y;
    return (top + bottom) / 2;
  }

  // The side that stays within the rows of its subtree, so that no siblings meet.
  float sideWithin(std::int32_t node, float y) const {
    const PlacedNode& own = out_.nodes[at(node)];
    const float row = out_.metrics.row;
    const float above = y - heightOf(static_cast<float>(own.first_row));
    const float below = heightOf(static_cast<float>(own.first_row + own.rows)) - y;
    const float gap = own.rows == 1 ? 2.f : own.collapsed ? 13.f : 6.f;
    return std::clamp(2 * std::min(above, below) - gap, std::min(tail_dot_side, row), 1000.f);
  }

  void placeMiddles() {
    for (std::int32_t node = count(); node-- > 0;) {
      PlacedNode& own = placed(node);
      if (!own.shown) continue;
      if (step(node) == record_.steps()) {
        own.at = leafAt(own.first_row);
        own.side = out_.leaf_side;
        continue;
      }
      own.at = {out_.step_x[at(step(node))], middleOf(node)};
      own.tail = !out_.noisy.none() && step(node) > out_.noisy.last + 1 && !own.collapsed &&
                 step(node) > out_.first_step;
      own.side = own.tail ? tail_dot_side
                          : std::min(std::max(sideOf(step(node)), 2 * tail_dot_side),
                                     sideWithin(node, own.at.y));
    }
  }

  void findExtent() {
    out_.extent = {0, out_.metrics.top - 8, out_.step_x.back() + 1.5f * out_.leaf_side + 8,
                   static_cast<float>(out_.rows) * out_.metrics.row + 16};
  }

  const TreeRecord& record_;
  std::vector<std::int32_t> final_leaves_;
  std::vector<std::int32_t> top_;
  TreeLayout out_;
};

void sortByValue(const TreeRecord& record, std::span<std::int32_t> siblings) {
  const auto key = [&](std::int32_t node) {
    const double value = record.nodes[at(node)].value;
    return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
  };
  std::stable_sort(siblings.begin(), siblings.end(),
                   [&](std::int32_t a, std::int32_t b) { return key(a) > key(b); });
}

}  // namespace

TreeShape treeShape(const TreeRecord& record, SiblingOrder order) {
  const std::size_t count = record.nodes.size();
  TreeShape shape;
  shape.first.assign(count + 1, 0);
  for (std::size_t node = 0; node < count; ++node) {
    const std::int32_t parent = record.nodes[node].parent;
    if (parent < 0)
      shape.roots.push_back(static_cast<std::int32_t>(node));
    else
      ++shape.first[at(parent) + 1];
  }
  for (std::size_t node = 0; node < count; ++node) shape.first[node + 1] += shape.first[node];
  shape.children.resize(count - shape.roots.size());
  std::vector<std::int32_t> next(shape.first.begin(), shape.first.end() - 1);
  for (std::size_t node = 0; node < count; ++node)
    if (const std::int32_t parent = record.nodes[node].parent; parent >= 0)
      shape.children[at(next[at(parent)]++)] = static_cast<std::int32_t>(node);
  if (order == SiblingOrder::value) {
    sortByValue(record, shape.roots);
    for (std::size_t node = 0; node < count; ++node)
      sortByValue(record, std::span(shape.children)
                              .subspan(at(shape.first[node]),
                                       at(shape.first[node + 1] - shape.first[node])));
  }
  return shape;
}

NoisySteps noisySteps(const TreeSchedule& schedule) {
  NoisySteps noisy;
  for (int step = 0; step < static_cast<int>(schedule.steps.size()); ++step) {
    if (!(schedule.steps[at(step)].noise_level > 0)) continue;
    if (noisy.first < 0) noisy.first = step;
    noisy.last = step;
  }
  return noisy;
}

TreeLayout treeLayout(const TreeRecord& record, const LayoutOptions& options) {
  return Placement(record, options).run();
}

}  // namespace treegrpo
