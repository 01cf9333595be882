#include "compare/tree_pairs.h"

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr std::size_t longest_shown = 60;  // bytes of a prompt

// A node by the node of the other tree that its parent is matched with; its own tree at a root.
// Since parents stand before children, equal keys mean equal paths.
using Place = std::tuple<bool, std::int32_t, std::int32_t>;  // is a root, parent or tree, child

}  // namespace

TreePairs pair_nodes(const TreeRecord& first, const TreeRecord& second) {
  std::map<Place, std::int32_t> of_first;
  const auto place = [](const TreeNode& node, std::int32_t parent) {
    return node.parent < 0 ? Place(true, node.tree, 0) : Place(false, parent, node.child);
  };
  for (std::size_t at = 0; at < first.nodes.size(); ++at)
    of_first.emplace(place(first.nodes[at], first.nodes[at].parent), static_cast<std::int32_t>(at));

  std::vector<std::int32_t> second_of(first.nodes.size(), -1);
  std::vector<std::int32_t> first_of(second.nodes.size(), -1);
  TreePairs pairs;
  for (std::size_t at = 0; at < second.nodes.size(); ++at) {
    const TreeNode& node = second.nodes[at];
    const std::int32_t parent =
        node.parent < 0 ? -1 : first_of[static_cast<std::size_t>(node.parent)];
    const auto found =
        node.parent >= 0 && parent < 0 ? of_first.end() : of_first.find(place(node, parent));
    if (found == of_first.end() || second_of[static_cast<std::size_t>(found->second)] >= 0) {
      pairs.only_second.push_back({static_cast<std::int32_t>(at)});
      continue;
    }
    first_of[at] = found->second;
    second_of[static_cast<std::size_t>(found->second)] = static_cast<std::int32_t>(at);
  }
  for (std::size_t at = 0; at < first.nodes.size(); ++at) {
    const NodeId node{static_cast<std::int32_t>(at)};
    if (second_of[at] < 0)
      pairs.only_first.push_back(node);
    else
      pairs.matched.emplace_back(node, NodeId{second_of[at]});
  }
  return pairs;
}

std::vector<std::string> pairing_remarks(const TreeRecord& first, std::uint64_t first_seed,
                                         const TreeRecord& second, std::uint64_t second_seed) {
  std::vector<std::string> remarks;
  const auto differ = [&](const std::string& what, const std::string& a, const std::string& b) {
    if (a != b)
      remarks.push_back("the " + what + " differ (" + a + " and " + b +
                        "): paired nodes do not share their noise");
  };
  differ("prompts", in_quotes(shortened(first.text, longest_shown)),
         in_quotes(shortened(second.text, longest_shown)));
  differ("seeds", std::to_string(first_seed), std::to_string(second_seed));
  differ("iterations", std::to_string(first.iteration), std::to_string(second.iteration));
  if (first.steps() != second.steps())
    remarks.push_back("the trees take " + std::to_string(first.steps()) + " and " +
                      std::to_string(second.steps()) +
                      " denoising steps: paired nodes stand at other noise levels");
  return remarks;
}

}  // namespace treegrpo
