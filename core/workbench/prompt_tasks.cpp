#include "workbench/prompt_tasks.h"

#include "base/error.h"
#include "scene/caption.h"
#include "scene/scene_prompts.h"

namespace treegrpo {

std::string caption_task(std::string_view prompt) {
  try {
    return std::string(task_name(parse_caption(prompt).task));
  } catch (const Error&) {  // any other prompt
    return {};
  }
}

std::vector<Prompt> scene_prompt_set(bool held_out) {
  std::vector<Prompt> set;
  for (std::string& prompt : scene_prompts(held_out)) {
    std::string task = caption_task(prompt);
    set.push_back({std::move(prompt), std::move(task)});
  }
  return set;
}

}  // namespace treegrpo
