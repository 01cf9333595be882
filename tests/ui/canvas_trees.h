// Trees that the tests of the canvas draw: grown from a schedule, with credit and small pictures.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "canvas/drawing.h"
#include "record/tree_record.h"
#include "support/tree_text.h"
#include "tree/advantage.h"

namespace treegrpo::test {

// `branch` children at each of `noisy` steps after `prefix` ODE steps, then `tail` ODE steps.
inline TreeSchedule windowSchedule(int prefix, int noisy, int tail, int branch, int roots = 1) {
  TreeSchedule schedule;
  schedule.roots = roots;
  schedule.steps.assign(static_cast<std::size_t>(prefix + noisy + tail), {});
  for (int step = prefix; step < prefix + noisy; ++step)
    schedule.steps[static_cast<std::size_t>(step)] = {branch, .7, true};
  schedule.window_start = prefix;
  return schedule;
}

// The tree of the mock-ups: 3 children at each of the steps 3, 4, 5 of 10; 27 leaves.
inline TreeSchedule mockupSchedule() { return windowSchedule(3, 3, 4, 3); }

inline void paintNodes(TreeRecord& record, int side) {
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    Image& image = record.nodes[node].image;
    image.width = image.height = side;
    image.rgb.assign(static_cast<std::size_t>(3 * side * side),
                     static_cast<std::uint8_t>(node % 200));
  }
}

inline void giveCredit(TreeRecord& record) {
  CreditState state;
  const Credit credit = assign_credit(std::span<const TreeRecord>(&record, 1), {}, state);
  apply(credit.records.front(), record);
}

// Whole, with rewards, credit and pictures of 8 × 8.
inline TreeRecord creditedTree(const TreeSchedule& schedule, unsigned seed = 1) {
  std::mt19937 random(seed);
  TreeRecord record = grown_tree(schedule, random, 2);
  paintNodes(record, 8);
  giveCredit(record);
  return record;
}

// The first nodes of a tree, as they stand while it is sampled.
inline TreeRecord grownSoFar(const TreeRecord& whole, std::size_t nodes) {
  TreeRecord record = whole;
  record.nodes.resize(nodes);
  for (TreeNode& node : record.nodes) node.value = node.advantage = no_value;
  record.rewards.clear();
  record.reward_names.clear();
  record.reward_weights.clear();
  return record;
}

inline std::shared_ptr<const TreeRecord> shared(TreeRecord record) {
  return std::make_shared<const TreeRecord>(std::move(record));
}

template <class Item>
std::vector<Item> itemsOf(const Drawing& drawing) {
  std::vector<Item> items;
  for (const DrawingItem& item : drawing.items)
    if (const Item* one = std::get_if<Item>(&item)) items.push_back(*one);
  return items;
}

inline std::vector<HitBox> hitsOf(const Drawing& drawing, HitKind kind) {
  std::vector<HitBox> hits;
  for (const HitBox& hit : drawing.hits)
    if (hit.kind == kind) hits.push_back(hit);
  return hits;
}

inline bool hasText(const Drawing& drawing, const std::string& text) {
  for (const TextItem& item : itemsOf<TextItem>(drawing))
    if (item.text == text) return true;
  return false;
}

}  // namespace treegrpo::test
