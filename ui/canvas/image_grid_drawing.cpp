#include "canvas/image_grid_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/picture_marks.h"
#include "canvas/plot_frame.h"

namespace treegrpo {
namespace {

constexpr float name_y = -15, caption_y = 14;  // from a cell's top and bottom
constexpr float detail_y = 28;                 // of the second line of a column's name
constexpr float letter_room = 22;
constexpr float marked_scale = 4;  // the least at which one pixel can be marked
constexpr float reward_room = 50;  // of "R 0.787"

// The part of a picture that a cell has room for; the picture itself where that is all of it.
std::shared_ptr<const Image> cropped(const std::shared_ptr<const Image>& image,
                                     const PicturePart& part) {
  if (part.size == GridPixel{image->width, image->height}) return image;
  auto piece = std::make_shared<Image>();
  piece->width = part.size.x;
  piece->height = part.size.y;
  piece->rgb.reserve(static_cast<std::size_t>(3 * part.size.x * part.size.y));
  for (int y = part.from.y; y < part.from.y + part.size.y; ++y) {
    const auto row = image->rgb.begin() + 3L * (y * image->width + part.from.x);
    piece->rgb.insert(piece->rgb.end(), row, row + 3L * part.size.x);
  }
  return piece;
}

class GridPainter {
 public:
  GridPainter(const ImageGrid& grid, const GridView& view, const Theme& theme)
      : grid_(grid), view_(view), theme_(theme), places_(grid, view) {}

  Drawing draw() {
    for (std::int32_t cell = 0; cell < grid_.count(); ++cell)
      if (overlap(grown(places_.cell(cell), 30), {0, grid_head, view_.width, view_.height}))
        addCell(cell);
    drawing_.items.emplace_back(BoxItem{{0, 0, view_.width, grid_head}, theme_.canvas, {}});
    for (std::int32_t column = 0; column < grid_.columnCount(); ++column) addColumnName(column);
    drawing_.items.emplace_back(
        LineItem{{0, grid_head}, {view_.width, grid_head}, {theme_.grid, 1, {}}});
    drawing_.extent = {0, 0, view_.width, grid_head + places_.contentHeight()};
    return std::move(drawing_);
  }

 private:
  void text(Point at, std::string words, Color color, TextAlign align = TextAlign::left,
            TextRole role = TextRole::caption) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, no_color});
  }

  const GridCell& cellOf(std::int32_t cell) const {
    return grid_.cells[static_cast<std::size_t>(cell)];
  }

  void addColumnName(std::int32_t column) {
    const GridColumn& named = grid_.columns[static_cast<std::size_t>(column)];
    const Box box = places_.cell(column);
    const float y = named.detail.empty() ? grid_head / 2 : 13;
    text({box.left, y}, named.letter, theme_.runs[named.run % theme_.runs.size()], TextAlign::left,
         TextRole::body_strong);
    const float left = box.left + letter_room, room = box.width - letter_room;
    text({left, y}, fitted(named.name, room), theme_.text);
    if (!named.detail.empty()) text({left, detail_y}, fitted(named.detail, room), theme_.text2);
  }

  void addCell(std::int32_t cell) {
    const Box box = places_.cell(cell);
    const auto row = static_cast<std::size_t>(cell / std::max(1, grid_.columnCount()));
    if (cell % std::max(1, grid_.columnCount()) == 0)
      text({box.left, box.top + name_y}, fitted(grid_.rows[row], view_.width - 2 * box.left),
           theme_.text2);
    drawing_.hits.push_back({box, HitKind::node, cell});
    const ShownPicture shown = shownPicture(grid_, view_, cell);
    shown.picture ? addPicture(cell, shown) : addMissing(box, cellOf(cell).missing);
    addRings(cell, box);
    addCaption(cell, shown, box);
  }

  void addPicture(std::int32_t cell, const ShownPicture& shown) {
    const std::shared_ptr<const Image>& image = shown.picture->image;
    const PicturePart part = places_.part(cell, *image);
    drawing_.items.emplace_back(
        ImageItem{part.box, cropped(image, part), part.scale < 1, shown.stale ? stale_share : 1});
    if (view_.probed >= 0) addPixelMark(part);
  }

  // The same pixel in every cell, where it shows.
  void addPixelMark(const PicturePart& part) {
    const GridPixel at{view_.pixel.x - part.from.x, view_.pixel.y - part.from.y};
    if (part.scale < marked_scale || at.x < 0 || at.y < 0 || at.x >= part.size.x ||
        at.y >= part.size.y)
      return;
    const Box pixel{part.box.left + static_cast<float>(at.x) * part.scale,
                    part.box.top + static_cast<float>(at.y) * part.scale, part.scale, part.scale};
    drawing_.items.emplace_back(BoxItem{grown(pixel, 2), no_color, {theme_.canvas, 1, {}}});
    drawing_.items.emplace_back(BoxItem{grown(pixel, 1), no_color, {theme_.ring, 1, {}}});
  }

  void addMissing(const Box& box, const std::string& why) {
    drawing_.items.emplace_back(BoxItem{box, theme_.panel, {}});
    addCornerMarks(drawing_, box, theme_.text2);
    text(box.centre(), fitted(why, box.width - 12), theme_.text2, TextAlign::centre);
  }

  void addRings(std::int32_t cell, const Box& box) {
    addPictureRings(drawing_, box, cell == view_.selected, cell == view_.reference, theme_);
    if (cell == view_.selected && shownPicture(grid_, view_, cell).of_reference)
      addReferenceTag(drawing_, box, theme_);
  }

  void addCaption(std::int32_t cell, const ShownPicture& shown, const Box& box) {
    const float y = box.bottom() + caption_y;
    const double reward = cellOf(shown.of_reference ? view_.reference : cell).reward;
    const bool valued = std::isfinite(reward) && box.width >= reward_room;
    if (valued) text({box.right(), y}, "R " + fixedText(reward, 3), theme_.text2, TextAlign::right);
    const float room = box.width - (valued ? reward_room : 0);
    if (shown.of_reference)
      text({box.left, y}, fitted("reference", room), theme_.reference_text);
    else if (shown.stale)
      text({box.left, y}, nearestWords(shown.picture->step, room), theme_.warning);
  }

  const ImageGrid& grid_;
  const GridView& view_;
  const Theme& theme_;
  GridPlaces places_;
  Drawing drawing_;
};

}  // namespace

Drawing imageGridDrawing(const ImageGrid& grid, const GridView& view, const Theme& theme) {
  return GridPainter(grid, view, theme).draw();
}

}  // namespace treegrpo
