// What a checkpoint remembers beside tensors: state.json of its folder. No LibTorch, so that the
// reader is fuzzed under AddressSanitizer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "record/tree_record.h"

namespace treegrpo {

// Prompts, schedules, noise and the EMA's ramp follow from seed and iteration, and the optimiser's
// step counts are among its tensors: they need no place here. Nor does CreditState
// (tree/advantage), since no credit rule remembers anything from one iteration to the next.
struct CheckpointState {
  std::int32_t iterations = 0;  // done
  std::int32_t evaluated = -1;  // iterations done at the last evaluation; -1: none yet
  double reward = no_value;     // of that evaluation
  std::string config;           // the run's config as TOML
  std::string model;            // fingerprint of the model's file; empty where none was kept
  std::map<std::string, std::string> files = {};  // name and fingerprint of each file beside it
};

// "checkpoint-000123".
std::string checkpoint_name(std::int32_t iterations);

// The state as the text of state.json, and back. Reading throws Error that names `source` and says
// what is wrong with the text; whatever it is, nothing else happens.
std::string state_text(const CheckpointState& state);
CheckpointState parse_state(std::string_view text, const std::string& source);

// The state of a checkpoint's folder. Throws Error if it cannot be read or is damaged.
CheckpointState read_state(const std::filesystem::path& checkpoint);

// Throws Error unless the state belongs to that folder, by the number of iterations in its name,
// and every file that it names is there, byte for byte as it was written.
void check_files(const std::filesystem::path& checkpoint, const CheckpointState& state);

}  // namespace treegrpo
