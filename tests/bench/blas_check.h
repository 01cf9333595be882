// Whether matrix products are LibTorch's own in this process.
#pragma once

namespace treegrpo::bench {

// Throws Error if sgemm_ is bound to another library: OpenCV brings a plain BLAS into the process,
// and with that a network pass takes ten times as long.
void check_blas();

}  // namespace treegrpo::bench
