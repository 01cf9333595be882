#include "image/resize.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/opencv_image.h"

namespace treegrpo {
namespace {

Image resized(const Image& image, int width, int height, int interpolation) {
  cv::Mat result;
  cv::resize(rgb_view(image), result, cv::Size(width, height), 0, 0, interpolation);
  return image_from_rgb(result);
}

}  // namespace

Image shrink(const Image& image, int width, int height) {
  if (image.empty()) return image;
  return resized(image, width, height, cv::INTER_AREA);
}

Image fit_within(const Image& image, int largest_side) {
  const int side = std::max(image.width, image.height);
  if (side <= largest_side) return image;
  const double scale = static_cast<double>(largest_side) / side;
  const auto scaled = [scale](int length) {
    return std::max(1, static_cast<int>(std::lround(scale * length)));
  };
  return shrink(image, scaled(image.width), scaled(image.height));
}

Image enlarge(const Image& image, int factor) {
  if (image.empty() || factor <= 1) return image;
  return resized(image, image.width * factor, image.height * factor, cv::INTER_NEAREST);
}

}  // namespace treegrpo
