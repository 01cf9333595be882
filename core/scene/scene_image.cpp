#include "scene/scene_image.h"

#include <algorithm>
#include <cmath>

#include "scene/shape_geometry.h"

namespace treegrpo {
namespace {

constexpr int plane = scene_size * scene_size;

// A linear ramp over the picture: 0 to 1 along the angle, between opposite corners at most.
void paint_background(const Scene& scene, float* chw) {
  const float along_x = std::cos(scene.background_angle);
  const float along_y = std::sin(scene.background_angle);
  const float reach = std::abs(along_x) + std::abs(along_y);
  for (int y = 0; y < scene_size; ++y) {
    for (int x = 0; x < scene_size; ++x) {
      const float u = (2 * (static_cast<float>(x) + .5F) / scene_size - 1) * along_x;
      const float v = (2 * (static_cast<float>(y) + .5F) / scene_size - 1) * along_y;
      const float t = .5F + .5F * (u + v) / reach;
      for (std::size_t c = 0; c < 3; ++c) {
        chw[static_cast<int>(c) * plane + y * scene_size + x] =
            scene.background_from[c] + t * (scene.background_to[c] - scene.background_from[c]);
      }
    }
  }
}

int clamped_pixel(float position) {
  return std::clamp(static_cast<int>(std::floor(position)), 0, scene_size - 1);
}

void paint_object(const SceneObject& object, float* chw) {
  const std::array<float, 3> rgb = color_rgb(object.color);
  const float reach = unit_extent(object.shape).around * object.radius + 1;
  const int last_x = clamped_pixel(object.x + reach);
  const int last_y = clamped_pixel(object.y + reach);
  for (int y = clamped_pixel(object.y - reach); y <= last_y; ++y) {
    for (int x = clamped_pixel(object.x - reach); x <= last_x; ++x) {
      const float dx = static_cast<float>(x) + .5F - object.x;
      const float dy = static_cast<float>(y) + .5F - object.y;
      const float alpha = coverage(object.shape, object.radius, dx, dy);
      if (alpha <= 0) continue;
      for (std::size_t c = 0; c < 3; ++c) {
        float& value = chw[static_cast<int>(c) * plane + y * scene_size + x];
        value += alpha * (rgb[c] - value);
      }
    }
  }
}

}  // namespace

void render(const Scene& scene, float* chw) {
  paint_background(scene, chw);
  for (const SceneObject& object : scene.objects) paint_object(object, chw);
}

Image render(const Scene& scene) {
  std::array<float, 3 * plane> chw;
  render(scene, chw.data());
  Image image{.width = scene_size, .height = scene_size, .rgb = {}};
  image.rgb.resize(chw.size());
  for (std::size_t pixel = 0; pixel < plane; ++pixel) {
    for (std::size_t c = 0; c < 3; ++c) {
      const float value = std::clamp(chw[c * plane + pixel], 0.F, 1.F);
      image.rgb[3 * pixel + c] = static_cast<std::uint8_t>(std::lround(255 * value));
    }
  }
  return image;
}

}  // namespace treegrpo
