#include "train/pretrain_data.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "base/noise_key.h"
#include "scene/caption.h"
#include "scene/scene_image.h"
#include "scene/vocabulary.h"

namespace treegrpo {

Pictures draw_pictures(std::uint64_t seed, std::int64_t first, std::int64_t count) {
  Pictures pictures{.images = at::empty({count, 3, scene_size, scene_size}),
                    .tokens = at::empty({count, caption_tokens}, at::kLong)};
  float* pixels = pictures.images.data_ptr<float>();
  std::int64_t* tokens = pictures.tokens.data_ptr<std::int64_t>();
  constexpr std::int64_t picture_size = 3 * scene_size * scene_size;
  at::parallel_for(0, count, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      Random random{mix64(mix64(seed) + static_cast<std::uint64_t>(first + i))};
      const SceneSpec spec = draw_caption(pretraining_mix, random);
      render(draw_scene(spec, random), pixels + i * picture_size);
      std::ranges::copy(tokenize(caption(spec)), tokens + i * caption_tokens);
    }
  });
  return pictures;
}

}  // namespace treegrpo
