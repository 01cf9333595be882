#include "reward/catalog.h"

#include <array>

#include "reward/colorfulness.h"
#include "reward/jpeg_size.h"
#include "reward/scene_reward.h"
#include "tree/known_name.h"

namespace treegrpo {
namespace {

constexpr std::array rows = {
    RewardEntry{"scene", "how well a picture shows its caption of shapes, graded, in [0, 1]",
                make_scene_reward},
    RewardEntry{"scene_strict", "1 if every condition of the caption is met, else 0",
                make_scene_strict_reward},
    RewardEntry{"colorfulness", "how colourful a picture is, whatever its prompt",
                make_colorfulness_reward},
    RewardEntry{"jpeg_size", "minus the kilobytes of the picture as JPEG: simple ones score high",
                make_jpeg_size_reward},
};

}  // namespace

std::span<const RewardEntry> reward_catalog() { return rows; }

std::unique_ptr<Reward> make_reward(std::string_view name) {
  return row_named(reward_catalog(), name, "reward.name").make();
}

}  // namespace treegrpo
