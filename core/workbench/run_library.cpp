#include "workbench/run_library.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <type_traits>
#include <utility>

#include "base/parallel.h"
#include "record/config_fields.h"
#include "record/config_toml.h"
#include "workbench/stored_config.h"

namespace treegrpo {
namespace {

void append_scalars(std::vector<NamedValue>& values, const std::vector<NamedValue>& more) {
  values.insert(values.end(), more.begin(), more.end());
}

// Nothing was stored of the run since: it is as it was read.
bool is_as_read(const RunSummary& now, const RunSummary& read) {
  return now.status == read.status && !is_at_work(now.status) &&
         now.iterations == read.iterations && now.updated == read.updated;
}

void add_iterations(LibraryRun& run, RunReader& reader) {
  for (const IterationTotals& iteration : reader.iteration_totals(run.summary.run)) {
    if (std::isfinite(iteration.reward)) run.rewards.push_back(iteration.reward);
    run.nfe += iteration.nfe;
    run.seconds += iteration.seconds;
  }
  if (run.summary.iterations > 0)
    append_scalars(run.last,
                   named_scalars(reader.iteration(run.summary.run, run.summary.iterations - 1)));
}

void add_evaluations(LibraryRun& run, RunReader& reader) {
  const std::vector<EvaluationRecord> evaluations = reader.evaluations(run.summary.run);
  for (const EvaluationRecord& evaluation : evaluations)
    run.best = std::fmax(run.best, evaluation.reward);  // of a number and NaN it is the number
  if (!evaluations.empty()) append_scalars(run.last, named_scalars(evaluations.back()));
}

// A run whose config is still text; reading a text takes longer than all of the rest, so that is
// done by all cores.
struct Unread {
  LibraryRun* run;
  std::string config;
};

void read_configs(std::vector<Unread>& unread) {
  in_parallel(unread.size(), 0, [&](std::size_t at) {
    const auto& [run, text] = unread[at];
    run->parameters.entries = config_entries(parse_config(text, config_name(run->summary.run)));
  });
}

// Lists of integers are texts to a filter.
FilterValue filter_value(const FieldValue& value) {
  return std::visit(
      [&](const auto& held) -> FilterValue {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool> || std::is_same_v<Held, std::string>)
          return held;
        else if constexpr (std::is_arithmetic_v<Held>)
          return static_cast<double>(held);
        else
          return value_text(value);
      },
      value);
}

void add_summary(FilterRow& row, const RunSummary& run) {
  row.values["run"] = static_cast<double>(run.run.value);
  row.values["name"] = run.name;
  row.values["method"] = run.method;
  row.values["status"] = std::string(run_status_name(run.status));
  row.values["iterations"] = static_cast<double>(run.iterations);
  row.values["seed"] = static_cast<double>(run.seed);
  row.values["figures"] = static_cast<double>(run.figures);
  row.values["created"] = run.created;
  row.values["host"] = run.provenance.host;
  row.values["device"] = run.provenance.device;
  row.tags = run.tags;
}

FilterKind kind_of(const FilterValue& value) { return static_cast<FilterKind>(value.index()); }

}  // namespace

std::vector<LibraryRun> library_runs(RunReader& reader, std::span<const RunSummary> runs,
                                     LibraryMemory& memory) {
  std::vector<LibraryRun> list(runs.size());
  std::vector<Unread> unread;
  for (std::size_t at = 0; at < runs.size(); ++at) {
    const RunSummary& summary = runs[at];
    const auto known = memory.find(summary.run.value);
    const bool is_known = known != memory.end() && is_as_read(summary, known->second.summary);
    if (is_known) list[at] = known->second;
    list[at].summary = summary;  // its name and tags may be others
    if (is_known) continue;
    unread.push_back({&list[at], reader.config_toml(summary.run)});
    list[at].parameters.changes = reader.parameter_changes(summary.run);
    add_iterations(list[at], reader);
    add_evaluations(list[at], reader);
  }
  read_configs(unread);
  for (const Unread& fresh : unread) memory[fresh.run->summary.run.value] = *fresh.run;
  return list;
}

FilterRow filter_row(const LibraryRun& run) {
  FilterRow row;
  for (const auto& [key, value] : run.parameters.entries) row.values[key] = filter_value(value);
  for (const NamedValue& metric : run.last)
    if (std::isfinite(metric.value)) row.values[metric.name] = metric.value;
  add_summary(row, run.summary);
  return row;
}

std::vector<FilterName> filter_names(std::span<const LibraryRun> runs) {
  std::map<std::string, FilterName> names;
  FilterRow known;
  add_summary(known, {});
  for (const auto& [key, value] : config_entries({})) known.values[key] = filter_value(value);
  for (const NamedValue& metric : named_scalars(IterationRecord{}))
    known.values.emplace(metric.name, 0.);
  for (const auto& [name, value] : known.values)
    names[name] = {.name = name, .kind = kind_of(value)};
  for (const LibraryRun& run : runs)
    for (const auto& [name, value] : filter_row(run).values) {
      FilterName& known_name = names[name];
      known_name.name = name;
      known_name.kind = kind_of(value);
      const std::string* text = std::get_if<std::string>(&value);
      if (text && std::find(known_name.values.begin(), known_name.values.end(), *text) ==
                      known_name.values.end())
        known_name.values.push_back(*text);
    }
  std::vector<FilterName> list;
  for (auto& [name, value] : names) list.push_back(std::move(value));
  return list;
}

ComparedRun compared_run(RunReader& reader, const RunSummary& run) {
  ComparedRun compared{.name = run.name,
                       .config = stored_config(reader, run.run),
                       .changes = reader.parameter_changes(run.run),
                       .scalars = {.iterations = reader.iterations(run.run),
                                   .evaluations = reader.evaluations(run.run)}};
  for (const CheckpointRow& checkpoint : reader.checkpoints(run.run))
    compared.checkpoints.push_back(checkpoint.iterations);
  return compared;
}

}  // namespace treegrpo
