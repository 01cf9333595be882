#include "network/tiny_model_file.h"

#include <ATen/ATen.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "scene/vocabulary.h"
#include "weights/tensor_file.h"

namespace treegrpo {
namespace {

constexpr const char* model_name = "tiny_dit";

struct Setting {
  const char* key;
  std::int64_t* value;
};

// Every number of the config and its name in the file: read and written by the same table.
std::array<Setting, 14> settings(TinyModelConfig& config) {
  return {{{"words", &config.dit.words},
           {"word_dim", &config.dit.word_dim},
           {"latent_channels", &config.dit.latent_channels},
           {"latent_size", &config.dit.latent_size},
           {"patch", &config.dit.patch},
           {"depth", &config.dit.depth},
           {"heads", &config.dit.heads},
           {"head_dim", &config.dit.head_dim},
           {"vae_latent_channels", &config.vae.latent_channels},
           {"vae_fold", &config.vae.fold},
           {"vae_outer_channels", &config.vae.outer_channels},
           {"vae_inner_channels", &config.vae.inner_channels},
           {"vae_encoder_blocks", &config.vae.encoder_blocks},
           {"vae_decoder_blocks", &config.vae.decoder_blocks}}};
}

std::vector<std::string> vocabulary_words() { return {vocabulary().begin(), vocabulary().end()}; }

const std::string& metadata_text(const SafetensorsFile& file, const std::string& key) {
  const auto entry = file.metadata().find(key);
  if (entry == file.metadata().end()) throw Error("its metadata lacks '" + key + "'");
  return entry->second;
}

TinyModelConfig parse_config(const std::string& text) {
  constexpr std::int64_t largest = 4096;
  const nlohmann::json json = nlohmann::json::parse(text);
  TinyModelConfig config;
  for (const Setting& setting : settings(config)) {
    *setting.value = json.at(setting.key).get<std::int64_t>();
    if (*setting.value < 1 || *setting.value > largest) {
      throw Error(std::string("its setting '") + setting.key + "' is out of range");
    }
  }
  if (json.at("vocabulary") != vocabulary_words()) {
    throw Error("it was trained for another vocabulary than this version's");
  }
  config.dit.vocabulary = static_cast<std::int64_t>(vocabulary().size());
  return config;
}

NamedTensors prefixed(const std::string& prefix, const NamedTensors& tensors) {
  NamedTensors result;
  for (const auto& [name, tensor] : tensors) result.push_back({prefix + name, tensor});
  return result;
}

}  // namespace

TinyModelConfig read_tiny_config(const SafetensorsFile& file) {
  try {
    if (metadata_text(file, "model") != model_name) {
      throw Error("it is a model of another kind: '" + metadata_text(file, "model") + "'");
    }
    return parse_config(metadata_text(file, "config"));
  } catch (const nlohmann::json::exception&) {
    throw Error(std::string("'") + file.path().string() +
                "' is not a model: its config cannot be read");
  } catch (const Error& error) {
    throw error.within(std::string("'") + file.path().string() +
                       "' is not a model this program can use");
  }
}

TinyModel read_tiny_model(const SafetensorsFile& file, at::TensorOptions options) {
  const TinyModelConfig config = read_tiny_config(file);
  return {.dit = TinyDit(config.dit, WeightSource::from_file(file, "transformer.", options)),
          .vae = TinyVae(config.vae, WeightSource::from_file(file, "vae.", options))};
}

void write_tiny_model(const std::filesystem::path& path, const TinyModelState& state,
                      const Metadata& training) {
  TinyModelConfig config = state.config;
  nlohmann::ordered_json json;
  for (const Setting& setting : settings(config)) json[setting.key] = *setting.value;
  json["width"] = config.dit.heads * config.dit.head_dim;
  json["vocabulary"] = vocabulary_words();
  json["sigma_rule"] = "uniform";

  NamedTensors tensors = prefixed("transformer.", state.dit);
  for (NamedTensor& named : prefixed("vae.", state.vae)) tensors.push_back(std::move(named));
  Metadata metadata = training;
  metadata["model"] = model_name;
  metadata["config"] = json.dump();
  write_tensors(path, tensors, std::move(metadata));
}

}  // namespace treegrpo
