#include "image/difference.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

std::string size_of(const Image& image) {
  return std::to_string(image.width) + " x " + std::to_string(image.height);
}

// Mean of error(a − b) over pixels and channels.
template <typename Function>
double mean_over_levels(const Image& a, const Image& b, Function error) {
  if (a.width != b.width || a.height != b.height)
    throw Error("pictures of " + size_of(a) + " and " + size_of(b) + " pixels cannot be compared");
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i)
    sum += error(static_cast<double>(a.rgb[i]) - static_cast<double>(b.rgb[i]));
  return a.rgb.empty() ? 0 : sum / static_cast<double>(a.rgb.size());
}

}  // namespace

double mean_absolute_error(const Image& a, const Image& b) {
  return mean_over_levels(a, b, [](double levels) { return std::abs(levels); });
}

double psnr(const Image& a, const Image& b) {
  const double squared = mean_over_levels(a, b, [](double levels) { return levels * levels; });
  if (squared == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255. * 255. / squared);
}

}  // namespace treegrpo
