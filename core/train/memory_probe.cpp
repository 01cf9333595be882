#include "train/memory_probe.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <functional>
#include <vector>

#include "record/config_changes.h"
#include "train/peak_bytes.h"

namespace treegrpo {
namespace {

constexpr std::int64_t few_rows = 2, more_rows = 6;

double bytes_a_row(const std::function<void(std::int64_t rows)>& pass) {
  pass(few_rows);  // what is made once is made now
  const std::int64_t few = peak_bytes([&] { pass(few_rows); });
  const std::int64_t more = peak_bytes([&] { pass(more_rows); });
  return static_cast<double>(more - few) / (more_rows - few_rows);
}

}  // namespace

MemoryFigures measure_memory(Policy& policy, const RunConfig& config) {
  const Conditioning encoded = policy.encode({});
  const at::Device device = encoded.parts.front().device();
  const std::vector<std::int64_t>& shape = policy.info().latent_shape;
  const auto predict = [&](std::int64_t rows) {
    std::vector<std::int64_t> sizes = {rows};
    sizes.insert(sizes.end(), shape.begin(), shape.end());
    const at::Tensor index =
        at::full({rows}, encoded.unconditional_row, at::TensorOptions(at::kLong).device(device));
    const auto floats = at::TensorOptions(at::kFloat).device(device);
    return policy.predict(at::full(sizes, .1, floats), at::full({rows}, .5, floats),
                          encoded.rows(index), Weights::current);
  };
  MemoryFigures figures;
  double weights = 0;
  for (const NamedTensor& parameter : policy.parameters(Weights::current))
    weights += static_cast<double>(parameter.tensor.nbytes());
  figures.model_bytes = weights * (1 + uses_reference(config) + uses_ema(config));
  figures.optimizer_bytes = 3 * weights;
  figures.latent_bytes = sizeof(float);
  for (const std::int64_t size : shape) figures.latent_bytes *= static_cast<double>(size);
  // What the graph of a pass holds is what its gradient finds at its beginning, when most is held.
  figures.activation_bytes = bytes_a_row([&](std::int64_t rows) {
    const c10::AutoGradMode with_grad(true);
    predict(rows).square().mean();
  });
  figures.forward_bytes = bytes_a_row([&](std::int64_t rows) {
    const c10::NoGradGuard no_grad;
    predict(rows);
  });
  return figures;
}

}  // namespace treegrpo
