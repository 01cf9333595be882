// A part of a stored tree that is to be grown again, by its place in the store.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/model_work.h"
#include "store/run_reader.h"

namespace treegrpo {

struct RegrowAsked {
  RunId run;
  std::int32_t iteration = 0;
  PromptId prompt;
  NodeId node;
  RegrowKind kind = RegrowKind::subtree;
  int leaves = 8;                          // of RegrowKind::leaves
  std::optional<std::uint64_t> seed = {};  // none: the first that the node has not been given yet
};

// Throws Error if there is no such tree, or regrow_schedule refuses it.
RegrowOptions regrow_options(RunReader& reader, const RegrowAsked& asked);

}  // namespace treegrpo
