// Probes of a run as text.
#pragma once

#include <span>
#include <string>

#include "record/probe_record.h"

namespace treegrpo::cli {

// "Probe after 40 iterations  scene .655  KL .0123  diversity .210", means over its pictures; what
// a run does not know is left out.
std::string probe_line(const ProbeRecord& record);

// A line a probe, under the names of its columns: means over pictures.
std::string probe_table(std::span<const ProbeRecord> records);

}  // namespace treegrpo::cli
