// What can be done with weights without training them: images drawn, held-out prompts scored. The
// weights are those of a run in progress at a safe point, or of files (workbench/stored_model.h);
// whoever asks need not know. Nothing here changes weights, optimiser or noise of a run.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/image.h"
#include "record/iteration_record.h"

namespace treegrpo {

// Whose weights they are.
struct WeightsOrigin {
  std::int32_t iterations = 0;  // done when the weights were so
  bool updating = false;        // an update of the next iteration has changed them since
  bool averaged = false;        // sample and evaluate use their running mean (EMA)

  bool operator==(const WeightsOrigin&) const = default;
};

struct SampleOptions {
  std::vector<std::string> prompts = {};
  int count = 1;  // images a prompt
  std::uint64_t seed = 0;
  int steps = 10;
  double shift = 1;
  double guidance_scale = 1;
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
};

}  // namespace treegrpo
