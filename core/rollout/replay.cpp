#include "rollout/replay.h"

namespace treegrpo {

GrowRequest replay_request(const Replayed& replayed, const Conditioning& conditioning) {
  const auto& [tree, config, root, path] = replayed;
  return {
      .prompts = {tree.text},
      .conditioning = &conditioning,
      .schedule = tree.schedule,
      .sigmas = tree.sigmas,
      .kind = step_kind_from_name(config.sampler.kind),
      .guidance_scale = config.model.guidance_scale,
      .micro_batch = config.sampler.micro_batch,
      .seed = config.run.seed,
      .stream = NoiseStream::train,
      .iteration = static_cast<std::uint32_t>(tree.iteration),
      .previews = true,
      .on =
          GrowOn{
              .tree = root, .path = path, .seed = config.run.seed, .stream = NoiseStream::regrow},
      .watched = {}};
}

}  // namespace treegrpo
