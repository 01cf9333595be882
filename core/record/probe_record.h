// What a run's probes saw: the same prompts from the same seeds, sampled by the ODE again and again
// while the weights change. Rewards that rise while pictures grow alike or KL runs away are rewards
// that are being hacked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "record/image.h"
#include "record/iteration_record.h"

namespace treegrpo {

struct ProbePicture {
  std::int32_t seed = 0;
  std::vector<NamedValue> rewards;  // raw, those of the run in its order
  // Mean over the steps of its path, the last one left out, of the KL to the reference weights that
  // a step with the noise of the run's sampler would have there: mean over the latent's dimensions
  // of (mean − mean_ref)²/(2 std²). None where the run keeps no reference.
  double kl = no_value;
  Image image;  // empty where the store kept none
};

struct ProbedPrompt {
  std::string text;
  double diversity = no_value;         // picture_diversity of its pictures
  std::vector<ProbePicture> pictures;  // one a seed, in order of the config
};

struct ProbeRecord {
  std::int32_t iteration = 0;  // of weights after that many iterations
  std::vector<ProbedPrompt> prompts;
  double seconds = no_value;  // what it took
};

// Mean pairwise distance of N pictures of one size: 2/(N(N−1)) · Σ_{i<j} ‖x_i − x_j‖/√D, x the D
// values of all pixels and channels in [0, 1]. 0: all the same; no_value for fewer than two or
// different sizes.
double picture_diversity(std::span<const ProbePicture> pictures);

// The picture of a prompt and seed; none where the probe has no such one.
const ProbePicture* find_picture(const ProbeRecord& record, const std::string& prompt,
                                 std::int32_t seed);

// Means over the pictures of a probe, of its prompts for diversity; a number that is missing
// somewhere is left out there, and missing where it is missing everywhere.
struct ProbeMeans {
  std::vector<NamedValue> rewards;
  double kl = no_value;
  double diversity = no_value;
};
ProbeMeans probe_means(const ProbeRecord& record);

}  // namespace treegrpo
