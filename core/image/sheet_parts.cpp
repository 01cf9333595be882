#include "image/sheet_parts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>

#include "image/opencv_image.h"
#include "image/resize.h"

namespace treegrpo {

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

std::string cut(std::string text, int width, const TextStyle& style) {
  if (text_width(text, style) <= width) return text;
  while (!text.empty() && text_width(text + "...", style) > width) text.pop_back();
  return text + "...";
}

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

void draw_header(cv::Mat& sheet, const std::string& title_text, const std::string& subtitle_text,
                 int width) {
  const TextStyle title{.face = cv::FONT_HERSHEY_DUPLEX, .scale = .78};
  const TextStyle subtitle{.scale = .46, .colour = faint};
  draw_text(sheet, cut(title_text, width, title), {margin, 38}, title);
  draw_text(sheet, cut(subtitle_text, width, subtitle), {margin, 62}, subtitle);
}

void draw_picture(cv::Mat& sheet, const Image& image, cv::Point corner, int side) {
  const cv::Rect box(corner.x, corner.y, side + 2 * frame, side + 2 * frame);
  cv::rectangle(sheet, box, border, frame);
  const cv::Rect place(corner.x + frame + (side - image.width) / 2,
                       corner.y + frame + (side - image.height) / 2, image.width, image.height);
  rgb_view(image).copyTo(sheet(place));
}

}  // namespace treegrpo
