#include "views/signed_difference.h"

#include <algorithm>
#include <cmath>

namespace treegrpo {

SignedDifference signedDifference(const Image& a, const Image& b, const Theme& theme) {
  SignedDifference result;
  if (a.empty() || a.width != b.width || a.height != b.height) return result;
  std::vector<double> means(a.rgb.size() / 3);
  for (std::size_t pixel = 0; pixel < means.size(); ++pixel) {
    for (std::size_t at = 3 * pixel; at < 3 * pixel + 3; ++at)
      means[pixel] += (static_cast<double>(a.rgb[at]) - b.rgb[at]) / 3;
    result.limit = std::max(result.limit, std::abs(means[pixel]));
  }
  result.picture = {a.width, a.height, {}};
  result.picture.rgb.reserve(a.rgb.size());
  for (const double mean : means) {
    const Color color = divergingColor(theme, mean, std::max(result.limit, 1.));
    result.picture.rgb.insert(result.picture.rgb.end(), {color.red, color.green, color.blue});
  }
  return result;
}

}  // namespace treegrpo
