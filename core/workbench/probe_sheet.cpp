#include "workbench/probe_sheet.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "base/error.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_columns = 24;

std::vector<const ProbeRecord*> chosen_probes(std::span<const ProbeRecord> probes) {
  const std::size_t columns = std::min(most_columns, probes.size());
  std::vector<const ProbeRecord*> chosen;
  for (std::size_t column = 0; column < columns; ++column)
    chosen.push_back(&probes[columns < 2 ? 0 : column * (probes.size() - 1) / (columns - 1)]);
  return chosen;
}

std::string caption_of(const ProbePicture& picture) {
  if (picture.rewards.empty()) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", picture.rewards.front().value);
  return text;
}

GridRow row_of(const std::vector<const ProbeRecord*>& probes, const std::string& prompt,
               std::int32_t seed) {
  GridRow row{
      .label = prompt, .note = "seed " + std::to_string(seed), .pictures = {}, .captions = {}};
  for (const ProbeRecord* probe : probes) {
    const ProbePicture* picture = find_picture(*probe, prompt, seed);
    row.pictures.push_back(picture ? picture->image : Image{});
    row.captions.push_back(picture ? caption_of(*picture) : std::string());
  }
  return row;
}

std::string subtitle_of(const ProbeSheet& sheet, std::size_t columns) {
  std::string text = "after so many iterations, same noises";
  if (columns < sheet.probes.size())
    text +=
        "; " + std::to_string(columns) + " of " + std::to_string(sheet.probes.size()) + " probes";
  const std::vector<ProbedPrompt>& prompts = sheet.probes.back().prompts;
  if (!prompts.empty() && !prompts.front().pictures.empty() &&
      !prompts.front().pictures.front().rewards.empty())
    text += "; below: " + prompts.front().pictures.front().rewards.front().name;
  return text;
}

}  // namespace

PictureGrid probe_sheet(const ProbeSheet& sheet) {
  if (sheet.probes.empty())
    throw Error("run '" + sheet.run +
                "' has no probes; they are taken while it trains, unless probe.prompts is 0");
  const auto probes = chosen_probes(sheet.probes);
  PictureGrid grid{.title = "Probes of " + sheet.run,
                   .subtitle = subtitle_of(sheet, probes.size()),
                   .columns = {},
                   .rows = {}};
  for (const ProbeRecord* probe : probes) grid.columns.push_back(std::to_string(probe->iteration));
  for (const ProbedPrompt& prompt : sheet.probes.back().prompts)
    for (const ProbePicture& picture : prompt.pictures)
      if (!sheet.seed || picture.seed == *sheet.seed)
        grid.rows.push_back(row_of(probes, prompt.text, picture.seed));
  if (grid.rows.empty())
    throw Error("the probes of run '" + sheet.run + "' have no seed " +
                    std::to_string(sheet.seed.value_or(0)) +
                    "; probe.seeds of its config says which they have",
                ErrorKind::usage);
  return grid;
}

}  // namespace treegrpo
