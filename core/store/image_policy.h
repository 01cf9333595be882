// Which pictures of a run are stored, and how: every number is kept, pictures are thinned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/image.h"
#include "record/run_config.h"

namespace treegrpo {

// Iterations at the end of a run whose inner nodes keep, for the time being, what pictures they
// came with.
inline constexpr std::int32_t recent_iterations = 20;

// True if inner nodes of an iteration keep their pictures for good: iteration 0 and every n-th.
bool keeps_inner_images(const ImageSection& policy, std::int32_t iteration);

// True if they are to be drawn at all: those, and the last of a run of so many. No more, since
// drawing them takes about as long as growing the trees. What turns out not to be the last (the run
// is resumed for more) is thinned as the run goes on.
bool wants_inner_images(const ImageSection& policy, std::int32_t iteration,
                        std::int32_t iterations_planned);

struct StoredImage {
  std::string codec;  // png | webp
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

// As stored: at most policy.size a side; lossless PNG up to 64 pixels a side, WebP above.
StoredImage stored_image(const Image& image, const ImageSection& policy);

// Bytes of images a run may hold.
std::int64_t image_budget_bytes(const ImageSection& policy);

}  // namespace treegrpo
