#include "image/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "base/error.h"
#include "image/opencv_image.h"
#include "image/resize.h"

namespace treegrpo {
namespace {

// All lengths in pixels.
constexpr int margin = 28;
constexpr int pair_gap = 26;  // between the cells of two pairs
constexpr int inner_gap = 8;  // between before and after
constexpr int header_height = 84;
constexpr int label_height = 24;
constexpr int score_height = 24;
constexpr int line_height = 19;
constexpr int frame = 1;

const cv::Scalar paper(250, 250, 248);
const cv::Scalar ink(28, 32, 38);
const cv::Scalar faint(112, 118, 126);
const cv::Scalar border(206, 209, 212);
const cv::Scalar better(18, 122, 74);
const cv::Scalar worse(184, 58, 48);

struct TextStyle {
  int face = cv::FONT_HERSHEY_SIMPLEX;
  double scale = .44;
  int thickness = 1;
  cv::Scalar colour = ink;
};

int text_width(const std::string& text, const TextStyle& style) {
  int baseline = 0;
  return cv::getTextSize(text, style.face, style.scale, style.thickness, &baseline).width;
}

void draw_text(cv::Mat& sheet, const std::string& text, cv::Point baseline_left,
               const TextStyle& style) {
  cv::putText(sheet, text, baseline_left, style.face, style.scale, style.colour, style.thickness,
              cv::LINE_AA);
}

void draw_centred(cv::Mat& sheet, const std::string& text, cv::Point baseline_centre,
                  const TextStyle& style) {
  draw_text(sheet, text, {baseline_centre.x - text_width(text, style) / 2, baseline_centre.y},
            style);
}

// Cuts a text that is wider than there is room; three dots say so.
std::string cut(std::string text, int width, const TextStyle& style) {
  if (text_width(text, style) <= width) return text;
  while (!text.empty() && text_width(text + "...", style) > width) text.pop_back();
  return text + "...";
}

// Words in lines no wider than the cell.
std::vector<std::string> wrapped(const std::string& text, int width, const TextStyle& style) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    if (!lines.empty() && text_width(longer, style) <= width)
      lines.back() = longer;
    else
      lines.push_back(cut(word, width, style));
  }
  return lines;
}

std::string score_text(double score) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", score);
  return text.data();
}

// As it is drawn: enlarged by a whole factor to at least the wanted side, or shrunk to it.
Image drawn(const Image& image, int side) {
  const int longest = std::max(image.width, image.height);
  if (longest == 0)
    return {.width = side,
            .height = side,
            .rgb = std::vector<std::uint8_t>(
                static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3, 235)};
  if (longest > side) return fit_within(image, side);
  return enlarge(image, (side + longest - 1) / longest);
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

void draw_header(cv::Mat& sheet, const ContactSheet& content, int width) {
  const TextStyle title{.face = cv::FONT_HERSHEY_DUPLEX, .scale = .78};
  const TextStyle subtitle{.scale = .46, .colour = faint};
  draw_text(sheet, cut(content.title, width, title), {margin, 38}, title);
  draw_text(sheet, cut(content.subtitle, width, subtitle), {margin, 62}, subtitle);
}

// A picture in its frame, its label above and its score below.
void draw_picture(cv::Mat& sheet, const Image& image, cv::Point corner, int side) {
  const cv::Rect box(corner.x, corner.y, side + 2 * frame, side + 2 * frame);
  cv::rectangle(sheet, box, border, frame);
  const cv::Rect place(corner.x + frame + (side - image.width) / 2,
                       corner.y + frame + (side - image.height) / 2, image.width, image.height);
  rgb_view(image).copyTo(sheet(place));
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
  draw_header(page, sheet, layout.width - 2 * margin);
  for (std::size_t i = 0; i < cells.size(); ++i) draw_cell(page, sheet, i, cells[i], layout);
  return image_from_rgb(page);
}

}  // namespace treegrpo
