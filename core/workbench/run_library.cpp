#include "workbench/run_library.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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
  std::vector<ParameterChanged> changes;
};

void read_configs(std::vector<Unread>& unread) {
  in_parallel(unread.size(), 0, [&](std::size_t at) {
    auto& [run, text, changes] = unread[at];
    run->parameters = std::make_shared<const RunParameters>(
        config_entries(parse_config(text, config_name(run->summary.run))), std::move(changes));
  });
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

}  // namespace

std::vector<LibraryRun> library_runs(RunReader& reader, std::span<const RunSummary> runs,
                                     LibraryMemory& memory) {
  std::vector<LibraryRun> list(runs.size());
  std::vector<Unread> unread;
  reader.at_one_moment([&] {
    for (std::size_t at = 0; at < runs.size(); ++at) {
      const RunSummary& summary = runs[at];
      const auto known = memory.find(summary.run.value);
      const bool is_known = known != memory.end() && is_as_read(summary, known->second.summary);
      if (is_known) list[at] = known->second;
      list[at].summary = summary;  // its name and tags may be others, and its notes
      list[at].notes = reader.notes(summary.run);
      if (is_known) continue;
      unread.push_back(
          {&list[at], reader.config_toml(summary.run), reader.parameter_changes(summary.run)});
      add_iterations(list[at], reader);
      add_evaluations(list[at], reader);
    }
  });
  read_configs(unread);
  for (const Unread& fresh : unread) memory[fresh.run->summary.run.value] = *fresh.run;
  return list;
}

FilterRow filter_row(const LibraryRun& run) {
  FilterRow row;
  for (const NamedValue& metric : run.last)
    if (std::isfinite(metric.value)) row.values[metric.name] = metric.value;
  add_summary(row, run.summary);
  // The entries live as long as the parameters that they are a part of.
  row.config = std::shared_ptr<const ConfigEntries>(run.parameters, &run.parameters->entries);
  return row;
}

FilterNames::FilterNames() {
  FilterRow known;
  add_summary(known, {});
  for (const NamedValue& metric : named_scalars(IterationRecord{}))
    known.values.emplace(metric.name, 0.);
  known.config = std::make_shared<const ConfigEntries>(config_entries({}));
  add(known);
  for (auto& [name, of_name] : names_) of_name.values.clear();  // no run has them
}

void FilterNames::add(const FilterRow& run) {
  auto near = names_.begin();
  if (run.config)
    for (const auto& [name, value] : *run.config)
      if (!run.values.contains(name)) near = add(near, name, filter_value(value));
  near = names_.begin();
  for (const auto& [name, value] : run.values) near = add(near, name, value);
}

FilterNames::Names::iterator FilterNames::add(Names::iterator near, const std::string& name,
                                              const FilterValue& value) {
  near = names_.try_emplace(near, name);
  near->second.kind = kind_of(value);
  if (const std::string* text = std::get_if<std::string>(&value)) near->second.values.insert(*text);
  return std::next(near);
}

std::vector<FilterName> FilterNames::list() const {
  std::vector<FilterName> list;
  for (const auto& [name, known] : names_)
    list.push_back(
        {.name = name, .kind = known.kind, .values = {known.values.begin(), known.values.end()}});
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
