// Steering a run that another process trains: what it may be asked, as rows of the store and as
// what they do to the run's own control.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "store/run_commands.h"
#include "store/run_reader.h"
#include "workbench/run_control.h"

namespace treegrpo {

enum class Steering { pause, resume, step, stop, edit, discard };

struct SteeringCommand {
  Steering what = Steering::pause;
  SafePoint unit = SafePoint::iteration;  // of a step
  ConfigEdit edit = {};                   // of an edit
};

// The words that users write: "pause", …, "set", "discard"; "step", "trees", "update", "iteration".
std::string steering_name(Steering what);
std::string step_name(SafePoint unit);
// Throw Error (usage) that says which there are.
Steering steering_named(const std::string& name);
SafePoint step_named(const std::string& name);

CommandRow to_row(const SteeringCommand& command);
// Throws Error if the row holds no command of this program.
SteeringCommand from_row(const CommandRow& row);

void steer(RunControl& control, const SteeringCommand& command);

// Asks it of a run in another process, which takes it within a fraction of a second. `reader` is of
// that store. Throws Error if nobody trains the run, the store cannot be written, or the run could
// not take an edit.
void ask_run(RunReader& reader, const std::filesystem::path& store, RunId run,
             const SteeringCommand& command);

}  // namespace treegrpo
