// jpeg_size.h in a build without OpenCV: treegrpo-selfcheck by itself.
#include "base/error.h"
#include "reward/jpeg_size.h"

namespace treegrpo {

std::unique_ptr<Reward> make_jpeg_size_reward() {
  throw configuration_error(
      "reward.name = 'jpeg_size' needs OpenCV, without which this program was built");
}

}  // namespace treegrpo
