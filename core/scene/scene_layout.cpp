// draw_scene: placement by rejection, with a fresh start (and fresh radii) when a scene gets stuck.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "scene/scene_image.h"
#include "scene/shape_geometry.h"

namespace treegrpo {
namespace {

constexpr float frame_margin = .5F;      // px between an object and the border
constexpr float gap = 2;                 // px between two objects, so that no pixel touches both
constexpr float relation_clearance = 4;  // px by which the named direction beats the other one
constexpr int placement_tries = 24;

std::pair<float, float> radius_range(std::size_t objects) {
  if (objects <= 1) return {5.5F, 9.5F};
  if (objects == 2) return {4.3F, 6.5F};
  return {3.6F, 5.2F};
}

// The objects a caption asks for, without places.
std::vector<SceneObject> asked_objects(const SceneSpec& spec, Random& random) {
  std::vector<SceneObject> objects;
  for (const ObjectSpec& asked : spec.objects) {
    const Color color = asked.color ? *asked.color : static_cast<Color>(random.below(color_count));
    for (int i = 0; i < asked.count; ++i) {
      objects.push_back({.shape = asked.shape, .color = color});
    }
  }
  return objects;
}

void place_anywhere(SceneObject& object, Random& random) {
  const Extent extent = unit_extent(object.shape);
  const float side = extent.side * object.radius + frame_margin;
  const float up = extent.up * object.radius + frame_margin;
  const float down = extent.down * object.radius + frame_margin;
  object.x = random.uniform(side, scene_size - side);
  object.y = random.uniform(up, scene_size - down);
}

bool apart(const SceneObject& a, const SceneObject& b) {
  const Extent of_a = unit_extent(a.shape);
  const Extent of_b = unit_extent(b.shape);
  const float around = of_a.around * a.radius + of_b.around * b.radius + gap;
  const float dx = std::abs(a.x - b.x);
  const float dy = std::abs(a.y - b.y);
  if (dx * dx + dy * dy >= around * around) return true;
  if (dx >= of_a.side * a.radius + of_b.side * b.radius + gap) return true;
  const bool a_is_upper = a.y < b.y;
  const float reach = a_is_upper ? of_a.down * a.radius + of_b.up * b.radius
                                 : of_a.up * a.radius + of_b.down * b.radius;
  return dy >= reach + gap;
}

bool relation_is_clear(Relation relation, const SceneObject& a, const SceneObject& b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  switch (relation) {
    case Relation::left_of:
      return dx - std::abs(dy) >= relation_clearance;
    case Relation::right_of:
      return -dx - std::abs(dy) >= relation_clearance;
    case Relation::above:
      return dy - std::abs(dx) >= relation_clearance;
    case Relation::below:
      return -dy - std::abs(dx) >= relation_clearance;
  }
  return true;
}

bool fits(const std::vector<SceneObject>& objects, std::size_t placed,
          const std::optional<Relation>& relation) {
  for (std::size_t other = 0; other < placed; ++other) {
    if (!apart(objects[other], objects[placed])) return false;
  }
  return !relation || placed != 1 || relation_is_clear(*relation, objects[0], objects[1]);
}

bool try_to_place(std::vector<SceneObject>& objects, const std::optional<Relation>& relation,
                  Random& random) {
  const auto [smallest, largest] = radius_range(objects.size());
  for (SceneObject& object : objects) object.radius = random.uniform(smallest, largest);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    bool placed = false;
    for (int attempt = 0; attempt < placement_tries && !placed; ++attempt) {
      place_anywhere(objects[i], random);
      placed = fits(objects, i, relation);
    }
    if (!placed) return false;
  }
  return true;
}

// A grey with a tint too weak to be a colour: chroma at most .08.
std::array<float, 3> draw_grey(Random& random) {
  const float grey = random.uniform(.16F, .84F);
  std::array<float, 3> rgb{};
  for (float& channel : rgb) channel = grey + random.uniform(-.04F, .04F);
  return rgb;
}

}  // namespace

Scene draw_scene(const SceneSpec& spec, Random& random) {
  Scene scene;
  scene.objects = asked_objects(spec, random);
  while (!try_to_place(scene.objects, spec.relation, random)) {
  }
  scene.background_from = draw_grey(random);
  const bool is_plain = random.uniform() < .5;
  scene.background_to = is_plain ? scene.background_from : draw_grey(random);
  scene.background_angle = is_plain ? 0 : random.uniform(0, 2 * std::numbers::pi_v<float>);
  return scene;
}

}  // namespace treegrpo
