#include "scene/patch.h"

#include <algorithm>

namespace treegrpo {
namespace {

struct Point {
  float x = 0;
  float y = 0;
};

Point point_of(int pixel) {
  return {static_cast<float>(pixel % scene_size), static_cast<float>(pixel / scene_size)};
}

float squared_distance(Point a, Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

// Number of the nearest centre.
std::size_t nearest_centre(int pixel, const std::vector<Point>& centres) {
  const auto nearest =
      std::min_element(centres.begin(), centres.end(), [&](const Point& a, const Point& b) {
        return squared_distance(point_of(pixel), a) < squared_distance(point_of(pixel), b);
      });
  return static_cast<std::size_t>(nearest - centres.begin());
}

// Starts k-means at points far apart: each the farthest from those before it, the first from the
// middle of the patch.
std::vector<Point> distant_points(const Patch& patch, int count) {
  Point middle;
  for (const int pixel : patch) {
    middle.x += point_of(pixel).x / static_cast<float>(patch.size());
    middle.y += point_of(pixel).y / static_cast<float>(patch.size());
  }
  std::vector<Point> points;
  while (points.size() < static_cast<std::size_t>(count)) {
    float farthest = -1;
    Point chosen;
    for (const int pixel : patch) {
      float distance = points.empty() ? squared_distance(point_of(pixel), middle) : 1e9F;
      for (const Point& point : points) {
        distance = std::min(distance, squared_distance(point_of(pixel), point));
      }
      if (distance > farthest) {
        farthest = distance;
        chosen = point_of(pixel);
      }
    }
    points.push_back(chosen);
  }
  return points;
}

}  // namespace

std::vector<Patch> find_patches(const Labels& labels) {
  std::vector<Patch> patches;
  std::array<bool, scene_pixels> seen{};
  for (int start = 0; start < scene_pixels; ++start) {
    const std::int8_t label = labels[static_cast<std::size_t>(start)];
    if (label == background_label || seen[static_cast<std::size_t>(start)]) continue;
    Patch patch{start};
    seen[static_cast<std::size_t>(start)] = true;
    for (std::size_t next = 0; next < patch.size(); ++next) {
      for_each_neighbour(patch[next], [&](int neighbour) {
        const auto n = static_cast<std::size_t>(neighbour);
        if (seen[n] || labels[n] != label) return;
        seen[n] = true;
        patch.push_back(neighbour);
      });
    }
    patches.push_back(std::move(patch));
  }
  return patches;
}

Patch with_soft_edge(const Patch& patch, const Labels& labels) {
  Patch wide = patch;
  std::array<bool, scene_pixels> taken{};
  for (const int pixel : patch) taken[static_cast<std::size_t>(pixel)] = true;
  for (const int pixel : patch) {
    for_each_neighbour(pixel, [&](int neighbour) {
      const auto n = static_cast<std::size_t>(neighbour);
      if (taken[n] || labels[n] != background_label) return;
      taken[n] = true;
      wide.push_back(neighbour);
    });
  }
  return wide;
}

std::vector<Patch> cut_into(const Patch& patch, int count) {
  constexpr int rounds = 8;
  std::vector<Point> centres = distant_points(patch, count);
  std::vector<Patch> parts;
  for (int round = 0; round < rounds; ++round) {
    parts.assign(centres.size(), {});
    for (const int pixel : patch) parts[nearest_centre(pixel, centres)].push_back(pixel);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].empty()) continue;
      centres[i] = {};
      for (const int pixel : parts[i]) {
        centres[i].x += point_of(pixel).x / static_cast<float>(parts[i].size());
        centres[i].y += point_of(pixel).y / static_cast<float>(parts[i].size());
      }
    }
  }
  return parts;
}

}  // namespace treegrpo
