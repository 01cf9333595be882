// An Image as OpenCV sees it. Private to the sources of this folder.
#pragma once

#include <opencv2/core.hpp>

#include "record/image.h"

namespace treegrpo {

// A view of the picture's own bytes, RGB; valid while it lives, not to be written through.
inline cv::Mat rgb_view(const Image& image) {
  return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.rgb.data())};
}

// A copy of an RGB matrix.
inline Image image_from_rgb(const cv::Mat& matrix) {
  Image image{.width = matrix.cols, .height = matrix.rows, .rgb = {}};
  image.rgb.resize(static_cast<std::size_t>(matrix.total()) * 3);
  matrix.copyTo(cv::Mat(matrix.rows, matrix.cols, CV_8UC3, image.rgb.data()));
  return image;
}

}  // namespace treegrpo
