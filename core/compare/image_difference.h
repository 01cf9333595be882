// How far two pictures of one size are apart.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "record/image.h"

namespace treegrpo {

// Mean of |a − b| over all pixels and channels, in levels of 0 to 255. Throws Error if sizes
// differ.
double mean_absolute_error(const Image& a, const Image& b);

// Peak signal-to-noise ratio in dB, 10·log10(255² / mean squared error); infinite when equal.
// Throws Error if sizes differ.
double psnr(const Image& a, const Image& b);

// Root of the mean of (a − b)² over all pixels and channels, as a share of 255. Throws Error if
// sizes differ.
double root_mean_square_error(const Image& a, const Image& b);

// Of a channel a against that of a reference r, both 0 to 1 as they are stored (sRGB, not linear
// light), as the image viewer tev calls them; ε = 0.01.
enum class ErrorMetric : std::uint8_t {
  error,              // E: a − r
  absolute,           // AE: |a − r|
  squared,            // SE: (a − r)²
  relative_absolute,  // RAE: |a − r| / (r + ε)
  relative_squared    // RSE: (a − r)² / (r² + ε)
};
inline constexpr std::array<std::string_view, 5> error_metric_names = {"E", "AE", "SE", "RAE",
                                                                       "RSE"};

// The mean over the three channels of each pixel, row by row. Throws Error if sizes differ.
std::vector<double> pixel_errors(const Image& image, const Image& reference, ErrorMetric metric);

}  // namespace treegrpo
