#include "canvas/probe_compare.h"

#include <algorithm>
#include <set>
#include <utility>

namespace treegrpo {
namespace {

std::string rowName(const ProbedRun& run) { return run.letter + "  " + run.name; }

const ProbeRecord* probeAfter(const ProbedRun& run, std::int32_t iteration) {
  const auto found = std::ranges::find_if(
      run.probes, [&](const auto& probe) { return probe->iteration == iteration; });
  return found == run.probes.end() ? nullptr : found->get();
}

// That prompt of each run, under the run's name.
std::shared_ptr<const ProbeRecord> column(std::span<const ProbedRun> runs, std::int32_t iteration,
                                          const std::string& prompt) {
  ProbeRecord record{.iteration = iteration, .prompts = {}};
  for (const ProbedRun& run : runs) {
    const ProbeRecord* probe = probeAfter(run, iteration);
    if (!probe) continue;
    const auto found = std::ranges::find(probe->prompts, prompt, &ProbedPrompt::text);
    if (found == probe->prompts.end()) continue;
    record.prompts.push_back(*found);
    record.prompts.back().text = rowName(run);
  }
  return std::make_shared<const ProbeRecord>(std::move(record));
}

// A run's values at the columns; none where it was not probed.
ProbeLine lineOf(const ProbedRun& run, const std::vector<double>& values,
                 const std::set<std::int32_t>& columns) {
  ProbeLine line{{}, run.letter, run.run};
  for (const std::int32_t iteration : columns) {
    const auto found = std::ranges::find_if(
        run.probes, [&](const auto& probe) { return probe->iteration == iteration; });
    line.values.push_back(found == run.probes.end()
                              ? no_value
                              : values[static_cast<std::size_t>(found - run.probes.begin())]);
  }
  return line;
}

std::vector<ProbeLane> lanesOf(std::span<const ProbedRun> runs,
                               const std::set<std::int32_t>& columns) {
  std::vector<ProbeLane> lanes;
  for (const ProbedRun& run : runs)
    for (ProbeLane& own : probeLanes({.probes = run.probes})) {
      const ProbeLine line = lineOf(run, own.lines[0].values, columns);
      auto found = std::ranges::find(lanes, own.name, &ProbeLane::name);
      if (found == lanes.end()) {
        own.lines.clear();
        found = lanes.insert(lanes.end(), std::move(own));
      }
      found->lines.push_back(line);
    }
  return lanes;
}

}  // namespace

std::vector<ProbeRow> probedPictures(std::span<const ProbedRun> runs) {
  std::vector<ProbeRow> pictures;
  for (const ProbedRun& run : runs)
    for (ProbeRow& row : probeRows({.probes = run.probes}))
      if (std::ranges::none_of(pictures, [&](const ProbeRow& known) {
            return known.prompt == row.prompt && known.seed == row.seed;
          }))
        pictures.push_back(std::move(row));
  return pictures;
}

ProbeStrip comparedStrip(std::span<const ProbedRun> runs, const ProbeRow& picture) {
  std::set<std::int32_t> columns;
  for (const ProbedRun& run : runs)
    for (const auto& probe : run.probes) columns.insert(probe->iteration);
  ProbeStrip strip;
  for (const std::int32_t iteration : columns)
    strip.probes.push_back(column(runs, iteration, picture.prompt));
  strip.seed = picture.seed;
  for (const ProbedRun& run : runs) strip.rows.push_back({rowName(run), picture.seed});
  strip.lanes = lanesOf(runs, columns);
  return strip;
}

}  // namespace treegrpo
