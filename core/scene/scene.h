// The bundled task: captioned scenes of coloured shapes, in the categories of GenEval. Plain
// values; the grammar is in caption.h, pixels are in scene_image.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

enum class Shape { circle, square, triangle, cross };
enum class Color { red, orange, yellow, green, cyan, blue, purple };
enum class Relation { left_of, right_of, above, below };

// GenEval's names: single object, two objects, counting, colours, position, colour attribution;
// posattr combines the last two.
enum class SceneTask { single, two, count, color, position, attr, posattr };

inline constexpr int shape_count = 4;
inline constexpr int color_count = 7;
inline constexpr int scene_task_count = 7;
inline constexpr int scene_size = 32;  // pixels, width and height

// What a caption says of one kind of object.
struct ObjectSpec {
  Shape shape = Shape::circle;
  std::optional<Color> color;  // absent: any colour
  int count = 1;               // 1 to 4

  bool operator==(const ObjectSpec&) const = default;
};

// What a caption says. One spec for single, count and color; two for the other tasks.
struct SceneSpec {
  SceneTask task = SceneTask::single;
  std::vector<ObjectSpec> objects;
  std::optional<Relation> relation;  // of objects[0] to objects[1]

  bool operator==(const SceneSpec&) const = default;
};

// One drawn object: centre and radius in pixels.
struct SceneObject {
  Shape shape = Shape::circle;
  Color color = Color::red;
  float x = 0;
  float y = 0;
  float radius = 0;
};

// A picture before it is drawn. The background runs from one greyish colour to another along angle
// (radians); equal ends make a plain one. RGB in [0, 1].
struct Scene {
  std::vector<SceneObject> objects;
  std::array<float, 3> background_from{};
  std::array<float, 3> background_to{};
  float background_angle = 0;
};

std::string_view shape_name(Shape shape);
std::string_view color_name(Color color);
std::string_view task_name(SceneTask task);
// The palette's RGB in [0, 1].
std::array<float, 3> color_rgb(Color color);

}  // namespace treegrpo
