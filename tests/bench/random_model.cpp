#include "bench/random_model.h"

#include <ATen/ATen.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "network/tiny_model_file.h"

namespace treegrpo::bench {

RandomModel::RandomModel(const std::filesystem::path& bundled, int heads)
    : path_(std::filesystem::temp_directory_path() /
            ("treegrpo-bench-" + std::to_string(getpid()) + "-" + std::to_string(32 * heads) +
             ".safetensors")) {
  const at::TensorOptions options = at::TensorOptions().dtype(at::kFloat);
  const SafetensorsFile file(bundled);
  const TinyModel model = read_tiny_model(file, options);
  TinyModelConfig config{.dit = model.dit.config(), .vae = model.vae.config()};
  config.dit.heads = heads;
  config.dit.head_dim = 32;
  const TinyDit random(config.dit, WeightSource::random(1, options));
  write_tiny_model(path_, {.config = config, .dit = random.state(), .vae = model.vae.state()}, {});
}

RandomModel::~RandomModel() {
  std::error_code left_behind;
  std::filesystem::remove(path_, left_behind);
}

}  // namespace treegrpo::bench
