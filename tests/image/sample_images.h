// Pictures to test with.
#pragma once

#include <cstdint>
#include <random>

#include "record/image.h"

// Every byte random.
inline treegrpo::Image noise_image(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  treegrpo::Image image{.width = width, .height = height, .rgb = {}};
  for (int i = 0; i < width * height * 3; ++i)
    image.rgb.push_back(static_cast<std::uint8_t>(random() & 0xFF));
  return image;
}

// Red grows to the right, green downwards.
inline treegrpo::Image gradient_image(int width, int height, int blue = 90) {
  treegrpo::Image image{.width = width, .height = height, .rgb = {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const int level : {255 * x / width, 255 * y / height, blue})
        image.rgb.push_back(static_cast<std::uint8_t>(level));
  return image;
}
