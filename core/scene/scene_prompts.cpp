#include "scene/scene_prompts.h"

#include <array>
#include <cstdint>
#include <utility>

#include "scene/caption.h"

namespace treegrpo {
namespace {

// FNV-1a with a seed mixed in, then a finalizer: FNV alone leaves short texts too regular.
std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001b3ULL;
  }
  // Chosen so that every task has both sides (of the four captions of `single` one is held out) and
  // no colour, shape, count or relation is all on one.
  constexpr std::uint64_t seed = 1544;
  return Random{hash + seed}.next();
}

Relation opposite(Relation relation) {
  switch (relation) {
    case Relation::left_of:
      return Relation::right_of;
    case Relation::right_of:
      return Relation::left_of;
    case Relation::above:
      return Relation::below;
    case Relation::below:
      return Relation::above;
  }
  return relation;
}

// One spec for all captions that mean the same: the objects of "and" in the order of their phrases,
// relations as left of or above.
SceneSpec canonical(SceneSpec spec) {
  if (spec.objects.size() < 2) return spec;
  SceneSpec mirrored = spec;
  std::swap(mirrored.objects[0], mirrored.objects[1]);
  if (spec.relation) {
    mirrored.relation = opposite(*spec.relation);
    const bool is_canonical =
        *spec.relation == Relation::left_of || *spec.relation == Relation::above;
    return is_canonical ? spec : mirrored;
  }
  return caption(spec) <= caption(mirrored) ? spec : mirrored;
}

bool is_held_out_spec(const SceneSpec& spec) {
  return stable_hash(caption(canonical(spec))) % 5 == 0;
}

std::vector<SceneSpec> shuffled_specs(bool held_out) {
  std::vector<SceneSpec> specs;
  for (SceneSpec& spec : all_captions()) {
    if (is_held_out_spec(spec) == held_out) specs.push_back(std::move(spec));
  }
  Random random{held_out ? 2ULL : 1ULL};
  for (std::size_t i = specs.size(); i > 1; --i) {
    std::swap(specs[i - 1], specs[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
  }
  return specs;
}

}  // namespace

bool is_held_out(std::string_view caption) { return is_held_out_spec(parse_caption(caption)); }

std::vector<std::string> scene_prompts(bool held_out) {
  std::vector<std::string> prompts;
  for (const SceneSpec& spec : shuffled_specs(held_out)) prompts.push_back(caption(spec));
  return prompts;
}

std::vector<std::string> balanced_prompts(bool held_out, int count) {
  std::array<std::vector<std::string>, scene_task_count> by_task;
  for (const SceneSpec& spec : shuffled_specs(held_out)) {
    by_task[static_cast<std::size_t>(spec.task)].push_back(caption(spec));
  }
  std::vector<std::string> prompts;
  for (int i = 0; i < count; ++i) {
    const auto& task = by_task[static_cast<std::size_t>(i % scene_task_count)];
    prompts.push_back(task[static_cast<std::size_t>(i / scene_task_count) % task.size()]);
  }
  return prompts;
}

std::vector<std::string> balanced_held_out(int count) { return balanced_prompts(true, count); }

}  // namespace treegrpo
