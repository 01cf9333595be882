// What is measured: the methods on the bundled task with 27 leaves and 10 steps, and variations of
// the tree's size. All of them are experiments/tiny/treegrpo.toml and a few keys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/run_config.h"

namespace treegrpo::bench {

struct Case {
  std::string name;   // "dancegrpo_60"
  std::string title;  // "DanceGRPO, 60 % of the steps"
  std::vector<std::string> keys;
  RunConfig config;
};

// TreeGRPO first, then its rivals as published. Threads: 0 as the config says.
std::vector<Case> methods(int threads);

// A method whose cost depends on the drawn window start is measured once a start; this is such an
// iteration and the share of all iterations that are like it (TreeGRPO eq. 7). Shares sum to 1.
struct Share {
  std::int32_t iteration = 0;
  double share = 1;
};

// One share where the cost is the same in every iteration.
std::vector<Share> shares(const RunConfig& config);

// One number of a case varied: TreeGRPO and DanceGRPO with as many leaves.
struct Point {
  std::string axis;  // branch, window, steps, prompts or width
  int value = 0;
  std::string method;
  RunConfig config;
  int heads = 0;  // of a random network of that width; 0: the bundled model
};

// TreeGRPO's window starts at step 1, where its cost is nearest to its mean over random starts.
std::vector<Point> series(int threads);

}  // namespace treegrpo::bench
