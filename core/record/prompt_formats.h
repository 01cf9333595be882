// The files of a prompt set that have columns, CSV and JSON lines; for prompt_set.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "record/prompt_set.h"

namespace treegrpo {

// One line {"prompt": …, "task": …}; other keys are left alone. Adds a prompt or a problem; an
// empty line adds nothing.
void read_json_prompt(std::string_view line, std::size_t number, PromptsRead& read);

// A whole CSV file whose first row names its columns, `prompt` among them (RFC 4180).
void read_csv_prompts(std::string_view text, PromptsRead& read);

// A line each, without its end.
std::string json_prompt(const Prompt& prompt);
std::string csv_prompt(const Prompt& prompt);

}  // namespace treegrpo
