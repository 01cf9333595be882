#include "store/image_policy.h"

#include <algorithm>
#include <utility>

#include "image/codec.h"
#include "image/resize.h"

namespace treegrpo {
namespace {

constexpr int largest_lossless_side = 64;  // pixels

}  // namespace

bool keeps_inner_images(const ImageSection& policy, std::int32_t iteration) {
  return iteration == 0 || (policy.every > 0 && iteration % policy.every == 0);
}

bool wants_inner_images(const ImageSection& policy, std::int32_t iteration,
                        std::int32_t iterations_planned) {
  return keeps_inner_images(policy, iteration) || iteration + 1 == iterations_planned;
}

StoredImage stored_image(const Image& image, const ImageSection& policy) {
  const Image fitted = fit_within(image, std::max(1, policy.size));
  const bool lossless = std::max(fitted.width, fitted.height) <= largest_lossless_side;
  return {.codec = lossless ? "png" : "webp",
          .width = fitted.width,
          .height = fitted.height,
          .bytes = lossless ? encode_png(fitted) : encode_webp(fitted)};
}

std::int64_t image_budget_bytes(const ImageSection& policy) {
  return static_cast<std::int64_t>(policy.budget_mb) * 1'000'000;
}

}  // namespace treegrpo
