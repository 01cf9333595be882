// A run of the store that this process owns again, with what it goes on from: the step before a
// RunSession of a resumed run. Needs no engine until the checkpoint is looked at.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "record/event.h"
#include "record/ids.h"
#include "record/run_config.h"
#include "store/run_rows.h"
#include "store/run_writer.h"

namespace treegrpo {

struct ResumeRequest {
  RunId run;
  std::optional<std::int32_t> iterations = {};  // in total; none: as many as are planned
  std::optional<std::int32_t> checkpoint = {};  // iterations done in it; none: the last one; 0:
                                                // from the beginning
  std::filesystem::path model = {};  // where the file of its model lies by now; empty: still there
  std::vector<std::string> sets = {};  // what is other from there on: "sampler.micro_batch=8"
};

struct ClaimedRun {
  std::unique_ptr<RunWriter> writer;
  RunSummary summary;
  RunConfig config;  // as it was made, but that run.iterations is the total wanted and stored
                     // prompts stand in for a file that is not what it was
  std::vector<ParameterChanged> changes = {};  // since, in order; those of the request among them
  std::vector<ParameterChanged> new_changes = {};  // of the request: the store has none of them yet
  std::filesystem::path model = {};
  std::vector<CheckpointRow> checkpoints = {};  // in order of iterations
  std::optional<CheckpointRow> from = {};       // none: from iteration 0
  bool is_probed = false;  // the store holds the probe of the weights it goes on from
  std::vector<std::string> warnings = {};       // what is to be told at its start
};

// The one of that many iterations; none: the last. Throws Error that says which there are.
CheckpointRow chosen_checkpoint(const std::vector<CheckpointRow>& checkpoints,
                                const RunSummary& run, std::optional<std::int32_t> iterations);

// Whether a run has done that many iterations and all that belongs to their end.
bool has_iterations(const RunSummary& run, std::int32_t iterations);

// Owns the run. Throws Error, leaving it as it was, if it does not exist, another process is at it,
// or there is no such checkpoint.
ClaimedRun claim_run(const std::filesystem::path& store, const ResumeRequest& request);

// Throws Error if the run cannot go on from its checkpoint, and says from which earlier one it can.
// request: of the run, checked.
void check_start(Engine& engine, const TrainRequest& request, const ClaimedRun& run);

// Removes from the run's folder what a kill left there: checkpoints half written, half removed, or
// written and never announced.
void remove_leftovers(const std::filesystem::path& folder, const ClaimedRun& run);

// Those after the one it goes on from that nothing could go on from. They are why somebody chose an
// earlier one.
std::vector<std::int32_t> damaged_later(Engine& engine, const TrainRequest& request,
                                        const ClaimedRun& run);

}  // namespace treegrpo
