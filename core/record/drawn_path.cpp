#include "record/drawn_path.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace treegrpo {

bool began(const WeightsOrigin& weights, std::int32_t iteration) {
  return weights.iterations == iteration && !weights.updating;
}

TreeRecord way_to(const TreeRecord& record, NodeId node) {
  if (node.value < 0 || static_cast<std::size_t>(node.value) >= record.nodes.size())
    throw Error("the tree has no node " + std::to_string(node.value) + "; it has 0 to " +
                    std::to_string(record.nodes.size() - 1),
                ErrorKind::usage);
  TreeRecord way{.iteration = record.iteration,
                 .prompt = record.prompt,
                 .text = record.text,
                 .schedule = record.schedule,
                 .sigmas = record.sigmas,
                 .latent_dimensions = record.latent_dimensions,
                 .nodes = {},
                 .reward_names = {},
                 .reward_weights = {},
                 .rewards = {}};
  for (std::int32_t at = node.value; at >= 0;
       at = record.nodes[static_cast<std::size_t>(at)].parent)
    way.nodes.push_back(record.nodes[static_cast<std::size_t>(at)]);
  std::ranges::reverse(way.nodes);
  for (std::size_t at = 0; at < way.nodes.size(); ++at)
    way.nodes[at].parent = static_cast<std::int32_t>(at) - 1;
  return way;
}

}  // namespace treegrpo
