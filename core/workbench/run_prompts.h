// The prompt files of a run: kept in the store when it is made, and taken from there once a file is
// gone or another one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "record/ids.h"
#include "record/run_config.h"
#include "store/run_reader.h"
#include "store/run_rows.h"

namespace treegrpo {

// What the files that a config names hold now; nothing for scenes. Throws Error if one cannot be
// read.
std::vector<StoredPrompts> prompts_of_files(const RunConfig& config);

// The prompts of a run: as stored, else of the scenes, else of the file that its config names.
std::vector<Prompt> prompts_of_run(RunReader& reader, RunId run, const RunConfig& config,
                                   PromptPart part);

struct StoredPromptsUsed {
  RunConfig config;                    // names readable files with the run's prompts
  std::vector<std::string> sentences;  // what was taken from the store, and why
};

// A run's config such that its prompts are those it was made with: in the place of a file that is
// gone or another one by now, the stored set is written to `folder` and named.
StoredPromptsUsed with_stored_prompts(RunReader& reader, RunId run, RunConfig config,
                                      const std::filesystem::path& folder);

}  // namespace treegrpo
