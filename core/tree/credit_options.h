// How credit is assigned: the choices of a config that the credit rules read.
#pragma once

#include <string>
#include <string_view>

#include "record/run_config.h"

namespace treegrpo {

// How a node's value comes from its children's (TreeGRPO eq. 10, Alg. 1 l. 16).
//
// The log-probs of siblings differ only by the norm of their noise. As a mean over the latent's D
// dimensions they differ by about 1/sqrt(2D), and the softmax is all but uniform; as a sum by
// sqrt(D/2), and it is an arg max that picks a child at random. So the weight is a choice, and the
// plain mean its default.
enum class Backup { mean, softmax_mean_log_prob, softmax_sum_log_prob };

// Its name in method.backup.
std::string_view backup_name(Backup backup);

// Whose deviation divides a reward: the prompt's leaves, all leaves of the iteration, or nobody's.
enum class Deviation { group, batch, none };

struct CreditOptions {
  std::string rule = "treegrpo";  // a row of credit_rules()
  Backup backup = Backup::mean;
  double backup_temperature = 1;  // divides the log-probs of the softmax backups
  Deviation deviation = Deviation::group;
  double std_min = 1e-4;    // floor of every deviation that divides
  double adv_clip_max = 5;  // advantages are clamped to ±this, last
};

// The options of a config. Throws a configuration Error on a name that is not one of the choices.
CreditOptions credit_options(const RunConfig& config);

}  // namespace treegrpo
