// What a run's own iterations say about this machine, for the cost of a drawn schedule.
#pragma once

#include <span>

#include "record/iteration_record.h"
#include "record/run_config.h"
#include "store/run_rows.h"
#include "tree/schedule_cost.h"

namespace treegrpo {

// Bytes of the store that a node takes beside its picture: its row, and its share of the rows of
// trees and scores; and that a picture takes beside its own bytes. Of schema 7, by dbstat over
// trees of 27 leaves.
inline constexpr double stored_node_bytes = 50;
inline constexpr double stored_picture_bytes = 140;

// iterations: those of the run from its first on; run: of the same moment or earlier. Seconds are
// of the last one. NaN where nothing is known: memory is for ModelWork::memory to tell.
MeasuredFigures measured_figures(const RunConfig& config,
                                 std::span<const IterationRecord> iterations,
                                 const RunSummary& run);

}  // namespace treegrpo
