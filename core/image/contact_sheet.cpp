#include "image/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <opencv2/imgproc.hpp>

#include "base/error.h"
#include "image/opencv_image.h"
#include "image/sheet_parts.h"

namespace treegrpo {
namespace {

// All lengths in pixels.
constexpr int pair_gap = 26;  // between the cells of two pairs
constexpr int inner_gap = 8;  // between before and after
constexpr int label_height = 24;
constexpr int score_height = 24;

const cv::Scalar better(18, 122, 74);
const cv::Scalar worse(184, 58, 48);

std::string score_text(double score) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", score);
  return text.data();
}

// One pair with its lines, ready to be placed.
struct Cell {
  Image before;
  Image after;
  std::vector<std::string> caption;
};

struct Layout {
  int columns = 1;
  int side = 0;  // of the square that a picture stands in
  int cell_width = 0;
  int cell_height = 0;
  int width = 0;
  int height = 0;
};

Layout layout_of(const ContactSheet& sheet, std::vector<Cell>& cells) {
  Layout layout;
  const int count = static_cast<int>(cells.size());
  layout.columns = std::clamp(sheet.columns, 1, count);
  for (const Cell& cell : cells)
    for (const Image* image : {&cell.before, &cell.after})
      layout.side = std::max({layout.side, image->width, image->height});
  layout.cell_width = 2 * (layout.side + 2 * frame) + inner_gap;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].caption = wrapped(sheet.pairs[i].caption, layout.cell_width, {});
    lines = std::max(lines, cells[i].caption.size());
  }
  layout.cell_height =
      label_height + layout.side + 2 * frame + score_height + static_cast<int>(lines) * line_height;
  const int rows = (count + layout.columns - 1) / layout.columns;
  layout.width = 2 * margin + layout.columns * (layout.cell_width + pair_gap) - pair_gap;
  layout.height = header_height + rows * (layout.cell_height + pair_gap) - pair_gap + margin;
  return layout;
}

void draw_scores(cv::Mat& sheet, const ContactPair& pair, cv::Point before, cv::Point after) {
  if (pair.before_score == pair.before_score)
    draw_centred(sheet, score_text(pair.before_score), before, {.colour = faint});
  if (pair.after_score != pair.after_score) return;
  TextStyle style{.face = cv::FONT_HERSHEY_DUPLEX};
  if (pair.after_score > pair.before_score) style.colour = better;
  if (pair.after_score < pair.before_score) style.colour = worse;
  draw_centred(sheet, score_text(pair.after_score), after, style);
}

void draw_cell(cv::Mat& sheet, const ContactSheet& content, std::size_t index, const Cell& cell,
               const Layout& layout) {
  const int at = static_cast<int>(index);
  const int left = margin + at % layout.columns * (layout.cell_width + pair_gap);
  const int top = header_height + at / layout.columns * (layout.cell_height + pair_gap);
  const int picture_top = top + label_height;
  const int right = left + layout.side + 2 * frame + inner_gap;
  const int centre = layout.side / 2 + frame;
  const TextStyle label{.scale = .42, .colour = faint};
  draw_centred(sheet, content.before_label, {left + centre, picture_top - 8}, label);
  draw_centred(sheet, content.after_label, {right + centre, picture_top - 8}, label);
  draw_picture(sheet, cell.before, {left, picture_top}, layout.side);
  draw_picture(sheet, cell.after, {right, picture_top}, layout.side);
  const int score = picture_top + layout.side + 2 * frame + 17;
  draw_scores(sheet, content.pairs[index], {left + centre, score}, {right + centre, score});
  int baseline = picture_top + layout.side + 2 * frame + score_height + 14;
  for (const std::string& line : cell.caption) {
    draw_centred(sheet, line, {left + layout.cell_width / 2, baseline}, {});
    baseline += line_height;
  }
}

}  // namespace

Image contact_sheet(const ContactSheet& sheet) {
  if (sheet.pairs.empty()) throw Error("a contact sheet needs at least one pair of pictures");
  const int side = std::max(16, sheet.picture_pixels);
  std::vector<Cell> cells;
  for (const ContactPair& pair : sheet.pairs)
    cells.push_back({drawn(pair.before, side), drawn(pair.after, side), {}});
  const Layout layout = layout_of(sheet, cells);
  cv::Mat page(layout.height, layout.width, CV_8UC3, paper);
  draw_header(page, sheet.title, sheet.subtitle, layout.width - 2 * margin);
  for (std::size_t i = 0; i < cells.size(); ++i) draw_cell(page, sheet, i, cells[i], layout);
  return image_from_rgb(page);
}

}  // namespace treegrpo
