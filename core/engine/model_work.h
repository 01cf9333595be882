// What can be done with weights without training them: images drawn, held-out prompts scored, parts
// of stored trees grown or drawn again. The weights are those of a run in progress at a safe point,
// or of files (workbench/stored_model.h); whoever asks need not know. Nothing here changes weights,
// optimiser or noise of a run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/drawn_path.h"
#include "record/image.h"
#include "record/iteration_record.h"
#include "record/memory_figures.h"
#include "record/regrown.h"
#include "record/run_config.h"
#include "record/weights_origin.h"

namespace treegrpo {

struct SampleOptions {
  std::vector<std::string> prompts = {};
  int count = 1;  // images a prompt
  std::uint64_t seed = 0;
  int steps = 10;
  double shift = 1;
  double guidance_scale = 1;
};

// A node of a stored tree, and how it is to be grown from.
struct RegrowOptions {
  TreeRecord tree;   // as stored; its pictures are not needed
  RunConfig config;  // of its run in its iteration
  NodeId node;
  RegrowKind kind = RegrowKind::subtree;
  int leaves = 8;                             // of RegrowKind::leaves
  std::optional<TreeSchedule> schedule = {};  // of a subtree; none: the tree's own
  std::uint64_t seed = 0;
};

// A way through a tree, whose pictures are to be drawn again.
struct DrawOptions {
  TreeRecord way;    // way_to the node; pictures that it has are compared with those that are drawn
  RunConfig config;  // of its run in its iteration
};

// Asked between parts of the work; answering false ends it. None: it is done to its end.
using Proceed = std::function<bool()>;

// What work throws that was not to proceed.
inline Error work_ended() {
  return Error("the work was ended before it was done", ErrorKind::interrupted);
}

// Everything throws Error, work_ended() among them.
class ModelWork {
 public:
  virtual ~ModelWork() = default;

  virtual WeightsOrigin origin() const = 0;

  // Images in order of prompts, count each; noise keys (seed, sample, 0, prompt, index).
  virtual std::vector<Image> sample(const SampleOptions& options, const Proceed& proceed = {}) = 0;

  // As the run's own evaluations are; `iteration` is that of origin().
  virtual EvaluationRecord evaluate(const Proceed& proceed = {}) = 0;

  // Replays the node's path from its root under these weights (never their running mean) by the
  // keys of its noise, then draws noise of (seed, regrow). The new leaves have the run's rewards,
  // and credit among themselves. Refuses what regrow_schedule does.
  virtual Regrown regrow(const RegrowOptions& options, const Proceed& proceed = {}) = 0;

  // Replays the way likewise, and draws what its nodes are and what is predicted from them. Under
  // the weights that grew the tree these are its pictures, up to the rounding that another batch
  // brings.
  virtual DrawnPath draw(const DrawOptions& options, const Proceed& proceed = {}) = 0;

  // What training these weights takes; nothing where they are in files and not in memory.
  virtual std::optional<MemoryFigures> memory() { return {}; }
};

}  // namespace treegrpo
