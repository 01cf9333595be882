// Prompts as data: a list of texts, each with a task if it has one, read from and written to files,
// and what is wrong with them in words.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace treegrpo {

struct Prompt {
  std::string text;
  std::string task;  // what it asks for, "count"; may be empty

  bool operator==(const Prompt&) const = default;
};

// lines: a prompt a line, no tasks, what prompts.train takes; csv: the columns prompt and task, in
// quotes where needed; jsonl: a line {"prompt": …, "task": …} a prompt.
enum class PromptFormat { lines, csv, jsonl };

// By the end of a file's name: .csv, .jsonl; all else are lines.
PromptFormat prompt_format(std::string_view path);

inline constexpr std::size_t longest_prompt = 2000;  // bytes: no text encoder reads as far

// line: of the file, or place in the set, from 1.
struct PromptProblem {
  std::size_t line = 0;
  std::string sentence;
};

struct PromptsRead {
  std::vector<Prompt> prompts;          // what could be read, spaces around it taken off
  std::vector<std::size_t> lines;       // of each prompt, from 1
  std::vector<PromptProblem> problems;  // lines that could not; each other prompt is there
};

// Of a whole file. Empty lines do not count, nor, where prompts are lines, those that begin with #.
PromptsRead read_prompts(std::string_view bytes, PromptFormat format);

// The set as a file; read_prompts gives it back, in lines without tasks.
std::string write_prompts(std::span<const Prompt> prompts, PromptFormat format);

// What is wrong with the prompts of a set, by place from 1: empty, of several lines, longer than
// longest_prompt, not UTF-8, or the same as an earlier one.
std::vector<PromptProblem> prompt_problems(std::span<const Prompt> prompts);

// How many prompts each task has, in the order in which they first come.
std::vector<std::pair<std::string, std::size_t>> count_by_task(std::span<const Prompt> prompts);

}  // namespace treegrpo
