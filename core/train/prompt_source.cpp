#include "train/prompt_source.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/noise_key.h"
#include "base/paths.h"
#include "record/prompt_set.h"
#include "scene/caption.h"
#include "scene/scene_prompts.h"

namespace treegrpo {
namespace {

using Groups = std::vector<std::vector<std::string>>;

// The scenes of one side, a group a task.
Groups scene_groups(bool held_out) {
  Groups groups(scene_task_count);
  for (std::string& prompt : scene_prompts(held_out)) {
    const auto task = static_cast<std::size_t>(parse_caption(prompt).task);
    groups[task].push_back(std::move(prompt));
  }
  std::erase_if(groups, [](const auto& group) { return group.empty(); });
  return groups;
}

// A file's prompts in order, each once.
std::vector<std::string> file_prompts(const std::string& path) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const Error& error) {
    throw configuration_error(std::string(error.what()) +
                              "; prompts come from a file with one a line, scene:train or "
                              "scene:held_out");
  }
  PromptsRead read = read_prompts(text, prompt_format(path));
  if (!read.problems.empty())
    throw configuration_error("line " + std::to_string(read.problems.front().line) + " of '" +
                              path + "': " + read.problems.front().sentence);
  std::vector<std::string> prompts;
  std::set<std::string> seen;
  for (Prompt& prompt : read.prompts)
    if (seen.insert(prompt.text).second) prompts.push_back(std::move(prompt.text));
  if (prompts.empty())
    throw configuration_error("'" + path + "' holds no prompt; write one a line");
  return prompts;
}

Groups groups_of(const std::string& source) {
  if (source == "scene:train") return scene_groups(false);
  if (source == "scene:held_out") return scene_groups(true);
  if (source.starts_with("scene:"))
    throw configuration_error("there are no prompts '" + source +
                              "'; scenes are scene:train and scene:held_out");
  return {file_prompts(source)};
}

}  // namespace

PromptSource::PromptSource(const std::string& source, std::uint64_t seed)
    : source_(source), seed_(seed), groups_(groups_of(source)) {}

std::size_t PromptSource::size() const {
  return std::accumulate(groups_.begin(), groups_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& group) { return sum + group.size(); });
}

std::vector<std::string> PromptSource::next(std::int32_t iteration, int count) const {
  const auto wanted = static_cast<std::size_t>(count);
  if (wanted > size())
    throw configuration_error(
        "'" + source_ + "' holds " + std::to_string(size()) +
        " prompts, fewer than prompts.per_iteration = " + std::to_string(count));
  std::vector<std::string> drawn;
  std::set<std::string> seen;
  // Slots count through the whole run; a prompt that an iteration already holds (a group was used
  // up and began anew) gives way to the one after it.
  std::size_t slot = static_cast<std::size_t>(iteration) * wanted;
  for (std::size_t tries = 0; drawn.size() < wanted; ++slot, ++tries) {
    const std::size_t group = slot % groups_.size();
    const std::size_t place = slot / groups_.size();
    const std::vector<std::string>& prompts = groups_[group];
    const std::vector<std::size_t> order = shuffled(group, place / prompts.size());
    for (std::size_t shift = 0; shift < prompts.size(); ++shift) {
      const std::string& prompt = prompts[order[(place + shift) % prompts.size()]];
      if (!seen.insert(prompt).second) continue;
      drawn.push_back(prompt);
      break;
    }
  }
  return drawn;
}

std::vector<std::string> PromptSource::first(int count) const {
  const std::size_t wanted = std::min(static_cast<std::size_t>(std::max(0, count)), size());
  std::vector<std::string> prompts;
  for (std::size_t place = 0; prompts.size() < wanted; ++place)
    for (const auto& group : groups_)
      if (place < group.size() && prompts.size() < wanted) prompts.push_back(group[place]);
  return prompts;
}

std::vector<std::string> held_out_prompts(const std::string& source, int count) {
  if (source == "scene:train" || source == "scene:held_out")
    return balanced_prompts(source == "scene:held_out", count);
  return PromptSource(source, 0).first(count);
}

// Fisher and Yates, from a key of this group and round.
std::vector<std::size_t> PromptSource::shuffled(std::size_t group, std::size_t round) const {
  const NoiseCounter counter = noise_counter({.seed = seed_,
                                              .stream = NoiseStream::data,
                                              .iteration = static_cast<std::uint32_t>(round),
                                              .prompt_hash = prompt_hash("order of the prompts"),
                                              .tree = static_cast<std::uint32_t>(group)});
  std::vector<std::size_t> order(groups_[group].size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = order.size(); left > 1; --left) {
    const double draw = uniform(counter, static_cast<std::uint32_t>(left));
    std::swap(order[left - 1], order[static_cast<std::size_t>(draw * static_cast<double>(left))]);
  }
  return order;
}

}  // namespace treegrpo
