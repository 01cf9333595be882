#include "canvas/image_grid.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace treegrpo {
namespace {

constexpr float margin = 12, gap = 12;
constexpr float row_name = 26, caption = 22, row_gap = 6;  // above, below and between cells
constexpr float least_side = 24, low_side = 96;
constexpr int most_zoom = 6;

const Image* firstPicture(const ImageGrid& grid) {
  for (const GridCell& cell : grid.cells)
    for (const StepPicture& one : cell.pictures)
      if (one.image && !one.image->empty()) return one.image.get();
  return nullptr;
}

// Whole pixels of the screen for one of the picture, or one for a whole number of them.
float pixelScale(const Image& image, float side, int zoom) {
  const auto longest = static_cast<float>(std::max(image.width, image.height));
  const float fit = longest <= side ? std::floor(side / longest) : 1 / std::ceil(longest / side);
  const float scale = fit * static_cast<float>(1 << zoom);
  return scale > 1 ? std::floor(scale) : 1 / std::ceil(1 / scale);
}

}  // namespace

const StepPicture* nearestStep(const std::vector<StepPicture>& pictures, int step) {
  const StepPicture* nearest = nullptr;
  for (const StepPicture& one : pictures) {
    if (!one.image || one.image->empty()) continue;
    const int away = std::abs(one.step - step);
    const int before = nearest ? std::abs(nearest->step - step) : away + 1;
    if (away < before || (away == before && one.step > nearest->step)) nearest = &one;
  }
  return nearest;
}

ShownPicture shownPicture(const ImageGrid& grid, const GridView& view, std::int32_t cell) {
  const bool other = view.show_reference && cell == view.selected && view.reference >= 0 &&
                     view.reference < grid.count();
  const auto at = static_cast<std::size_t>(other ? view.reference : cell);
  const StepPicture* picture = nearestStep(grid.cells[at].pictures, view.step);
  return {picture, other, picture && picture->step != view.step};
}

GridPlaces::GridPlaces(const ImageGrid& grid, const GridView& view) : grid_(grid), view_(view) {
  const auto columns = static_cast<float>(std::max<std::size_t>(1, grid.columns.size()));
  const auto rows = static_cast<float>(std::max<std::size_t>(1, grid.rows.size()));
  const float wide = (view.width - 2 * margin - (columns - 1) * gap) / columns;
  const float high = (view.height - grid_head) / rows - row_name - caption - row_gap;
  side_ = std::max(least_side, std::min(wide, std::max(low_side, high)));
  const Image* picture = firstPicture(grid);
  if (!picture) return;
  const auto longest = static_cast<float>(std::max(picture->width, picture->height));
  if (side_ > longest) side_ = std::floor(side_ / longest) * longest;
}

float GridPlaces::contentHeight() const {
  return static_cast<float>(grid_.rows.size()) * (side_ + row_name + caption + row_gap);
}

Box GridPlaces::cell(std::int32_t index) const {
  const std::int32_t columns = std::max(1, grid_.columnCount());
  const auto row = static_cast<float>(index / columns);
  const auto column = static_cast<float>(index % columns);
  return {margin + column * (side_ + gap),
          grid_head - view_.scroll + row * (side_ + row_name + caption + row_gap) + row_name, side_,
          side_};
}

PicturePart GridPlaces::part(std::int32_t index, const Image& image) const {
  PicturePart part;
  part.scale = pixelScale(image, side_, view_.zoom);
  const auto room = static_cast<int>(std::floor(side_ / part.scale));
  part.size = {std::clamp(room, 1, image.width), std::clamp(room, 1, image.height)};
  const GridPixel by = index == view_.alone ? view_.alone_by : GridPixel{};
  part.from = {std::clamp(view_.corner.x + by.x, 0, image.width - part.size.x),
               std::clamp(view_.corner.y + by.y, 0, image.height - part.size.y)};
  const float width = static_cast<float>(part.size.x) * part.scale;
  const float height = static_cast<float>(part.size.y) * part.scale;
  const Box box = cell(index);
  part.box = {std::round(box.left + (side_ - width) / 2),
              std::round(box.top + (side_ - height) / 2), width, height};
  return part;
}

std::int32_t GridPlaces::cellAt(Point point) const {
  if (point.y < grid_head) return -1;
  for (std::int32_t index = 0; index < grid_.count(); ++index)
    if (cell(index).contains(point)) return index;
  return -1;
}

std::optional<GridPixel> GridPlaces::pixelAt(std::int32_t index, Point point) const {
  if (index < 0 || index >= grid_.count()) return std::nullopt;
  const StepPicture* picture = shownPicture(grid_, view_, index).picture;
  if (!picture) return std::nullopt;
  const PicturePart shown = part(index, *picture->image);
  if (!shown.box.contains(point)) return std::nullopt;
  return GridPixel{shown.from.x + static_cast<int>((point.x - shown.box.left) / shown.scale),
                   shown.from.y + static_cast<int>((point.y - shown.box.top) / shown.scale)};
}

GridView gridZoomed(const ImageGrid& grid, GridView view, Point anchor, int by) {
  const GridPlaces places(grid, view);
  const std::int32_t cell = places.cellAt(anchor);
  const std::optional<GridPixel> still = places.pixelAt(cell, anchor);
  view.zoom = std::clamp(view.zoom + by, 0, most_zoom);
  const StepPicture* picture = cell < 0 ? nullptr : shownPicture(grid, view, cell).picture;
  if (!still || !picture) return view;
  const PicturePart part = GridPlaces(grid, view).part(cell, *picture->image);
  const GridPixel moved = cell == view.alone ? view.alone_by : GridPixel{};
  const auto corner = [&](int pixel, float inside, int extent, int room, int alone) {
    const int from = pixel - static_cast<int>(inside / part.scale);
    return std::clamp(from, 0, extent - room) - alone;
  };
  view.corner = {
      corner(still->x, anchor.x - part.box.left, picture->image->width, part.size.x, moved.x),
      corner(still->y, anchor.y - part.box.top, picture->image->height, part.size.y, moved.y)};
  return view;
}

GridView gridRevealing(const ImageGrid& grid, GridView view, std::int32_t cell) {
  if (cell < 0 || cell >= grid.count()) return view;
  const GridPlaces places(grid, view);
  const Box box = places.cell(cell);
  const float above = box.top - row_name - grid_head;
  const float below = box.bottom() + caption - view.height;
  if (above < 0 || places.side() + row_name + caption > view.height - grid_head)
    view.scroll += above;
  else if (below > 0)
    view.scroll += below;
  const float most = std::max(0.f, places.contentHeight() - (view.height - grid_head));
  view.scroll = std::clamp(view.scroll, 0.f, most);
  return view;
}

}  // namespace treegrpo
