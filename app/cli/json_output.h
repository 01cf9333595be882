// Records as the JSON that scripts rely on: every key of the contract always present, null where a
// number is unknown (NaN), numbers that read back as they were.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "record/credit_trace.h"
#include "record/event.h"
#include "record/tree_record.h"
#include "workbench/schedule_preview.h"
#include "workbench/workbench.h"

namespace treegrpo::cli {

using Json = nlohmann::ordered_json;

// Events of the contract: run_started, run_resumed, iteration, evaluation, probe, checkpoint,
// parameter_changed, run_finished (a failed run's too). None for the others.
std::optional<Json> event_json(RunId run, const Event& event);

Json run_json(const RunSummary& run);

Json note_json(const Note& note);
Json figure_json(const StoredFigure& figure);

// A line of `show`. An edge's numbers stand on its child.
Json tree_json(RunId run, const TreeRecord& record);
Json trace_json(const CreditTrace& trace);

Json schedule_json(const SchedulePreview& preview);

// The object as one line; a byte that is no UTF-8 (a prompt file's) becomes a replacement
// character.
std::string json_line(const Json& object);

// One object a line on stdout, flushed. Throws Error if nobody takes it.
void print_line(const Json& object);

}  // namespace treegrpo::cli
