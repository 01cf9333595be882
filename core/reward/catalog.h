// The rewards there are.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "reward/reward.h"

namespace treegrpo {

struct RewardEntry {
  std::string_view name;
  std::string_view sentence;
  std::unique_ptr<Reward> (*make)();
};

// Read top to bottom: the order of lists and menus.
std::span<const RewardEntry> reward_catalog();

// Throws a configuration Error with the nearest name if there is no such reward.
std::unique_ptr<Reward> make_reward(std::string_view name);

}  // namespace treegrpo
