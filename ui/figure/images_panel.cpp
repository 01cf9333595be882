// Pictures in rows on paper: the prompt above each row, or each picture where it differs, runs or
// iterations above the columns, each leaf's reward beneath it.
#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/plot_frame.h"
#include "figure/panel_drawing.h"

namespace treegrpo {
namespace {

constexpr float own_scale = .6f;  // caption 6.6 pt
constexpr float head = 16, prompt_room = 16, reward_room = 14, gap = 6, most_side = 130;

using Row = std::vector<ImageTable::Cell>;

bool onePrompt(const Row& row) {
  return std::all_of(row.begin(), row.end(), [&](const ImageTable::Cell& cell) {
    return cell.prompt == row.front().prompt;
  });
}

bool hasLine(const ImageTable& grid, std::string ImageTable::Column::*line) {
  return std::any_of(grid.columns.begin(), grid.columns.end(),
                     [&](const ImageTable::Column& column) { return !(column.*line).empty(); });
}

class GridDrawing {
 public:
  GridDrawing(const ImageTable& grid, float width, float side, const Theme& theme)
      : grid_(grid), theme_(theme), width_(width), side_(side) {}

  Drawing draw() {
    addHeads();
    for (const Row& row : grid_.rows) addRow(row);
    drawing_.extent = {0, 0, width_, y_};
    return std::move(drawing_);
  }

 private:
  float leftOf(std::size_t column) const { return static_cast<float>(column) * (side_ + gap); }

  void text(Point at, std::string words, Color color, TextAlign align) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, TextRole::caption, align, false, no_color});
  }

  // A line for runs and one for iterations, as far as either tells columns apart.
  void addHeads() {
    for (std::string ImageTable::Column::*line :
         {&ImageTable::Column::run, &ImageTable::Column::place}) {
      if (!hasLine(grid_, line)) continue;
      for (std::size_t column = 0; column < grid_.columns.size(); ++column)
        text({leftOf(column), y_ + head / 2}, fitted(grid_.columns[column].*line, side_),
             theme_.text, TextAlign::left);
      y_ += head;
    }
  }

  void addRow(const Row& row) {
    const bool one = onePrompt(row);
    if (one && !row.empty()) addPrompt(row.front(), 0, width_);
    for (std::size_t column = 0; !one && column < row.size(); ++column)
      addPrompt(row[column], leftOf(column), side_);
    y_ += prompt_room;
    for (std::size_t column = 0; column < row.size(); ++column) addCell(row[column], column);
    y_ += side_ + reward_room + gap;
  }

  void addPrompt(const ImageTable::Cell& cell, float left, float room) {
    text({left, y_ + prompt_room / 2}, fitted("“" + cell.prompt + "”", room), theme_.text,
         TextAlign::left);
  }

  void addCell(const ImageTable::Cell& cell, std::size_t column) {
    const Box box{leftOf(column), y_, side_, side_};
    if (cell.image) {
      drawing_.items.emplace_back(ImageItem{box, cell.image, false, 1});
    } else {
      drawing_.items.emplace_back(HatchItem{box, 6, {theme_.neutral, 1, {}}});
      text(box.centre(), "not stored", theme_.text2, TextAlign::centre);
    }
    drawing_.items.emplace_back(BoxItem{box, no_color, {theme_.neutral, 1, {}}});
    if (std::isfinite(cell.reward))
      text({box.centre().x, box.bottom() + reward_room / 2}, "R " + fixedText(cell.reward, 2),
           theme_.text2, TextAlign::centre);
  }

  const ImageTable& grid_;
  const Theme& theme_;
  float width_, side_;
  float y_ = 0;
  Drawing drawing_;
};

// Room of a grid besides its pictures, top to bottom.
float fixedHeight(const ImageTable& grid) {
  return 2 * head + static_cast<float>(grid.rows.size()) * (prompt_room + reward_room + gap);
}

}  // namespace

PanelDrawing imagesPanel(const ImageTable& grid, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  const float pixels = room.width / scale;
  const auto columns = static_cast<float>(std::max<std::size_t>(1, grid.columns.size()));
  const auto rows = static_cast<float>(std::max<std::size_t>(1, grid.rows.size()));
  float side = std::min(most_side, (pixels - gap * (columns - 1)) / columns);
  if (room.height > 0) side = std::min(side, (room.height / scale - fixedHeight(grid)) / rows);
  side = std::max(8.f, side);
  Drawing drawing = GridDrawing(grid, pixels, side, theme(ThemeKind::paper)).draw();
  const float high = drawing.extent.height;
  return {{{std::move(drawing), {0, 0}, scale}}, high * scale};
}

}  // namespace treegrpo
