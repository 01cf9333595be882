#include "workbench/run_prompts.h"

#include <optional>
#include <utility>

#include "base/error.h"
#include "base/paths.h"
#include "workbench/prompt_tasks.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr PromptPart parts[] = {PromptPart::train, PromptPart::held_out};

const char* name_of(PromptPart part) { return part == PromptPart::train ? "train" : "held_out"; }

std::string& source_of(RunConfig& config, PromptPart part) {
  return part == PromptPart::train ? config.prompts.train : config.prompts.held_out;
}

const std::string& source_of(const RunConfig& config, PromptPart part) {
  return part == PromptPart::train ? config.prompts.train : config.prompts.held_out;
}

bool is_file(const std::string& source) { return !source.starts_with("scene:"); }

std::vector<Prompt> file_prompts(const std::string& file) {
  PromptsRead read = read_prompts(read_file(file), prompt_format(file));
  if (!read.problems.empty())
    throw configuration_error("line " + std::to_string(read.problems.front().line) + " of '" +
                              file + "': " + read.problems.front().sentence);
  return std::move(read.prompts);
}

// Why a file no longer gives the prompts of a set; empty: it does.
std::string why_not(const StoredPrompts& set) {
  try {
    return file_prompts(set.source) == set.prompts ? "" : "holds other prompts by now";
  } catch (const Error&) {
    return "cannot be read any more";
  }
}

}  // namespace

std::vector<StoredPrompts> prompts_of_files(const RunConfig& config) {
  std::vector<StoredPrompts> sets;
  for (const PromptPart part : parts) {
    const std::string& source = source_of(config, part);
    if (is_file(source))
      sets.push_back({.part = part, .source = source, .prompts = file_prompts(source)});
  }
  return sets;
}

std::vector<Prompt> prompts_of_run(RunReader& reader, RunId run, const RunConfig& config,
                                   PromptPart part) {
  for (StoredPrompts& set : reader.stored_prompts(run))
    if (set.part == part) return std::move(set.prompts);
  const std::string& source = source_of(config, part);
  return is_file(source) ? file_prompts(source) : scene_prompt_set(source == "scene:held_out");
}

StoredPromptsUsed with_stored_prompts(RunReader& reader, RunId run, RunConfig config,
                                      const fs::path& folder) {
  StoredPromptsUsed used{.config = std::move(config), .sentences = {}};
  for (const StoredPrompts& set : reader.stored_prompts(run)) {
    std::string& source = source_of(used.config, set.part);
    if (source != set.source) continue;  // another file was asked for
    const std::string why = why_not(set);
    if (why.empty()) continue;
    const fs::path file = folder / (std::string("prompts-") + name_of(set.part) + ".jsonl");
    write_file_atomically(file, write_prompts(set.prompts, PromptFormat::jsonl));
    used.sentences.push_back(
        "'" + set.source + "' " + why + "; the run uses the " + std::to_string(set.prompts.size()) +
        " prompts that were stored with it (prompts." + name_of(set.part) + ")");
    source = file.string();
  }
  return used;
}

}  // namespace treegrpo
