#include "comparison/image_pair_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/picture_marks.h"
#include "canvas/run_look.h"
#include "canvas/text_width.h"

namespace treegrpo {
namespace {

constexpr float margin = 8, gap = 14, scale_height = 26, tag_side = 20, divider_reach = 8;

bool has(const ImagePairSide& side) { return side.image && !side.image->empty(); }

// In the middle of a room, at a whole factor where it is enlarged at zoom 1.
Box placed(const Image& image, const Box& room, float zoom, Point pan) {
  const auto wide = static_cast<float>(image.width), high = static_cast<float>(image.height);
  float fit = std::min(room.width / wide, room.height / high);
  if (fit >= 1) fit = std::floor(fit);
  const float factor = fit * zoom;
  const Point middle = room.centre();
  return {std::round(middle.x - factor * wide / 2) + pan.x,
          std::round(middle.y - factor * high / 2) + pan.y, factor * wide, factor * high};
}

class ImagePairPainter {
 public:
  ImagePairPainter(const ImagePairSides& sides, const FalseColours& difference,
                   const ImagePairLook& look, float width, float height, const Theme& theme)
      : sides_(shownSides(sides, look)),
        difference_(difference),
        look_(look),
        theme_(theme),
        places_(imagePlaces(sides_, look, width, height)) {
    drawing_.extent = {0, 0, width, height};
  }

  Drawing draw() {
    if (look_.mode == ImageMode::side_by_side)
      for (const int side : {0, 1}) addSide(side);
    else if (look_.show_reference)
      addSide(look_.reference);
    else if (look_.mode == ImageMode::flicker)
      addSide(look_.turn);
    else
      look_.mode == ImageMode::wipe ? addWipe() : addDifference();
    return std::move(drawing_);
  }

 private:
  const ImagePairSide& at(int side) const { return sides_[static_cast<std::size_t>(side)]; }
  const Box& placeOf(int side) const { return places_[static_cast<std::size_t>(side)]; }

  void text(Point at, std::string words, Color color, TextAlign align = TextAlign::left,
            TextRole role = TextRole::caption) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, no_color});
  }

  void addSide(int side) {
    const ImagePairSide& shown = at(side);
    const Box& box = placeOf(side);
    if (!has(shown)) {
      drawing_.items.emplace_back(BoxItem{box, theme_.panel_alt, {theme_.border, 1, {{3, 3}}}, 0});
      text(box.centre(), shown.missing, theme_.text2, TextAlign::centre);
    } else {
      drawing_.items.emplace_back(
          ImageItem{box, shown.image, false, shown.stale ? stale_share : 1});
    }
    addTag({box.left + 4, box.top + 4, tag_side, tag_side}, shown);
    addStep(shown, {box.left + 4, box.bottom() - 10}, box.width - 8);
    const bool beside = look_.mode == ImageMode::side_by_side;
    addPictureRings(drawing_, box, beside && side == look_.selected, isReference(side), theme_);
  }

  // Of what is shown on that side.
  bool isReference(int side) const {
    return side == look_.reference || (look_.show_reference && side == look_.selected);
  }

  void addTag(const Box& box, const ImagePairSide& side) {
    drawing_.items.emplace_back(BoxItem{box, runColor(theme_, side.run), {}, 2});
    text(box.centre(), side.letter, theme_.canvas, TextAlign::centre, TextRole::caption_medium);
  }

  // On a ground of its own, since it lies on the picture.
  void addStep(const ImagePairSide& side, Point at, float room) {
    if (!has(side) || !side.stale) return;
    const std::string words = nearestWords(side.step, room);
    const float width = textWidth(words, TextRole::caption) + 6;
    drawing_.items.emplace_back(BoxItem{{at.x - 3, at.y - 8, width, 16}, theme_.canvas, {}, 2});
    text(at, words, theme_.warning);
  }

  // A left of the divider, B right of it: B's picture below, the part of A's pixels above.
  void addWipe() {
    addSide(1);
    if (!has(at(0)) || !has(at(1))) return addSide(0);
    const Box& box = placeOf(0);
    const float x = std::clamp(look_.wipe, 0.f, 1.f) * box.width;
    addLeftPart(box, x);
    addTag({box.left + 4, box.top + 4, tag_side, tag_side}, at(0));
    addTag({box.right() - tag_side - 4, box.top + 4, tag_side, tag_side}, at(1));
    addStep(at(0), {box.left + 4, box.top + tag_side + 14}, box.width / 2);
    addDivider(box.left + x, box);
  }

  // A picture is drawn whole, so what lies right of the divider is a picture of its own.
  void addLeftPart(const Box& box, float width) {
    const Image& whole = *at(0).image;
    const float pixel = box.width / static_cast<float>(whole.width);
    const int columns = std::clamp(static_cast<int>(std::lround(width / pixel)), 0, whole.width);
    if (columns == 0) return;
    auto part = std::make_shared<Image>();
    part->width = columns;
    part->height = whole.height;
    for (int row = 0; row < whole.height; ++row) {
      const auto from = whole.rgb.begin() + 3L * row * whole.width;
      part->rgb.insert(part->rgb.end(), from, from + 3L * columns);
    }
    drawing_.items.emplace_back(ImageItem{
        {box.left, box.top, pixel * static_cast<float>(columns), box.height}, part, false, 1});
  }

  void addDivider(float x, const Box& box) {
    drawing_.items.emplace_back(LineItem{{x, box.top}, {x, box.bottom()}, {theme_.canvas, 3, {}}});
    drawing_.items.emplace_back(LineItem{{x, box.top}, {x, box.bottom()}, {theme_.ring, 1.5f, {}}});
    drawing_.items.emplace_back(
        CircleItem{{x, box.bottom() - 16}, 8, theme_.canvas, {theme_.ring, 1.5f, {}}});
    text({x, box.bottom() - 16}, "‹ ›", theme_.text, TextAlign::centre);
    drawing_.hits.push_back(
        {{x - divider_reach, box.top, 2 * divider_reach, box.height}, HitKind::badge, 0});
  }

  void addDifference() {
    if (!difference_.image) {
      const bool both = has(at(0)) && has(at(1));
      return text({drawing_.extent.width / 2, drawing_.extent.height / 2},
                  both         ? "The pictures have other sizes"
                  : has(at(0)) ? at(1).missing
                               : at(0).missing,
                  theme_.text2, TextAlign::centre);
    }
    const Box& box = placeOf(0);
    drawing_.items.emplace_back(ImageItem{box, difference_.image, false, 1});
    addStep(at(0), {box.left + 4, box.top + 14}, box.width);
    addStep(at(1), {box.left + 4, box.bottom() - 10}, box.width);
    addScale();
  }

  void addScale() {
    constexpr int boxes = 48;
    const float left = 56, right = drawing_.extent.width - 56;
    const float top = drawing_.extent.height - scale_height + 6, wide = (right - left) / boxes;
    const bool sign = look_.metric == ErrorMetric::error;
    for (int i = 0; i < boxes; ++i) {
      const double share = (i + .5) / boxes;
      const Color color =
          sign ? divergingColor(theme_, 2 * share - 1, 1) : sequentialColor(theme_, share, 0, 1);
      drawing_.items.emplace_back(
          BoxItem{{left + wide * static_cast<float>(i), top, wide + .3f, 10}, color, {}, 0});
    }
    text({left - 4, top + 5}, sign ? signedText(-difference_.most, 3) : "0", theme_.text2,
         TextAlign::right);
    text({right + 4, top + 5},
         sign ? signedText(difference_.most, 3) : fixedText(difference_.most, 3), theme_.text2);
  }

  const ImagePairSides sides_;
  const FalseColours& difference_;
  const ImagePairLook& look_;
  const Theme& theme_;
  const std::array<Box, 2> places_;
  Drawing drawing_;
};

}  // namespace

