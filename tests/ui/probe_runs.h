// Probes to show: pictures of one shade, and rewards that rise while they grow alike.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "canvas/probe_drawing.h"

namespace treegrpo::test {

struct ProbeSizes {
  int probes = 4, prompts = 3, seeds = 2;
  int side = 32;  // of a picture
  bool knows_kl = true;
};

inline std::shared_ptr<const ProbeRecord> probeAt(int index, const ProbeSizes& sizes) {
  constexpr const char* prompts[] = {"a red circle", "two green squares beside a blue triangle",
                                     "three crosses"};
  ProbeRecord record{.iteration = 20 * index, .prompts = {}};
  for (int prompt = 0; prompt < sizes.prompts; ++prompt) {
    ProbedPrompt& probed = record.prompts.emplace_back();
    probed.text = prompts[prompt % 3];
    if (prompt >= 3) probed.text += " " + std::to_string(prompt);
    for (int seed = 0; seed < sizes.seeds; ++seed) {
      Image image{.width = sizes.side, .height = sizes.side, .rgb = {}};
      for (int i = 0; i < sizes.side * sizes.side; ++i)
        for (const int level : {40 * prompt, 60 * seed + 3 * index, 200})
          image.rgb.push_back(static_cast<std::uint8_t>(level));
      probed.pictures.push_back({.seed = seed,
                                 .rewards = {{"match", .5 + .05 * index}, {"clean", .9}},
                                 .kl = sizes.knows_kl ? .0001 * index : no_value,
                                 .image = std::move(image)});
    }
    probed.diversity = picture_diversity(probed.pictures);
  }
  return std::make_shared<const ProbeRecord>(std::move(record));
}

inline ProbeStrip probeStrip(const ProbeSizes& sizes = {}) {
  ProbeStrip strip;
  for (int index = 0; index < sizes.probes; ++index) strip.probes.push_back(probeAt(index, sizes));
  return strip;
}

}  // namespace treegrpo::test
