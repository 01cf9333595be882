// How hard fuzzing and sweeps try: `./installer/test --full` sets TREEGRPO_TEST_FULL=yes.
#pragma once

#include <cstdlib>
#include <string_view>

namespace treegrpo::test {

inline bool full_effort() {
  const char* full = std::getenv("TREEGRPO_TEST_FULL");
  return full && std::string_view(full) == "yes";
}

// Rounds of a loop that more rounds make a better test.
inline int rounds(int quick) { return full_effort() ? 20 * quick : quick; }

}  // namespace treegrpo::test
