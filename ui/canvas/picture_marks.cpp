#include "canvas/picture_marks.h"

#include "canvas/marks.h"
#include "canvas/plot_frame.h"

namespace treegrpo {
namespace {

constexpr float tag_side = 16;

}  // namespace

void addPictureRings(Drawing& drawing, const Box& box, bool selected, bool reference,
                     const Theme& theme) {
  if (reference) {
    drawing.items.emplace_back(
        BoxItem{grown(box, 4), no_color, {theme.reference, 2, {{5, 2.5f, 0, 0}}}, 2});
    addReferenceTag(drawing, box, theme);
  }
  if (selected)
    drawing.items.emplace_back(BoxItem{grown(box, 5), no_color, {theme.ring, 2.5f, {}}, 2});
}

void addReferenceTag(Drawing& drawing, const Box& box, const Theme& theme) {
  const Box tag{box.left - 5, box.top - 5, tag_side, tag_side};
  drawing.items.emplace_back(BoxItem{tag, theme.reference, {}});
  drawing.items.emplace_back(TextItem{tag.centre(), "R", theme.canvas, TextRole::caption_medium,
                                      TextAlign::centre, false, no_color});
}

std::string nearestWords(int step, float room) {
  const std::string number = "t " + std::to_string(step), words = "nearest: " + number;
  return fitted(words, room) == words ? words : number;
}

}  // namespace treegrpo
