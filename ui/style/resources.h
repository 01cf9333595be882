// The icons, fonts and the style sheet that lie in the binary, as ":/icons/run.svg" and the like.
#pragma once

namespace treegrpo {

// Makes ":/…" readable; may be called again. A static library does not register its resources by
// itself.
void openResources();

}  // namespace treegrpo
