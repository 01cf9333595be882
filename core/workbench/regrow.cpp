#include "workbench/regrow.h"

#include <algorithm>

#include "tree/regrow_schedule.h"
#include "workbench/stored_config.h"

namespace treegrpo {
namespace {

std::uint64_t next_seed(RunReader& reader, const RegrowAsked& asked) {
  const auto stored = reader.regrown(asked.run, asked.iteration, asked.prompt);
  std::uint64_t seed = 0;
  const auto has = [&](const StoredRegrown& each) {
    return each.regrown.from == asked.node && each.regrown.kind == asked.kind &&
           each.regrown.seed == seed;
  };
  while (std::any_of(stored.begin(), stored.end(), has)) ++seed;
  return seed;
}

}  // namespace

RegrowOptions regrow_options(RunReader& reader, const RegrowAsked& asked) {
  RegrowOptions options{.tree = reader.tree(asked.run, asked.iteration, asked.prompt),
                        .config = config_at(reader, asked.run, asked.iteration),
                        .node = asked.node,
                        .kind = asked.kind,
                        .leaves = asked.leaves,
                        .schedule = {},
                        .seed = 0};
  regrow_schedule(options.tree,
                  {.node = asked.node, .kind = asked.kind, .leaves = asked.leaves, .other = {}},
                  options.config.schedule.max_leaves);  // before an engine is loaded for nothing
  options.seed = asked.seed ? *asked.seed : next_seed(reader, asked);
  return options;
}

}  // namespace treegrpo
