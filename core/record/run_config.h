// What a run is: every option with its default, unit and source. One field here and one row in
// config_fields.cpp make an option known to TOML, --set, the editor, the store and the docs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/tree_schedule.h"

namespace treegrpo {

struct RunSection {
  std::string name;             // unique in its store; empty: made from method and seed
  std::uint64_t seed = 0;       // of everything random in the run
  int iterations = 100;         // in total, those before a resume included
  int threads = 0;              // compute threads; 0: the machine's cores, at most 16
  std::string device = "auto";  // auto | cpu | cuda
  std::string precision =
      "fp32";  // fp32 | bf16: of the network's matrix products; all else is fp32

  bool operator==(const RunSection&) const = default;
};

struct ModelSection {
  std::string path;             // a model file; empty: the bundled model
  std::string fingerprint;      // of that file, another one is refused; empty: whichever it is
  double guidance_scale = 1;    // classifier-free guidance w in sampling; 1 is none
  bool train_guidance = false;  // the training pass is guided too, both passes carrying gradient

  bool operator==(const ModelSection&) const = default;
};

struct MethodSection {
  std::string name = "treegrpo";                 // a row of tree/method.cpp, or custom
  int window = 3;                                // w: stochastic, trained steps
  int branch = 3;                                // k: children of a node in the window
  int trees = 1;                                 // trees of a prompt
  int group = 27;                                // images of a prompt for methods without branches
  std::string window_rule = "random_geometric";  // random_geometric | shifting | fixed
  double window_ratio = .5;                      // r of TreeGRPO eq. 7, in (0, 1)
  int window_start = 0;                          // of rule fixed, and where shifting begins
  int shift_every = 50;                          // iterations between shifts (tau)
  int shift_by = 1;                              // steps of one shift (s)
  int shift_from = 0;                            // iteration from which shifts are counted
  std::vector<int> split_steps = {0, 3, 6, 8};   // BranchGRPO: steps that split
  std::string backup =
      "mean";  // mean | softmax_mean_log_prob | softmax_sum_log_prob (Alg. 1 l. 16)
  double backup_temperature = 1;  // of the softmax backups
  double train_fraction = 1;      // DanceGRPO: share of the steps that is trained

  bool operator==(const MethodSection&) const = default;
};

struct SamplerSection {
  std::string kind = "flow_sde";  // flow_sde | dance_sde | cps | ddim | ode
  int steps = 10;                 // T
  double shift = 1;               // s of the sigma shift s·σ/(1+(s−1)σ)
  double noise_level = .7;        // a of the stochastic steps
  int micro_batch = 0;            // most rows of one forward pass; 0: the whole frontier at once
  bool share_prefix = false;      // equal prefixes of separate roots are predicted once

  bool operator==(const SamplerSection&) const = default;
};

// From an iteration on the schedule is another one (tree/keyframes.h).
struct Keyframe {
  int iteration = 1;
  std::string set;  // "key=value key=value" of what a schedule is made from

  bool operator==(const Keyframe&) const = default;
};

struct ScheduleSection {
  int max_leaves = 4096;           // a schedule with more is refused
  std::vector<StepPlan> step;      // [[schedule.step]], for method.name = "custom"
  std::vector<Keyframe> keyframe;  // [[schedule.keyframe]], rising iterations

  bool operator==(const ScheduleSection&) const = default;
};

struct PromptSection {
  std::string train = "scene:train";        // a file with a prompt a line, or scene:train
  std::string held_out = "scene:held_out";  // likewise; never trained
  int per_iteration = 8;

  bool operator==(const PromptSection&) const = default;
};

struct RewardTerm {
  std::string name = "scene";  // a row of reward/catalog.cpp
  double weight = 1;           // of its z-scored column in the leaf advantage

  bool operator==(const RewardTerm&) const = default;
};

struct CreditSection {
  std::string rule = "treegrpo";  // a row of tree/credit_rules.cpp
  std::string std = "group";      // group | batch | none: whose deviation divides
  double std_min = 1e-4;          // floor of that deviation; a group of zero variance is skipped
  double adv_clip_max = 5;        // advantages are clamped to ±this, last

  bool operator==(const CreditSection&) const = default;
};

struct ObjectiveSection {
  double clip_range = 1e-4;               // epsilon of the clipped ratio
  double kl_beta = 0;                     // weight of the KL to the reference weights; 0 is off
  std::string aggregation = "sum_edges";  // sum_edges | mean_edges | mean_per_depth
  std::string step_weight = "none";       // none | inverse_gain | delta
  int updates = 1;                        // optimiser passes over one rollout

  bool operator==(const ObjectiveSection&) const = default;
};

struct OptimizerSection {
  double learning_rate = 1e-5;
  double weight_decay = .01;
  double gradient_clip = 1;  // largest gradient norm; 0: no clipping

  bool operator==(const OptimizerSection&) const = default;
};

struct EmaSection {
  double decay = 0;  // 0: no EMA weights are kept
  int every = 1;     // iterations between updates of the EMA

  bool operator==(const EmaSection&) const = default;
};

struct EvaluationSection {
  int every = 20;     // iterations between evaluations; 0: at the start and the end only
  int steps = 10;     // ODE steps of an evaluation
  int prompts = 210;  // held-out prompts used, balanced over the tasks

  bool operator==(const EvaluationSection&) const = default;
};

struct CheckpointSection {
  int every = 50;  // iterations between checkpoints; 0: at the end only
  int keep = 3;    // checkpoints kept: the last ones, and the best beside them

  bool operator==(const CheckpointSection&) const = default;
};

// The same pictures over and over while a run trains: whether rewards rise for the right reason.
struct ProbeSection {
  int prompts = 4;                     // first ones of source; 0: no probes
  std::string source;                  // a file with a prompt a line; empty: prompts.held_out
  std::vector<int> seeds = {0, 1, 2};  // a picture of each prompt from each; the same in every run
  int steps = 10;                      // ODE steps of a picture
  int every = 0;                       // iterations between probes; 0: wherever checkpoint.every is

  bool operator==(const ProbeSection&) const = default;
};

struct ImageSection {
  int every = 20;       // iterations between those whose nodes all keep an image; leaves always do
  int size = 64;        // largest side stored, pixels
  int budget_mb = 500;  // of a run; beyond it no more images are stored

  bool operator==(const ImageSection&) const = default;
};

struct RunConfig {
  RunSection run;
  ModelSection model;
  MethodSection method;
  SamplerSection sampler;
  ScheduleSection schedule;
  PromptSection prompts;
  std::vector<RewardTerm> reward = {RewardTerm{}};
  CreditSection credit;
  ObjectiveSection objective;
  OptimizerSection optimizer;
  EmaSection ema;
  EvaluationSection evaluation;
  CheckpointSection checkpoint;
  ProbeSection probe;
  ImageSection images;

  bool operator==(const RunConfig&) const = default;
};

}  // namespace treegrpo
