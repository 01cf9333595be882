// Two pictures' difference with its sign, in the colours of the diverging table.
#pragma once

#include "record/image.h"
#include "style/theme.h"

namespace treegrpo {

struct SignedDifference {
  Image picture;     // empty if the two have not the same size
  double limit = 0;  // the largest |mean difference| of a pixel, in levels of 0 to 255
};

// Of each pixel the mean over R, G and B of a − b: neutral where they agree, the positive colour
// where a is lighter, both ends at ± limit.
SignedDifference signedDifference(const Image& a, const Image& b, const Theme& theme);

}  // namespace treegrpo
