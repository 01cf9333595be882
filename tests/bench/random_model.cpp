#include "bench/random_model.h"

#include <ATen/ATen.h>

#include "network/tiny_model_file.h"

namespace treegrpo::bench {

RandomModel::RandomModel(const std::filesystem::path& bundled, int heads) {
  const at::TensorOptions options = at::TensorOptions().dtype(at::kFloat);
  const SafetensorsFile file(bundled);
  const TinyModel model = read_tiny_model(file, options);
  TinyModelConfig config{.dit = model.dit.config(), .vae = model.vae.config()};
  config.dit.heads = heads;
  config.dit.head_dim = 32;
  const TinyDit random(config.dit, WeightSource::random(1, options));
  write_tiny_model(path(), {.config = config, .dit = random.state(), .vae = model.vae.state()}, {});
}

}  // namespace treegrpo::bench
