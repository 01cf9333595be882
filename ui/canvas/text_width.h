// About how wide a text is, for drawings that place words after words without a font at hand.
#pragma once

#include <string_view>

#include "style/text_role.h"

namespace treegrpo {

// In pixels at scale 1, from the usual widths of Studio Sans; within a tenth for words and numbers.
float textWidth(std::string_view text, TextRole role);

}  // namespace treegrpo
