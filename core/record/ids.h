// Distinct types for what is counted, so that one cannot be passed for another.
#pragma once

#include <compare>
#include <cstdint>

namespace treegrpo {

// A run in its store, from 1.
struct RunId {
  std::int64_t value = 0;
  auto operator<=>(const RunId&) const = default;
};

// A node of one TreeRecord: its index in the record's arrays, from 0.
struct NodeId {
  std::int32_t value = 0;
  auto operator<=>(const NodeId&) const = default;
};

// A prompt of one iteration, from 0.
struct PromptId {
  std::int32_t value = 0;
  auto operator<=>(const PromptId&) const = default;
};

}  // namespace treegrpo
