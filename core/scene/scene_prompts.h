// Which captions reinforcement learning may see, and which are kept for evaluation. Both lists come
// from the grammar, so there are no prompt files to go stale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

// About a fifth of the grammar, by a hash of what the caption means: "a circle left of a square"
// and "a square right of a circle" fall on the same side. Throws Error where parse_caption() does.
bool is_held_out(std::string_view caption);

// All captions on one side, in a fixed shuffled order. Three quarters of them are posattr, since
// most combinations are; the balanced lists below are the ones to draw batches from.
std::vector<std::string> scene_prompts(bool held_out);

// `count` captions of one side, the seven tasks in turn (210 are 30 a task), each task in its fixed
// shuffled order. A task with fewer captions repeats them.
std::vector<std::string> balanced_prompts(bool held_out, int count);
std::vector<std::string> balanced_held_out(int count);

}  // namespace treegrpo
