#include "image/codec.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "base/error.h"
#include "base/paths.h"
#include "image/opencv_image.h"

namespace treegrpo {
namespace {

std::vector<std::uint8_t> encode(const Image& image, const std::string& suffix,
                                 const std::vector<int>& options) {
  if (image.empty()) throw Error("an empty picture cannot be written as an image file");
  cv::Mat bgr;
  cv::cvtColor(rgb_view(image), bgr, cv::COLOR_RGB2BGR);
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(suffix, bgr, bytes, options))
    throw Error("OpenCV on this machine cannot write " + suffix.substr(1) + " pictures");
  return bytes;
}

}  // namespace

std::vector<std::uint8_t> encode_png(const Image& image) {
  // The small noisy pictures that a run stores by the hundred have no runs worth finding: without
  // looking for them they are written a sixth faster and not larger. Elsewhere OpenCV, told nothing
  // about compression, takes one filter and runs, which is fast too.
  constexpr int no_runs_pixels = 64 * 64;
  if (image.width * image.height > no_runs_pixels) return encode(image, ".png", {});
  return encode(image, ".png", {cv::IMWRITE_PNG_STRATEGY, cv::IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY});
}

std::vector<std::uint8_t> encode_webp(const Image& image, int quality) {
  return encode(image, ".webp", {cv::IMWRITE_WEBP_QUALITY, quality});
}

Image decode_image(std::span<const std::uint8_t> bytes) {
  cv::Mat bgr;
  try {
    if (!bytes.empty()) {
      const cv::Mat data(1, static_cast<int>(bytes.size()), CV_8U,
                         const_cast<std::uint8_t*>(bytes.data()));
      bgr = cv::imdecode(data, cv::IMREAD_COLOR);
    }
  } catch (const cv::Exception&) {
    bgr.release();  // said below, like any other bytes that are no picture
  }
  if (bgr.empty()) throw Error("these bytes are no picture, or a damaged one");
  cv::Mat rgb;
  cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
  return image_from_rgb(rgb);
}

void write_png(const std::filesystem::path& file, const Image& image) {
  const std::vector<std::uint8_t> bytes = encode_png(image);
  write_file_atomically(file, std::as_bytes(std::span(bytes)));
}

Image read_image(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  try {
    return decode_image({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  } catch (const Error& error) {
    throw error.within("cannot read '" + file.string() + "'");
  }
}

}  // namespace treegrpo
