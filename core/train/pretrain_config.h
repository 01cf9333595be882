// How the bundled model is trained from nothing: its autoencoder, then the flow model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "network/tiny_dit.h"
#include "network/tiny_vae.h"
#include "record/field_table.h"

namespace treegrpo {

// One training stage. The learning rate rises over `warmup` steps, stays, and falls linearly to
// zero over the last `decay` of the steps.
struct PretrainStage {
  std::int64_t steps = 0;    // 0: left out
  std::int64_t batch = 128;  // pictures a step
  double learning_rate = 2e-3;
  std::int64_t warmup = 200;          // steps
  double decay = 0.4;                 // fraction of the steps
  double ema_decay = 0.999;           // of the average of the weights, which is what is kept
  std::int64_t evaluate_every = 500;  // steps
};

struct PretrainConfig {
  std::uint64_t seed = 0;
  int threads = 2;                 // 0: as LibTorch chooses
  std::int64_t state_every = 250;  // steps between states to resume from
  std::int64_t log_every = 50;     // steps
  std::string start_from{};  // a model file whose weights both stages begin from; "": random ones

  TinyVaeConfig vae;
  double kl_weight = 3e-4;  // of the posterior's KL beside the reconstruction loss
  // The encoder and the normalisation of the latents stay as they are in start_from, so that a flow
  // model trained on those latents stays right.
  bool decoder_only = false;
  PretrainStage autoencoder{.steps = 4000,
                            .batch = 32,
                            .warmup = 100,
                            .decay = 0.7,
                            .ema_decay = 0.99,
                            .evaluate_every = 250};

  TinyDitConfig dit;             // what the scenes and the autoencoder fix is set from them
  double caption_dropout = 0.1;  // share of pictures trained with the empty caption
  // w of model guidance (Tang et al. 2025, arXiv 2502.12154): the network learns to predict what
  // guidance of scale 1/(1 - w) would make of it, so that it draws well unguided; 0 is off.
  double model_guidance = 0;
  std::int64_t pool = 16384;      // pictures kept encoded
  std::int64_t pool_steps = 400;  // steps that a pool serves before it is drawn afresh
  PretrainStage flow{.steps = 10000};

  int evaluation_captions = 210;   // held-out captions, balanced over the tasks
  std::int64_t sample_steps = 10;  // T of the ODE that is scored
  double guidance_scale = 2.5;     // of the second score that is logged
};

// Every key of a pretraining config, in the order of its file.
FieldsOf<PretrainConfig> pretrain_fields();

// Reads a TOML file; what it leaves out keeps the default. Throws Error (configuration) naming
// file, line and key if it cannot be read, a key is unknown, a value has the wrong type or range,
// or the values contradict each other.
PretrainConfig load_pretrain_config(const std::filesystem::path& path);

// Sets what is not a choice (vocabulary, latent size) and refuses sizes that do not fit together.
// Throws Error (configuration).
PretrainConfig completed(PretrainConfig config);

}  // namespace treegrpo
