// The bundled model's file: one safetensors file with the network under transformer., the
// autoencoder under vae., and in the metadata what is needed to build them.
#pragma once

#include <filesystem>

#include "network/tiny_dit.h"
#include "network/tiny_vae.h"
#include "weights/safetensors.h"

namespace treegrpo {

struct TinyModelConfig {
  TinyDitConfig dit;
  TinyVaeConfig vae;
};

struct TinyModel {
  TinyDit dit;
  TinyVae vae;
};

// What stands in the metadata's "config". Throws Error if the file is not a tiny_dit model, lacks a
// setting, was made for another vocabulary, or has a setting out of range.
TinyModelConfig read_tiny_config(const SafetensorsFile& file);

// Builds both networks from an open file. Throws Error as read_tiny_config and WeightSource do.
TinyModel read_tiny_model(const SafetensorsFile& file, at::TensorOptions options);

struct TinyModelState {
  TinyModelConfig config;
  NamedTensors dit;
  NamedTensors vae;
};

// Writes the whole model. `training` is added to the metadata: how it was made.
void write_tiny_model(const std::filesystem::path& path, const TinyModelState& state,
                      const Metadata& training);

}  // namespace treegrpo
