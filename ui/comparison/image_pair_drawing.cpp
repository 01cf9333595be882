#include "comparison/image_pair_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/run_look.h"

namespace treegrpo {
namespace {

constexpr float margin = 6, gap = 8, scale_height = 26, tag_side = 20, divider_reach = 8;

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
  ImagePairPainter(const ImagePairSide& first, const ImagePairSide& second,
                   const FalseColours& difference, const ImagePairLook& look, float width,
                   float height, const Theme& theme)
      : first_(first),
        second_(second),
        difference_(difference),
        look_(look),
        theme_(theme),
        places_(imagePlaces(first, second, look, width, height)) {
    drawing_.extent = {0, 0, width, height};
  }

  Drawing draw() {
    switch (look_.mode) {
      case ImageMode::side_by_side:
        addSide(first_, places_.first, 0);
        addSide(second_, places_.second, 1);
        break;
      case ImageMode::flicker:
        look_.second ? addSide(second_, places_.second, 1) : addSide(first_, places_.first, 0);
        break;
      case ImageMode::wipe:
        addWipe();
        break;
      case ImageMode::difference:
        addDifference();
        break;
    }
    return std::move(drawing_);
  }

 private:
  void text(Point at, std::string words, Color color, TextAlign align = TextAlign::left,
            TextRole role = TextRole::caption) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, no_color});
  }

  void addSide(const ImagePairSide& side, const Box& box, std::size_t run) {
    if (!has(side)) {
      drawing_.items.emplace_back(BoxItem{box, theme_.panel_alt, {theme_.border, 1, {{3, 3}}}, 0});
      text(box.centre(), side.missing, theme_.text2, TextAlign::centre);
    } else {
      drawing_.items.emplace_back(ImageItem{box, side.image, false, 1});
    }
    addTag({box.left + 4, box.top + 4, tag_side, tag_side}, side.letter, run);
  }

  void addTag(const Box& box, const std::string& letter, std::size_t run) {
    drawing_.items.emplace_back(BoxItem{box, runColor(theme_, run), {}, 2});
    text(box.centre(), letter, theme_.canvas, TextAlign::centre, TextRole::caption_medium);
  }

  // A left of the divider, B right of it: B's picture below, the part of A's pixels above.
  void addWipe() {
    addSide(second_, places_.second, 1);
    if (!has(first_) || !has(second_)) return addSide(first_, places_.first, 0);
    const Box& box = places_.first;
    const float at = std::clamp(look_.wipe, 0.f, 1.f) * box.width;
    addLeftPart(box, at);
    addTag({box.left + 4, box.top + 4, tag_side, tag_side}, first_.letter, 0);
    addTag({box.right() - tag_side - 4, box.top + 4, tag_side, tag_side}, second_.letter, 1);
    addDivider(box.left + at, box);
  }

  // A picture is drawn whole, so what lies right of the divider is a picture of its own.
  void addLeftPart(const Box& box, float width) {
    const Image& whole = *first_.image;
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
      const bool both = has(first_) && has(second_);
      return text({drawing_.extent.width / 2, drawing_.extent.height / 2},
                  both          ? "The pictures have other sizes"
                  : has(first_) ? second_.missing
                                : first_.missing,
                  theme_.text2, TextAlign::centre);
    }
    drawing_.items.emplace_back(ImageItem{places_.first, difference_.image, false, 1});
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

  const ImagePairSide& first_;
  const ImagePairSide& second_;
  const FalseColours& difference_;
  const ImagePairLook& look_;
  const Theme& theme_;
  ImagePlaces places_;
  Drawing drawing_;
};

}  // namespace

ImagePlaces imagePlaces(const ImagePairSide& first, const ImagePairSide& second,
                        const ImagePairLook& look, float width, float height) {
  const Image none{.width = 1, .height = 1, .rgb = {0, 0, 0}};
  const Image& a = has(first) ? *first.image : has(second) ? *second.image : none;
  const Image& b = has(second) ? *second.image : a;
  const float below = look.mode == ImageMode::difference ? scale_height : 0;
  Box room{margin, margin, std::max(1.f, width - 2 * margin),
           std::max(1.f, height - 2 * margin - below)};
  if (look.mode != ImageMode::side_by_side)
    return {placed(a, room, look.zoom, look.pan), placed(b, room, look.zoom, look.pan)};
  room.width = std::max(1.f, (room.width - gap) / 2);
  const Box right{room.right() + gap, room.top, room.width, room.height};
  return {placed(a, room, look.zoom, look.pan), placed(b, right, look.zoom, look.second_pan)};
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

Drawing imagePairDrawing(const ImagePairSide& first, const ImagePairSide& second,
                         const FalseColours& difference, const ImagePairLook& look, float width,
                         float height, const Theme& theme) {
  return ImagePairPainter(first, second, difference, look, width, height, theme).draw();
}

}  // namespace treegrpo
