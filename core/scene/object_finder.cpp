#include "scene/object_finder.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"
#include "scene/patch.h"

namespace treegrpo {
namespace {

constexpr float figure_chroma = .30F;
constexpr std::size_t object_pixels = 7;  // px; fewer is stray colour
constexpr float core_share = .8F;         // of the largest chroma: what is no soft edge
constexpr float split_below = .80F;  // a patch that overlaps its best shape less may be several
constexpr float split_gain = .08F;   // overlap that the parts must gain
constexpr int most_parts = 4;

struct Pixels {
  std::array<std::array<float, 3>, scene_pixels> rgb;
  std::array<float, scene_pixels> chroma;
  Labels color;  // nearest palette hue of the figure, background_label elsewhere
};

// Hue as an angle in sixths of a turn.
float hue(const std::array<float, 3>& rgb) {
  const float top = std::max({rgb[0], rgb[1], rgb[2]});
  const float chroma = top - std::min({rgb[0], rgb[1], rgb[2]});
  if (chroma <= 0) return 0;
  if (top == rgb[0]) return std::fmod((rgb[1] - rgb[2]) / chroma + 6, 6.F);
  if (top == rgb[1]) return (rgb[2] - rgb[0]) / chroma + 2;
  return (rgb[0] - rgb[1]) / chroma + 4;
}

std::array<float, color_count> palette_hues() {
  std::array<float, color_count> hues{};
  for (std::size_t i = 0; i < hues.size(); ++i) hues[i] = hue(color_rgb(static_cast<Color>(i)));
  return hues;
}

std::int8_t nearest_hue(float angle, const std::array<float, color_count>& hues) {
  std::int8_t nearest = 0;
  float smallest = 6;
  for (std::size_t i = 0; i < hues.size(); ++i) {
    const float turn = std::abs(angle - hues[i]);
    const float distance = std::min(turn, 6 - turn);
    if (distance < smallest) {
      smallest = distance;
      nearest = static_cast<std::int8_t>(i);
    }
  }
  return nearest;
}

Pixels read_pixels(const Image& image) {
  const auto hues = palette_hues();
  Pixels pixels;
  for (std::size_t i = 0; i < scene_pixels; ++i) {
    auto& rgb = pixels.rgb[i];
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = static_cast<float>(image.rgb[3 * i + c]) / 255;
    pixels.chroma[i] = std::max({rgb[0], rgb[1], rgb[2]}) - std::min({rgb[0], rgb[1], rgb[2]});
    pixels.color[i] =
        pixels.chroma[i] > figure_chroma ? nearest_hue(hue(rgb), hues) : background_label;
  }
  return pixels;
}

// Mean colour and chroma of the pixels that are not a soft edge.
struct Core {
  std::array<float, 3> rgb{};
  float chroma = 0;
};

Core core_of(const Patch& patch, const Pixels& pixels) {
  float largest = 0;
  for (const int pixel : patch) {
    largest = std::max(largest, pixels.chroma[static_cast<std::size_t>(pixel)]);
  }
  Core core;
  float count = 0;
  for (const int pixel : patch) {
    const auto p = static_cast<std::size_t>(pixel);
    if (pixels.chroma[p] < core_share * largest) continue;
    for (std::size_t c = 0; c < 3; ++c) core.rgb[c] += pixels.rgb[p][c];
    core.chroma += pixels.chroma[p];
    ++count;
  }
  for (float& channel : core.rgb) channel /= count;
  core.chroma /= count;
  return core;
}

// Mixing with grey scales chroma, so chroma over that of the core is how much of a pixel is
// covered.
SoftMask soft_mask(const Patch& pixels_of_it, const Pixels& pixels, float core_chroma,
                   float background_chroma) {
  SoftMask mask{};
  const float range = std::max(core_chroma - background_chroma, .05F);
  for (const int pixel : pixels_of_it) {
    const auto p = static_cast<std::size_t>(pixel);
    mask[p] = std::clamp((pixels.chroma[p] - background_chroma) / range, 0.F, 1.F);
  }
  return mask;
}

// Turns patches into objects.
class ObjectReader {
 public:
  ObjectReader(const Pixels& pixels, const Labels& object_of, float background_chroma)
      : pixels_(pixels), object_of_(object_of), background_chroma_(background_chroma) {}

