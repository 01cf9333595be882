// The bundled model with a network of another width and random weights: what a size costs does not
// depend on what it has learnt.
#pragma once

#include <filesystem>

namespace treegrpo::bench {

// A model file that lives as long as this does.
class RandomModel {
 public:
  // `bundled`: the model whose autoencoder and other sizes it gets. heads: of 32 numbers each.
  RandomModel(const std::filesystem::path& bundled, int heads);
  ~RandomModel();
  RandomModel(const RandomModel&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace treegrpo::bench
