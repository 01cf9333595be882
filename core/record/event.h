// What a run tells whoever listens: the command line, a window, a test. Committed to the store
// first, announced second.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "record/iteration_record.h"
#include "record/probe_record.h"
#include "record/run_config.h"
#include "record/tree_record.h"

namespace treegrpo {

enum class RunStatus { preparing, running, paused, finished, stopped, failed, interrupted };

std::string run_status_name(RunStatus status);
RunStatus run_status_from_name(const std::string& name);  // Throws Error on an unknown name.

struct RunStarted {
  std::string name;
  std::string method;
  std::uint64_t seed = 0;
  int threads = 0;
  std::string device;
};
struct RunResumed {
  RunStarted run;
  std::int32_t iteration = 0;  // the next one to be run
};
// What a node is predicted to become, looked at while its tree grows.
struct NodePicture {
  NodeId node;
  std::shared_ptr<const Image> image;
};
// A part of a tree that is being grown; never stored, may be dropped.
struct TreeGrown {
  std::int32_t iteration = 0;
  PromptId prompt;
  std::shared_ptr<const TreeRecord> outline = {};  // all of the tree but nodes and rewards
  std::int32_t first_node = 0;
  std::vector<TreeNode> nodes;
  std::vector<NodePicture> pictures = {};  // of these nodes or earlier ones; may be none
  double picture_seconds = 0;              // what they took
};
// The watched prompt's trees once their edges have advantages, before they train; may be dropped.
struct TreeCredited {
  std::shared_ptr<const TreeRecord> trees;
};
struct IterationFinished {
  std::shared_ptr<const IterationRecord> record;
  std::vector<std::shared_ptr<const TreeRecord>> trees;  // one a prompt
};
struct EvaluationFinished {
  std::shared_ptr<const EvaluationRecord> record;
};
struct ProbeFinished {
  std::shared_ptr<const ProbeRecord> record;
};
struct CheckpointWritten {
  std::int32_t iteration = 0;  // iterations done when it was written
  std::string path;
};
// A changed option; a row of the store too.
struct ParameterChanged {
  std::int32_t iteration = 0;  // the first one it holds for
  std::string key;
  std::string old_value;  // empty where a list had no such item
  std::string new_value;
  std::string author = {};  // "user@host"; empty: not known
};
struct NodeRendered {
  std::int32_t iteration = 0;
  PromptId prompt;
  NodeId node;
  Image image;
};
struct Progress {
  std::string what;
  double fraction = 0;  // of the whole, 0 to 1
};
struct Warning {
  std::string sentence;
};
struct RunPaused {
  std::int32_t iteration = 0;
};
struct RunFinished {
  RunStatus status = RunStatus::finished;
  std::int32_t iterations = 0;
};
struct RunFailed {
  std::string sentence;
  ErrorKind kind = ErrorKind::failure;
  ErrorPlace place = {};  // its iteration is the one under way where nothing else is known
};

using Event = std::variant<RunStarted, RunResumed, TreeGrown, TreeCredited, IterationFinished,
                           EvaluationFinished, ProbeFinished, CheckpointWritten, ParameterChanged,
                           NodeRendered, Progress, Warning, RunPaused, RunFinished, RunFailed>;

}  // namespace treegrpo
