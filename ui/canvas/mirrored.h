// A drawing as it stands face to face with another: what lay left lies right. Pictures and words
// stay readable.
#pragma once

#include "canvas/drawing.h"

namespace treegrpo {

// Mirrored about the middle of a width; hit boxes too.
Drawing mirrored(Drawing drawing, float width);

}  // namespace treegrpo
