// Whose weights something was made with.
#pragma once

#include <cstdint>

namespace treegrpo {

struct WeightsOrigin {
  std::int32_t iterations = 0;  // done when the weights were so
  bool updating = false;        // an update of the next iteration has changed them since
  bool averaged = false;        // sample and evaluate use their running mean (EMA)

  bool operator==(const WeightsOrigin&) const = default;
};

}  // namespace treegrpo
