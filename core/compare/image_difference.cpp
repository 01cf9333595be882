#include "compare/image_difference.h"

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

void require_same_size(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height)
    throw Error("pictures of " + size_of(a) + " and " + size_of(b) + " pixels cannot be compared");
}

double channel_error(double value, double reference, ErrorMetric metric) {
  constexpr double epsilon = .01;
  const double error = value - reference;
  switch (metric) {
    case ErrorMetric::error:
      return error;
    case ErrorMetric::absolute:
      return std::abs(error);
    case ErrorMetric::squared:
      return error * error;
    case ErrorMetric::relative_absolute:
      return std::abs(error) / (reference + epsilon);
    case ErrorMetric::relative_squared:
      break;
  }
  return error * error / (reference * reference + epsilon);
}

// Mean of error(a − b) over pixels and channels.
template <typename Function>
double mean_over_levels(const Image& a, const Image& b, Function error) {
  require_same_size(a, b);
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

double root_mean_square_error(const Image& a, const Image& b) {
  return std::sqrt(mean_over_levels(a, b, [](double levels) { return levels * levels; })) / 255;
}

std::vector<double> pixel_errors(const Image& image, const Image& reference, ErrorMetric metric) {
  constexpr std::size_t channels = 3;
  require_same_size(image, reference);
  std::vector<double> errors(image.rgb.size() / channels);
  for (std::size_t i = 0; i < image.rgb.size(); ++i)
    errors[i / channels] +=
        channel_error(image.rgb[i] / 255., reference.rgb[i] / 255., metric) / channels;
  return errors;
}

}  // namespace treegrpo
