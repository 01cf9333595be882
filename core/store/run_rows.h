// The rows of a store that are no record of core/record: a run as a list shows it, where it came
// from, its checkpoints.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "record/event.h"
#include "record/ids.h"
#include "record/prompt_set.h"
#include "record/run_config.h"

namespace treegrpo {

// On what a run was made.
struct RunProvenance {
  std::string version;  // of the program
  std::string commit;
  std::string host;  // empty: filled in when the run is created
  std::string cpu;
  std::string device;
  std::string torch;  // version of LibTorch
  int threads = 0;
  std::string wait_policy;  // how threads wait; empty: not known

  bool operator==(const RunProvenance&) const = default;
};

// A part of a run's prompts.
enum class PromptPart { train, held_out };

// The prompts that a run took from a file when it was made.
struct StoredPrompts {
  PromptPart part = PromptPart::train;
  std::string source;  // the file as the config names it
  std::vector<Prompt> prompts;

  bool operator==(const StoredPrompts&) const = default;
};

// What create_run needs.
struct RunCreation {
  RunConfig config;         // name, method, seed, iterations and image policy are taken from it
  std::string config_toml;  // the same config as text, as it will be read back
  RunProvenance provenance;
  std::vector<StoredPrompts> prompts = {};  // of each part that comes from a file
};

// The process that trains a run, or did last: "process 4711 on lab3".
struct RunProcess {
  std::string host;
  std::int64_t pid = 0;
  double heartbeat = no_value;  // its last sign of life, seconds since 1970
  bool own = false;             // it is this one

  bool operator==(const RunProcess&) const = default;
};

// A run as a list shows it, without reading a node.
struct RunSummary {
  RunId run;
  std::string name;
  std::string method;
  RunStatus status = RunStatus::preparing;
  std::string failure;          // the sentence, where status is failed
  std::int32_t iterations = 0;  // done
  std::int32_t iterations_planned = 0;
  std::uint64_t seed = 0;
  std::string created;           // UTC, ISO 8601
  std::string updated;           // likewise: last committed write
  std::string deleted;           // likewise: when it was put into the trash; empty: it was not
  std::int64_t image_bytes = 0;  // of all its stored images
  std::vector<std::string> tags;
  RunProvenance provenance;
  int figures = 0;                         // kept with it
  std::optional<RunProcess> process = {};  // none: nobody's; gone where status is interrupted
};

// Whether a run of that status is in progress.
inline bool is_at_work(RunStatus status) {
  return status == RunStatus::preparing || status == RunStatus::running ||
         status == RunStatus::paused;
}

// What whoever follows a run looks at again and again: little, and where there is more to read.
struct RunNews {
  RunStatus status = RunStatus::preparing;  // as of RunSummary, the next four too
  std::string failure;
  std::int32_t iterations = 0;
  std::int32_t iterations_planned = 0;
  std::optional<RunProcess> process;
  std::int64_t newest_tree = 0;         // grows with each iteration that is stored, also one again
  std::int32_t newest_iteration = -1;   // the one stored last; -1: none
  std::int32_t changes = 0;             // how many options were changed so far
  std::int32_t newest_evaluation = -1;  // after so many iterations; -1: none
  std::int32_t newest_checkpoint = -1;  // likewise
  int commands_waiting = 0;             // that its process has not taken
};

// A prompt of an iteration with the spread of its leaves' rewards (weighted sums of raw columns).
struct PromptSummary {
  PromptId prompt;
  std::string text;
  std::int32_t leaves = 0;
  double reward_mean = no_value;
  double reward_std = no_value;  // population
  double reward_min = no_value;
  double reward_max = no_value;
};

struct CheckpointRow {
  std::int32_t iterations = 0;  // done when it was written
  std::filesystem::path path;   // absolute folder with weights, ema, optimizer, state
  double score = no_value;      // held-out reward at that point, where one was measured
  std::string created;
};

// A figure kept with a run: how to draw it again, not its numbers.
struct StoredFigure {
  std::int64_t id = 0;
  RunId run;
  std::string name;    // one line, unique in its run
  std::string recipe;  // JSON
  std::string created;

  bool operator==(const StoredFigure&) const = default;
};

// What a note is about: the run, an iteration, a prompt of it, a node of its trees.
struct NotePlace {
  std::optional<std::int32_t> iteration = {};
  std::optional<std::int32_t> prompt = {};  // only with an iteration
  std::optional<std::int32_t> node = {};    // only with a prompt

  bool operator==(const NotePlace&) const = default;
};

struct Note {
  std::int64_t id = 0;
  RunId run;
  NotePlace place;
  std::string text;
  std::string created;
};

}  // namespace treegrpo
