#include "record/prompt_set.h"

#include <algorithm>
#include <map>

#include "record/prompt_formats.h"
#include "record/utf8.h"

namespace treegrpo {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr const char* spaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

void read_line(std::string_view line, std::size_t number, PromptsRead& read) {
  line = trimmed(line);
  if (line.empty() || line.front() == '#') return;
  read.prompts.push_back({std::string(line), {}});
  read.lines.push_back(number);
}

// Calls take(line, number) for each line of a text.
template <class Take>
void each_line(std::string_view text, const Take& take) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (first_invalid_utf8(line))
      take({}, number, true);
    else
      take(line, number, false);
  }
}

std::string problem_of(const Prompt& prompt) {
  if (trimmed(prompt.text).empty()) return "the prompt is empty; write what the image is to show";
  if (first_invalid_utf8(prompt.text) || first_invalid_utf8(prompt.task))
    return "the prompt is not UTF-8 text; write it again";
  if (prompt.text.find_first_of("\n\r") != std::string::npos)
    return "the prompt has several lines; make it one";
  if (prompt.text.size() > longest_prompt)
    return "the prompt has " + std::to_string(prompt.text.size()) + " bytes; use at most " +
           std::to_string(longest_prompt);
  return {};
}

}  // namespace

PromptFormat prompt_format(std::string_view path) {
  if (path.ends_with(".csv")) return PromptFormat::csv;
  if (path.ends_with(".jsonl")) return PromptFormat::jsonl;
  return PromptFormat::lines;
}

PromptsRead read_prompts(std::string_view bytes, PromptFormat format) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  PromptsRead read;
  std::string clean;  // lines that are text, at their places
  each_line(bytes, [&](std::string_view line, std::size_t number, bool bad) {
    if (bad) read.problems.push_back({number, "not UTF-8 text; save the prompts as UTF-8"});
    if (format == PromptFormat::lines && !bad) read_line(line, number, read);
    if (format == PromptFormat::jsonl && !bad) read_json_prompt(trimmed(line), number, read);
    clean.append(line).append("\n");
  });
  if (format == PromptFormat::csv) read_csv_prompts(clean, read);
  for (Prompt& prompt : read.prompts)
    for (std::string* text : {&prompt.text, &prompt.task}) *text = std::string(trimmed(*text));
  return read;
}

std::string write_prompts(std::span<const Prompt> prompts, PromptFormat format) {
  std::string text = format == PromptFormat::csv ? "prompt,task\n" : "";
  for (const Prompt& prompt : prompts) {
    if (format == PromptFormat::lines) text += prompt.text;
    if (format == PromptFormat::csv) text += csv_prompt(prompt);
    if (format == PromptFormat::jsonl) text += json_prompt(prompt);
    text += '\n';
  }
  return text;
}

std::vector<PromptProblem> prompt_problems(std::span<const Prompt> prompts) {
  std::vector<PromptProblem> problems;
  std::map<std::string, std::size_t> first;
  for (std::size_t at = 0; at < prompts.size(); ++at) {
    if (std::string problem = problem_of(prompts[at]); !problem.empty()) {
      problems.push_back({at + 1, std::move(problem)});
      continue;
    }
    const auto [earlier, is_new] = first.emplace(trimmed(prompts[at].text), at + 1);
    if (!is_new)
      problems.push_back({at + 1, "the same prompt as number " + std::to_string(earlier->second) +
                                      "; it counts once"});
  }
  return problems;
}

std::vector<std::pair<std::string, std::size_t>> count_by_task(std::span<const Prompt> prompts) {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const Prompt& prompt : prompts) {
    const auto found = std::find_if(counts.begin(), counts.end(), [&prompt](const auto& count) {
      return count.first == prompt.task;
    });
    if (found == counts.end())
      counts.emplace_back(prompt.task, 1);
    else
      ++found->second;
  }
  return counts;
}

}  // namespace treegrpo
