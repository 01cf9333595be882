#include "sampler/noise.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <array>

#ifndef _OPENMP
#error "at::parallel_for needs treegrpo_parallel_source() in CMakeLists.txt"
#endif

namespace treegrpo {
namespace {

void fill_normals(const NoiseCounter& counter, std::span<float> out) {
  for (std::size_t at = 0; at < out.size(); at += 4) {
    const std::array<float, 4> four =
        box_muller(philox_block(counter, static_cast<std::uint32_t>(at / 4)));
    for (std::size_t i = 0; i < 4 && at + i < out.size(); ++i) out[at + i] = four[i];
  }
}

}  // namespace

at::Tensor normal_noise(std::span<const NoiseCounter> counters,
                        std::span<const std::int64_t> shape) {
  std::vector<std::int64_t> sizes = {static_cast<std::int64_t>(counters.size())};
  sizes.insert(sizes.end(), shape.begin(), shape.end());
  const at::Tensor noise = at::empty(sizes, at::kFloat);
  if (noise.numel() == 0) return noise;
  const auto row = static_cast<std::size_t>(noise.numel()) / counters.size();
  float* data = noise.data_ptr<float>();
  at::parallel_for(
      0, static_cast<std::int64_t>(counters.size()), 8, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
          fill_normals(counters[i], {data + i * row, row});
      });
  return noise;
}

}  // namespace treegrpo
