#include "train/pretrain_config.h"

#include <string>
#include <vector>

#include "base/error.h"
#include "record/config_toml.h"
#include "record/field_row.h"
#include "scene/scene.h"
#include "scene/vocabulary.h"

namespace treegrpo {
namespace {

using C = PretrainConfig;

constexpr FieldRange count = between(1, 1e9);
constexpr FieldRange size = between(1, 4096);
constexpr FieldRange fraction = between(0, 1);
constexpr FieldRange below_one{.minimum = 0, .maximum = 1, .below_maximum = true};

template <auto Stage>
void add_stage(std::vector<ConfigField>& rows, const std::string& name) {
  using S = PretrainStage;
  rows.push_back(
      row<Stage, &S::steps>(name + ".steps", between(0, 1e9), "steps", "length of the stage"));
  rows.push_back(row<Stage, &S::batch>(name + ".batch", count, "pictures", "of one step"));
  rows.push_back(row<Stage, &S::learning_rate>(name + ".learning_rate", above(0), "",
                                               "of AdamW, at its highest"));
  rows.push_back(row<Stage, &S::warmup>(name + ".warmup", between(0, 1e9), "steps",
                                        "over which the learning rate rises"));
  rows.push_back(row<Stage, &S::decay>(name + ".decay", fraction, "",
                                       "last part of the steps, over which it falls to 0"));
  rows.push_back(row<Stage, &S::ema_decay>(name + ".ema_decay", below_one, "",
                                           "of the average of the weights, which is kept"));
  rows.push_back(
      row<Stage, &S::evaluate_every>(name + ".evaluate_every", count, "steps", "between scores"));
}

void add_run(std::vector<ConfigField>& rows) {
  rows.push_back(row<&C::seed>("run.seed", "of weights, pictures and noise"));
  rows.push_back(row<&C::threads>("run.threads", between(0, 1024), "threads",
                                  "compute threads; 0: as many as LibTorch chooses"));
  rows.push_back(row<&C::state_every>("run.state_every", count, "steps",
                                      "between states that a stopped run goes on from"));
  rows.push_back(row<&C::log_every>("run.log_every", count, "steps", "between lines of the log"));
  rows.push_back(
      row<&C::start_from>("run.start_from", "a model file to begin from; empty: random weights"));
}

void add_models(std::vector<ConfigField>& rows) {
  using V = TinyVaeConfig;
  using D = TinyDitConfig;
  rows.push_back(
      row<&C::vae, &V::latent_channels>("vae.latent_channels", size, "channels", "of the latents"));
  rows.push_back(row<&C::vae, &V::fold>("vae.fold", between(1, 16), "pixels",
                                        "a side folded into channels at the outer end"));
  rows.push_back(row<&C::vae, &V::outer_channels>("vae.outer_channels", size, "channels",
                                                  "at the folded resolution; a multiple of 8"));
  rows.push_back(row<&C::vae, &V::inner_channels>("vae.inner_channels", size, "channels",
                                                  "at the latents' resolution; a multiple of 8"));
  rows.push_back(row<&C::vae, &V::encoder_blocks>("vae.encoder_blocks", between(1, 64), "blocks",
                                                  "of the encoder at each resolution"));
  rows.push_back(row<&C::vae, &V::decoder_blocks>("vae.decoder_blocks", between(1, 64), "blocks",
                                                  "of the decoder at each resolution"));
  rows.push_back(row<&C::kl_weight>("vae.kl_weight", at_least(0), "",
                                    "of the posterior's KL beside L1 + 2 L2"));
  rows.push_back(
      row<&C::decoder_only>("vae.decoder_only", "train the decoder alone, on latents as they are"));
  rows.push_back(
      row<&C::dit, &D::depth>("dit.depth", between(1, 256), "blocks", "joint-attention blocks"));
  rows.push_back(row<&C::dit, &D::heads>("dit.heads", between(1, 256), "heads",
                                         "attention heads; the width is heads x head_dim"));
  rows.push_back(row<&C::dit, &D::head_dim>("dit.head_dim", size, "", "width of a head"));
  rows.push_back(row<&C::dit, &D::patch>("dit.patch", between(1, 64), "latents",
                                         "side of the patch that is one token"));
  rows.push_back(row<&C::dit, &D::word_dim>("dit.word_dim", size, "", "of an embedded word"));
}

void add_flow(std::vector<ConfigField>& rows) {
  rows.push_back(row<&C::caption_dropout>("flow.caption_dropout", fraction, "",
                                          "share of pictures trained with the empty caption"));
  rows.push_back(row<&C::model_guidance>("flow.model_guidance", below_one, "",
                                         "w of the guidance that is trained in; 0: none"));
  rows.push_back(row<&C::pool>("flow.pool", count, "pictures", "kept encoded"));
  rows.push_back(row<&C::pool_steps>("flow.pool_steps", count, "steps",
                                     "that a pool serves before it is drawn afresh"));
}

void add_evaluation(std::vector<ConfigField>& rows) {
  rows.push_back(row<&C::evaluation_captions>("evaluation.captions", count, "captions",
                                              "held-out captions, balanced over the tasks"));
  rows.push_back(row<&C::sample_steps>("evaluation.steps", between(1, 1000), "steps",
                                       "T of the ODE that is scored"));
  rows.push_back(row<&C::guidance_scale>("evaluation.guidance_scale", between(0, 100), "",
                                         "of the second score that is logged"));
}

// Built once; never changed.
const std::vector<ConfigField>& fields() {
  static const std::vector<ConfigField> all = [] {
    std::vector<ConfigField> rows;
    add_run(rows);
    add_models(rows);
    add_stage<&C::autoencoder>(rows, "autoencoder");
    add_stage<&C::flow>(rows, "flow");
    add_flow(rows);
    add_evaluation(rows);
    return rows;
  }();
  return all;
}

}  // namespace

FieldsOf<PretrainConfig> pretrain_fields() { return {{fields(), {}}}; }

PretrainConfig load_pretrain_config(const std::filesystem::path& path) {
  const PretrainConfig config = load_toml(pretrain_fields(), path.string());
  try {
    return completed(config);
  } catch (const Error& error) {
    throw error.within(path.string());
  }
}

PretrainConfig completed(PretrainConfig config) {
  constexpr std::int64_t groups = 8;  // of the autoencoder's GroupNorm
  if (config.vae.outer_channels % groups != 0 || config.vae.inner_channels % groups != 0) {
    throw configuration_error("vae.outer_channels and vae.inner_channels must be multiples of 8");
  }
  if (scene_size % config.vae.downscale() != 0) {
    throw configuration_error("vae.fold must divide half the pictures' side of " +
                              std::to_string(scene_size) + " pixels");
  }
  if (config.start_from.empty() && (config.autoencoder.steps == 0 || config.decoder_only)) {
    throw configuration_error(
        "autoencoder.steps = 0 and vae.decoder_only need a model to begin from: set "
        "run.start_from");
  }
  config.dit.vocabulary = static_cast<std::int64_t>(vocabulary().size());
  config.dit.words = caption_tokens;
  config.dit.latent_channels = config.vae.latent_channels;
  config.dit.latent_size = scene_size / config.vae.downscale();
  if (config.dit.latent_size % config.dit.patch != 0) {
    throw configuration_error("dit.patch must divide the latents' side of " +
                              std::to_string(config.dit.latent_size));
  }
  if (config.dit.heads * config.dit.head_dim % 4 != 0) {
    throw configuration_error("dit.heads x dit.head_dim must be a multiple of 4");
  }
  return config;
}

}  // namespace treegrpo
