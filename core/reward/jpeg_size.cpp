#include "reward/jpeg_size.h"

#include <opencv2/imgcodecs.hpp>

#include "base/error.h"
#include "policy/pictures.h"

namespace treegrpo {
namespace {

constexpr int quality = 95;

double kilobytes(Image picture) {
  // Channel order changes the size by a few bytes only, but OpenCV's is BGR.
  for (std::size_t at = 0; at + 2 < picture.rgb.size(); at += 3)
    std::swap(picture.rgb[at], picture.rgb[at + 2]);
  const cv::Mat view(picture.height, picture.width, CV_8UC3, picture.rgb.data());
  std::vector<unsigned char> jpeg;
  if (!cv::imencode(".jpg", view, jpeg, {cv::IMWRITE_JPEG_QUALITY, quality}))
    throw Error("a picture could not be compressed as JPEG to be scored");
  return static_cast<double>(jpeg.size()) / 1000;
}

class JpegSize final : public Reward {
 public:
  std::string name() const override { return "jpeg_size"; }
  std::vector<double> score(const at::Tensor& images, std::span<const std::string>) override {
    std::vector<double> scores;
    for (Image& picture : pictures_of(images)) scores.push_back(-kilobytes(std::move(picture)));
    return scores;
  }
};

}  // namespace

std::unique_ptr<Reward> make_jpeg_size_reward() { return std::make_unique<JpegSize>(); }

}  // namespace treegrpo
