// On what a run is made: stored with it, so that a figure can say where it came from.
#pragma once

#include <string>

#include "engine/engine.h"
#include "record/run_config.h"
#include "store/run_rows.h"

namespace treegrpo {

// "0.1.0", and the commit it was configured from ("" outside a repository).
std::string program_version();
std::string program_commit();

// The config with what it left to the machine spelled out: threads 0 becomes the cores this
// process may use, at most 16; device auto becomes cuda where the engine has one, else cpu.
RunConfig resolved_for_machine(RunConfig config, const Engine& engine);

// Of a resolved config.
RunProvenance provenance_of(const RunConfig& config, const Engine& engine);

// What to say of a run that was made there and goes on here, where its numbers may come out
// differently; empty where program, LibTorch and processor are the same.
std::string told_apart(const RunProvenance& there, const RunProvenance& here);

}  // namespace treegrpo
