// What sheets of pictures are made of: ground, text, framed pictures. For this folder alone.
#pragma once

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "record/image.h"

namespace treegrpo {

// All lengths in pixels.
inline constexpr int margin = 28;
inline constexpr int header_height = 84;
inline constexpr int line_height = 19;
inline constexpr int frame = 1;

inline const cv::Scalar paper(250, 250, 248);
inline const cv::Scalar ink(28, 32, 38);
inline const cv::Scalar faint(112, 118, 126);
inline const cv::Scalar border(206, 209, 212);

struct TextStyle {
  int face = cv::FONT_HERSHEY_SIMPLEX;
  double scale = .44;
  int thickness = 1;
  cv::Scalar colour = ink;
};

int text_width(const std::string& text, const TextStyle& style);

void draw_text(cv::Mat& sheet, const std::string& text, cv::Point baseline_left,
               const TextStyle& style);
void draw_centred(cv::Mat& sheet, const std::string& text, cv::Point baseline_centre,
                  const TextStyle& style);

// Cuts a text that is wider than there is room; three dots say so.
std::string cut(std::string text, int width, const TextStyle& style);

// Words in lines no wider than the cell.
std::vector<std::string> wrapped(const std::string& text, int width, const TextStyle& style);

// As it is drawn: enlarged by a whole factor to at least the wanted side, or shrunk to it; an empty
// one is a grey square.
Image drawn(const Image& image, int side);

void draw_header(cv::Mat& sheet, const std::string& title, const std::string& subtitle, int width);

// A picture in its frame, in the middle of a square of that side.
void draw_picture(cv::Mat& sheet, const Image& image, cv::Point corner, int side);

}  // namespace treegrpo
