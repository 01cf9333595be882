// How well a picture compresses (DDPO's compressibility): minus the kilobytes of its JPEG.
#pragma once

#include <memory>

#include "reward/reward.h"

namespace treegrpo {

// −bytes/1000 at quality 95, as DDPO has it.
std::unique_ptr<Reward> make_jpeg_size_reward();

}  // namespace treegrpo
