// The probes of a run on one sheet: a row a prompt and seed, a column a checkpoint.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "image/picture_grid.h"
#include "record/probe_record.h"

namespace treegrpo {

struct ProbeSheet {
  std::string run;                        // its name
  std::span<const ProbeRecord> probes;    // in order of iterations
  std::optional<std::int32_t> seed = {};  // alone; none: all
};

// Pictures with their first reward. Of more probes than fit a page, evenly spread ones, the first
// and the last among them; the subtitle says so. Throws Error if there is no probe or no such seed.
PictureGrid probe_sheet(const ProbeSheet& sheet);

}  // namespace treegrpo
