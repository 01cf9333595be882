// What the bundled task knows of prompts: the task of a caption, and its own captions as a set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/prompt_set.h"

namespace treegrpo {

// The task that a caption of the bundled grammar asks for, "count"; empty for any other text.
std::string caption_task(std::string_view prompt);

// The captions of scene:train, or those kept for evaluation, with their tasks.
std::vector<Prompt> scene_prompt_set(bool held_out);

}  // namespace treegrpo
