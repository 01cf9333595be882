#include "image/picture_grid.h"

#include <algorithm>
#include <cstddef>

#include "base/error.h"
#include "image/opencv_image.h"
#include "image/sheet_parts.h"

namespace treegrpo {
namespace {

// All lengths in pixels.
constexpr int label_width = 170;
constexpr int column_gap = 10;
constexpr int row_gap = 12;
constexpr int column_height = 24;   // of the names of columns
constexpr int caption_height = 22;  // under a picture

class GridPainter {
 public:
  explicit GridPainter(const PictureGrid& grid) : grid_(grid) {
    for (const GridRow& row : grid.rows) {
      std::vector<Image>& drawn_row = pictures_.emplace_back();
      for (std::size_t column = 0; column < grid.columns.size(); ++column)
        drawn_row.push_back(drawn(column < row.pictures.size() ? row.pictures[column] : Image{},
                                  std::max(16, grid.picture_pixels)));
      for (const Image& picture : drawn_row)
        side_ = std::max({side_, picture.width, picture.height});
    }
    cell_ = side_ + 2 * frame + column_gap;
    row_height_ = side_ + 2 * frame + caption_height + row_gap;
  }

  Image draw() {
    const int columns = static_cast<int>(grid_.columns.size());
    const int rows = static_cast<int>(grid_.rows.size());
    const int width = 2 * margin + label_width + columns * cell_ - column_gap;
    page_ = cv::Mat(header_height + column_height + rows * row_height_ + margin - row_gap, width,
                    CV_8UC3, paper);
    draw_header(page_, grid_.title, grid_.subtitle, width - 2 * margin);
    for (int column = 0; column < columns; ++column)
      draw_centred(page_, grid_.columns[static_cast<std::size_t>(column)],
                   {middle(column), header_height + column_height - 9}, {.colour = faint});
    for (std::size_t row = 0; row < grid_.rows.size(); ++row) draw_row(row);
    return image_from_rgb(page_);
  }

 private:
  int left(int column) const { return margin + label_width + column * cell_; }
  int middle(int column) const { return left(column) + side_ / 2 + frame; }

  void draw_row(std::size_t index) {
    const GridRow& row = grid_.rows[index];
    const int top = header_height + column_height + static_cast<int>(index) * row_height_;
    int baseline = top + 16;
    for (const std::string& line : wrapped(row.label, label_width - 14, {})) {
      draw_text(page_, line, {margin, baseline}, {});
      baseline += line_height;
    }
    draw_text(page_, cut(row.note, label_width - 14, {}), {margin, baseline}, {.colour = faint});
    for (std::size_t column = 0; column < grid_.columns.size(); ++column) {
      const int at = static_cast<int>(column);
      draw_picture(page_, pictures_[index][column], {left(at), top}, side_);
      if (column < row.captions.size())
        draw_centred(page_, row.captions[column], {middle(at), top + side_ + 2 * frame + 16},
                     {.scale = .4, .colour = faint});
    }
  }

  const PictureGrid& grid_;
  std::vector<std::vector<Image>> pictures_;  // as they are drawn
  int side_ = 0;                              // of the square that a picture stands in
  int cell_ = 0, row_height_ = 0;
  cv::Mat page_;
};

}  // namespace

Image picture_grid(const PictureGrid& grid) {
  if (grid.rows.empty() || grid.columns.empty())
    throw Error("a sheet of pictures needs at least one row and one column");
  return GridPainter(grid).draw();
}

}  // namespace treegrpo