  // One object, or several where no single shape fits and several do.
  std::vector<DetectedObject> read(const Patch& patch) const {
    std::vector<DetectedObject> best{read_one(patch)};
    const float alone = best.front().fit.best_iou();
    if (alone >= split_below) return best;
    float to_beat = alone + split_gain;
    const Patch wide = with_soft_edge(patch, object_of_);
    for (int count = 2; count <= most_parts; ++count) {
      std::vector<DetectedObject> parts = read_parts(patch, wide, count);
      float worst = parts.empty() ? 0 : 1;
      for (const DetectedObject& part : parts) worst = std::min(worst, part.fit.best_iou());
      if (worst < to_beat) continue;
      // One more part has to pay for itself.
      to_beat = worst + split_gain / 2;
      best = std::move(parts);
    }
    return best;
  }

 private:
  DetectedObject read_one(const Patch& patch) const {
    return object(patch, with_soft_edge(patch, object_of_));
  }

  // Empty if a part is too small to be an object.
  std::vector<DetectedObject> read_parts(const Patch& patch, const Patch& wide, int count) const {
    if (patch.size() < static_cast<std::size_t>(count) * object_pixels) return {};
    std::vector<DetectedObject> objects;
    for (const Patch& part : cut_into(wide, count)) {
      Patch inside;
      for (const int pixel : part) {
        if (object_of_[static_cast<std::size_t>(pixel)] != background_label) {
          inside.push_back(pixel);
        }
      }
      if (inside.size() < object_pixels) return {};
      objects.push_back(object(inside, part));
    }
    return objects;
  }

  DetectedObject object(const Patch& inside, const Patch& wide) const {
    const Core core = core_of(inside, pixels_);
    DetectedObject found;
    found.color = static_cast<Color>(pixels_.color[static_cast<std::size_t>(inside.front())]);
    found.rgb = core.rgb;
    found.fit = fit_shapes(soft_mask(wide, pixels_, core.chroma, background_chroma_));
    found.shape = found.fit.best();
    return found;
  }

  const Pixels& pixels_;
  const Labels& object_of_;
  float background_chroma_;
};

// How near a pixel is to black or white, from 0 at a tenth off to 1 where it clips.
float clipping(const std::array<float, 3>& rgb) {
  constexpr float begins = .10F;
  constexpr float ends = .01F;
  const float to_white = 1 - std::min({rgb[0], rgb[1], rgb[2]});
  const float to_black = std::max({rgb[0], rgb[1], rgb[2]});
  return std::clamp((begins - std::min(to_white, to_black)) / (begins - ends), 0.F, 1.F);
}

// Fills in the background's measures from pixels that touch no figure.
void measure_background(const Pixels& pixels, FoundScene& found) {
  float count = 0;
  for (int pixel = 0; pixel < scene_pixels; ++pixel) {
    const auto p = static_cast<std::size_t>(pixel);
    bool is_background = pixels.color[p] == background_label;
    for_each_neighbour(pixel, [&](int neighbour) {
      is_background &= pixels.color[static_cast<std::size_t>(neighbour)] == background_label;
    });
    if (!is_background) continue;
    found.background_chroma += pixels.chroma[p];
    found.background_clipping += clipping(pixels.rgb[p]);
    ++count;
  }
  if (count == 0) {
    found.background_chroma = 1;  // all figure: no ground at all
    return;
  }
  found.background_chroma /= count;
  found.background_clipping /= count;
}

}  // namespace

FoundScene find_objects(const Image& image) {
  if (image.width != scene_size || image.height != scene_size ||
      image.rgb.size() != 3 * scene_pixels) {
    throw Error("the scene detector reads pictures of 32x32 pixels, and this one has " +
                std::to_string(image.width) + "x" + std::to_string(image.height) +
                ": resize it first");
  }
  const Pixels pixels = read_pixels(image);
  FoundScene found;
  measure_background(pixels, found);
  const std::vector<Patch> patches = find_patches(pixels.color);
  Labels object_of;
  object_of.fill(background_label);
  std::size_t colored = 0;
  std::size_t stray = 0;
  for (const Patch& patch : patches) {
    colored += patch.size();
    if (patch.size() < object_pixels) {
      stray += patch.size();
      continue;
    }
    for (const int pixel : patch) object_of[static_cast<std::size_t>(pixel)] = 1;
  }
  if (colored > 0) found.stray = static_cast<float>(stray) / static_cast<float>(colored);
  const float ground = std::min(found.background_chroma, figure_chroma);
  const ObjectReader reader(pixels, object_of, ground);
  for (const Patch& patch : patches) {
    if (patch.size() < object_pixels) continue;
    for (DetectedObject& object : reader.read(patch)) found.objects.push_back(object);
  }
  std::stable_sort(
      found.objects.begin(), found.objects.end(),
      [](const DetectedObject& a, const DetectedObject& b) { return a.fit.area > b.fit.area; });
  return found;
}

}  // namespace treegrpo
