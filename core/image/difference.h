// How far two pictures of one size are apart.
#pragma once

#include "record/image.h"

namespace treegrpo {

// Mean of |a − b| over all pixels and channels, in levels of 0 to 255. Throws Error if sizes
// differ.
double mean_absolute_error(const Image& a, const Image& b);

// Peak signal-to-noise ratio in dB, 10·log10(255² / mean squared error); infinite when equal.
// Throws Error if sizes differ.
double psnr(const Image& a, const Image& b);

}  // namespace treegrpo
