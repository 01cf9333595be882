// The bundled model with a network of another width and random weights: what a size costs does not
// depend on what it has learnt.
#pragma once

#include <filesystem>

#include "bench/temporary_folder.h"

namespace treegrpo::bench {

// A model file that lives as long as this does.
class RandomModel {
 public:
  // `bundled`: the model whose autoencoder and other sizes it gets. heads: of 32 numbers each.
  RandomModel(const std::filesystem::path& bundled, int heads);

  std::filesystem::path path() const { return folder_.path() / "random.safetensors"; }

 private:
  TemporaryFolder folder_;
};

}  // namespace treegrpo::bench
