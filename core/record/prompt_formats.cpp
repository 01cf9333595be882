#include "record/prompt_formats.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace treegrpo {
namespace {

using Row = std::vector<std::string>;

// Reads the cells of a CSV text, one row a call.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  // Nothing at the end. line_of_row: where the row begins, from 1.
  std::optional<Row> next(std::size_t& line_of_row) {
    if (at_ >= text_.size()) return std::nullopt;
    line_of_row = line_;
    Row row(1);
    for (bool quoted = false; at_ < text_.size(); ++at_) {
      const char letter = text_[at_];
      if (letter == '\n') ++line_;
      if (quoted) {
        if (letter != '"') {
          row.back() += letter;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          row.back() += text_[++at_];
        } else {
          quoted = false;
        }
      } else if (letter == '"' && row.back().empty()) {
        quoted = true;
      } else if (letter == ',') {
        row.emplace_back();
      } else if (letter == '\n') {
        ++at_;
        return row;
      } else if (letter != '\r') {
        row.back() += letter;
      }
    }
    return row;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char letter : text) cell.append(letter == '"' ? 2 : 1, letter);
  return cell + '"';
}

std::string cell_of(const Row& row, std::ptrdiff_t column) {
  return column < static_cast<std::ptrdiff_t>(row.size()) ? row[static_cast<std::size_t>(column)]
                                                          : "";
}

}  // namespace

void read_json_prompt(std::string_view line, std::size_t number, PromptsRead& read) {
  if (line.empty()) return;
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object()) {
    read.problems.push_back({number, "no JSON object; write {\"prompt\": \"…\", \"task\": \"…\"}"});
    return;
  }
  const auto prompt = json.find("prompt");
  const auto task = json.find("task");
  if (prompt == json.end() || !prompt->is_string()) {
    read.problems.push_back({number, "has no \"prompt\" that is a text"});
  } else if (task != json.end() && !task->is_string() && !task->is_null()) {
    read.problems.push_back({number, "has a \"task\" that is no text"});
  } else {
    const bool has_task = task != json.end() && task->is_string();
    read.prompts.push_back({prompt->get<std::string>(), has_task ? task->get<std::string>() : ""});
    read.lines.push_back(number);
  }
}

void read_csv_prompts(std::string_view text, PromptsRead& read) {
  CsvReader reader(text);
  std::size_t line = 0;
  const Row head = reader.next(line).value_or(Row{});
  const auto column = [&head](const char* name) {
    return std::find(head.begin(), head.end(), name) - head.begin();
  };
  const std::ptrdiff_t prompt = column("prompt");
  const std::ptrdiff_t task = column("task");
  if (prompt == static_cast<std::ptrdiff_t>(head.size())) {
    read.problems.push_back({1, "the first row names no column prompt; begin with prompt,task"});
    return;
  }
  while (const std::optional<Row> row = reader.next(line)) {
    if (row->size() == 1 && row->front().empty()) continue;
    read.prompts.push_back({cell_of(*row, prompt), cell_of(*row, task)});
    read.lines.push_back(line);
  }
}

std::string json_prompt(const Prompt& prompt) {
  nlohmann::ordered_json json{{"prompt", prompt.text}};
  if (!prompt.task.empty()) json["task"] = prompt.task;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string csv_prompt(const Prompt& prompt) {
  return csv_cell(prompt.text) + ',' + csv_cell(prompt.task);
}

}  // namespace treegrpo
