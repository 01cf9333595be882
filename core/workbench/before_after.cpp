#include "workbench/before_after.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "scene/caption.h"
#include "scene/detector.h"
#include "scene/scene_prompts.h"

namespace treegrpo {
namespace {

// The lists go through the tasks in turn; a sheet shows task by task.
std::vector<std::string> prompts_by_task(int prompts_a_task) {
  std::vector<std::string> prompts = balanced_held_out(prompts_a_task * scene_task_count);
  std::stable_sort(prompts.begin(), prompts.end(), [](const auto& a, const auto& b) {
    return parse_caption(a).task < parse_caption(b).task;
  });
  return prompts;
}

// One picture a prompt in order; where a task has too few prompts, each repetition has a noise of
// its own.
std::vector<Image> pictures(Engine& engine, const ModelFiles& model, const RunConfig& config,
                            const std::vector<std::string>& prompts) {
  std::map<std::string, int> repetitions;
  int most = 0;
  for (const std::string& prompt : prompts) most = std::max(most, ++repetitions[prompt]);

  SampleRequest request{{.count = most,
                         .seed = config.run.seed,
                         .steps = config.evaluation.steps,
                         .shift = config.sampler.shift,
                         .guidance_scale = config.model.guidance_scale},
                        model,
                        config.run.threads,
                        config.run.device};
  std::map<std::string, std::size_t> next_image;
  for (const auto& [prompt, count] : repetitions) {
    next_image[prompt] = request.prompts.size() * static_cast<std::size_t>(most);
    request.prompts.push_back(prompt);
  }
  const std::vector<Image> images = engine.sample(request);
  std::vector<Image> chosen;
  for (const std::string& prompt : prompts) chosen.push_back(images.at(next_image[prompt]++));
  return chosen;
}

double score(const Image& image, const std::string& prompt) {
  return score_scene(image, parse_caption(prompt)).graded;
}

}  // namespace

ContactSheet before_after_sheet(Engine& engine, const BeforeAfter& request) {
  const std::vector<std::string> prompts = prompts_by_task(request.prompts_a_task);
  const auto before = pictures(engine, request.before, request.config, prompts);
  const auto after = pictures(engine, request.after, request.config, prompts);

  ContactSheet sheet;
  sheet.columns = request.prompts_a_task;
  for (std::size_t i = 0; i < prompts.size(); ++i)
    sheet.pairs.push_back({.before = before[i],
                           .after = after[i],
                           .caption = prompts[i],
                           .before_score = score(before[i], prompts[i]),
                           .after_score = score(after[i], prompts[i])});
  return sheet;
}

}  // namespace treegrpo
