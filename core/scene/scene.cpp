#include "scene/scene.h"

namespace treegrpo {

std::string_view shape_name(Shape shape) {
  static constexpr std::array<std::string_view, shape_count> names{"circle", "square", "triangle",
                                                                   "cross"};
  return names[static_cast<std::size_t>(shape)];
}

std::string_view color_name(Color color) {
  static constexpr std::array<std::string_view, color_count> names{
      "red", "orange", "yellow", "green", "cyan", "blue", "purple"};
  return names[static_cast<std::size_t>(color)];
}

std::string_view task_name(SceneTask task) {
  static constexpr std::array<std::string_view, scene_task_count> names{
      "single", "two", "count", "color", "position", "attr", "posattr"};
  return names[static_cast<std::size_t>(task)];
}

std::array<float, 3> color_rgb(Color color) {
  // Hues far apart (0, 32, 56, 128, 184, 228, 284 degrees), chroma at least .6 everywhere: the
  // detector tells figure from ground by chroma and colours by hue.
  static constexpr std::array<std::array<float, 3>, color_count> palette{{{.88F, .12F, .12F},
                                                                          {.96F, .53F, .08F},
                                                                          {.95F, .89F, .12F},
                                                                          {.10F, .72F, .18F},
                                                                          {.10F, .80F, .85F},
                                                                          {.12F, .26F, .88F},
                                                                          {.62F, .14F, .80F}}};
  return palette[static_cast<std::size_t>(color)];
}

}  // namespace treegrpo
