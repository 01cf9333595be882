// The probes of a run as a film strip: a column a probe, a row a prompt and seed; below them, along
// the same columns, each reward, KL and diversity. Rewards that rise while KL climbs, diversity
// falls and pictures get worse are being hacked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "record/probe_record.h"
#include "style/theme.h"

namespace treegrpo {

// A picture of a strip; -1: none.
struct ProbePlace {
  std::int32_t probe = -1;  // column, from 0
  std::int32_t row = -1;
  bool operator==(const ProbePlace&) const = default;
};

struct ProbeRow {
  std::string prompt;
  std::int32_t seed = 0;
};

// A run's means over the pictures of each probe along the columns.
struct ProbeLine {
  std::vector<double> values;  // one a probe
  std::string letter = {};     // of several runs that are compared
  int run = -1;                // likewise, its colour
};

struct ProbeLane {
  std::string name;
  std::vector<ProbeLine> lines;
  int decimals = 3;          // -1: two digits of whatever size
  std::string definition;    // with unit, for the tooltip
  std::string unknown = {};  // why, where no probe knows it
};

struct ProbeStrip {
  std::vector<std::shared_ptr<const ProbeRecord>> probes;  // in order of iterations
  std::optional<std::int32_t> seed = {};                   // its pictures alone; none: all
  ProbePlace selected = {};
  std::int32_t first_probe = 0, first_row = 0;  // what is left and above of the view
  // Of several runs (probe_compare.h): what stands for the rows and the means of the probes.
  std::vector<ProbeRow> rows = {};
  std::vector<ProbeLane> lanes = {};
};

// Those of the last probe, or the given ones.
std::vector<ProbeRow> probeRows(const ProbeStrip& strip);

// The picture of a place, with its numbers; none if the probe has no such one.
const ProbePicture* pictureAt(const ProbeStrip& strip, ProbePlace place);

std::vector<ProbeLane> probeLanes(const ProbeStrip& strip);

// Columns and rows that a size has room for, at least one of each.
struct ProbeRoom {
  std::int32_t columns = 1, rows = 1;
};
ProbeRoom probeRoom(const ProbeStrip& strip, float width, float height);

// The strip at a size. Hit boxes: node, a picture (pictureOf tells which); step, the column of a
// probe; legend, a lane.
Drawing probeDrawing(const ProbeStrip& strip, float width, float height, const Theme& theme);

// The picture that the target of a node's hit box means.
ProbePlace pictureOf(const ProbeStrip& strip, std::int32_t target);

}  // namespace treegrpo
