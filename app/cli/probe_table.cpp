#include "cli/probe_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

constexpr int kl_digits = 5;  // small where anything is well

// The columns of a table in order, rewards first.
struct Column {
  std::string name;
  int digits = 3;
  std::vector<double> values;
};

std::vector<Column> columns_of(std::span<const ProbeRecord> records) {
  std::vector<ProbeMeans> means;
  for (const ProbeRecord& record : records) means.push_back(probe_means(record));
  std::vector<Column> columns;
  for (const NamedValue& reward : means.front().rewards) {
    Column column{.name = reward.name, .values = {}};
    for (const ProbeMeans& at : means) {
      const auto found = std::ranges::find(at.rewards, reward.name,
                                           [](const NamedValue& value) { return value.name; });
      column.values.push_back(found == at.rewards.end() ? no_value : found->value);
    }
    columns.push_back(std::move(column));
  }
  Column kl{.name = "KL", .digits = kl_digits, .values = {}};
  Column diversity{.name = "diversity", .values = {}};
  for (const ProbeMeans& at : means) {
    kl.values.push_back(at.kl);
    diversity.values.push_back(at.diversity);
  }
  columns.push_back(std::move(kl));
  columns.push_back(std::move(diversity));
  std::erase_if(columns, [](const Column& column) {
    return std::ranges::all_of(column.values, [](double value) { return std::isnan(value); });
  });
  return columns;
}

}  // namespace

std::string probe_line(const ProbeRecord& record) {
  std::string line = fmt::format("Probe after {} iterations", record.iteration);
  for (const Column& column : columns_of({&record, 1}))
    line += fmt::format("  {} {}", column.name, decimal(column.values.front(), column.digits));
  return line;
}

std::string probe_table(std::span<const ProbeRecord> records) {
  if (records.empty()) return {};
  const std::vector<Column> columns = columns_of(records);
  std::string text = fmt::format("{:>10}", "iterations");
  for (const Column& column : columns)
    text += fmt::format("  {:>{}}", column.name, std::max<std::size_t>(9, column.name.size()));
  text += "\n";
  for (std::size_t row = 0; row < records.size(); ++row) {
    text += fmt::format("{:>10}", records[row].iteration);
    for (const Column& column : columns)
      text += fmt::format("  {:>{}}", decimal(column.values[row], column.digits),
                          std::max<std::size_t>(9, column.name.size()));
    text += "\n";
  }
  return text;
}

}  // namespace treegrpo::cli