ImagePairSides shownSides(const ImagePairSides& sides, const ImagePairLook& look) {
  ImagePairSides shown = sides;
  if (look.show_reference && look.mode == ImageMode::side_by_side)
    shown[static_cast<std::size_t>(look.selected)] =
        sides[static_cast<std::size_t>(look.reference)];
  return shown;
}

std::array<Box, 2> imagePlaces(const ImagePairSides& shown, const ImagePairLook& look, float width,
                               float height) {
  const Image none{.width = 1, .height = 1, .rgb = {0, 0, 0}};
  const Image& a = has(shown[0]) ? *shown[0].image : has(shown[1]) ? *shown[1].image : none;
  const Image& b = has(shown[1]) ? *shown[1].image : a;
  const float below = look.mode == ImageMode::difference ? scale_height : 0;
  Box room{margin, margin, std::max(1.f, width - 2 * margin),
           std::max(1.f, height - 2 * margin - below)};
  if (look.mode != ImageMode::side_by_side)
    return {placed(a, room, look.zoom, look.pan[0]), placed(b, room, look.zoom, look.pan[0])};
  room.width = std::max(1.f, (room.width - gap) / 2);
  const Box right{room.right() + gap, room.top, room.width, room.height};
  return {placed(a, room, look.zoom, look.pan[0]), placed(b, right, look.zoom, look.pan[1])};
}

FalseColours falseColours(const Image& image, const Image& reference, ErrorMetric metric,
                          const Theme& theme) {
  if (image.empty() || image.width != reference.width || image.height != reference.height)
    return {};
  const std::vector<double> errors = pixel_errors(image, reference, metric);
  FalseColours result;
  for (const double error : errors) result.most = std::max(result.most, std::abs(error));
  const double end = result.most > 0 ? result.most : 1;
  auto picture = std::make_shared<Image>();
  picture->width = image.width;
  picture->height = image.height;
  for (const double error : errors) {
    const Color color = metric == ErrorMetric::error ? divergingColor(theme, error, end)
                                                     : sequentialColor(theme, error, 0, end);
    picture->rgb.insert(picture->rgb.end(), {color.red, color.green, color.blue});
  }
  result.image = std::move(picture);
  return result;
}

Drawing imagePairDrawing(const ImagePairSides& sides, const FalseColours& difference,
                         const ImagePairLook& look, float width, float height, const Theme& theme) {
  return ImagePairPainter(sides, difference, look, width, height, theme).draw();
}

}  // namespace treegrpo
