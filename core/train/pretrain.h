// Makes the bundled model from nothing: renders scenes, trains the autoencoder, then the flow model
// on its latents.
#pragma once

#include <filesystem>

#include "train/pretrain_config.h"
#include "train/pretrain_stage.h"

namespace treegrpo {

// Writes the model to `out` whenever an evaluation is the best of its stage so far: a usable file
// exists early. States are kept in `out`.pretrain/, from which a later call goes on; they are the
// caller's to remove. Returns false if hooks.proceed stopped it. The same config, thread count and
// machine give the same file, stopped and resumed or not. Throws Error if a file cannot be read or
// written, or if the states belong to other settings.
bool pretrain(const PretrainConfig& config, const std::filesystem::path& out,
              const PretrainHooks& hooks);

}  // namespace treegrpo
