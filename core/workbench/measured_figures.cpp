#include "workbench/measured_figures.h"

#include <algorithm>

namespace treegrpo {
namespace {

double ratio(double of, double by) { return by > 0 ? of / by : no_value; }

// Each latent that is predicted is an inner node.
double pictures_kept(const RunConfig& config, std::span<const IterationRecord> iterations) {
  double pictures = 0;
  for (const IterationRecord& record : iterations) {
    const bool keeps_all = record.iteration % std::max(1, config.images.every) == 0;
    pictures += static_cast<double>(record.leaves + (keeps_all ? record.nfe : 0));
  }
  return pictures;
}

}  // namespace

MeasuredFigures measured_figures(const RunConfig& config,
                                 std::span<const IterationRecord> iterations,
                                 const RunSummary& run) {
  MeasuredFigures figures = nothing_measured();
  if (iterations.empty()) return figures;
  const IterationRecord& last = iterations.back();
  const double guidance = config.model.guidance_scale == 1 ? 1 : 2;
  const double passes =
      std::max(1, config.objective.updates) * (config.model.train_guidance ? guidance : 1);
  figures.forward_seconds = ratio(last.seconds.sample, guidance * static_cast<double>(last.nfe));
  figures.train_seconds =
      ratio(last.seconds.train, passes * static_cast<double>(last.trained_passes));
  const auto summed = std::min(iterations.size(), static_cast<std::size_t>(run.iterations));
  figures.node_row_bytes = stored_node_bytes;
  figures.thumbnail_bytes =
      ratio(static_cast<double>(run.image_bytes), pictures_kept(config, iterations.first(summed))) +
      stored_picture_bytes;
  return figures;
}

}  // namespace treegrpo
