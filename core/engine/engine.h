// The engine as the rest of the program sees it: records in, records out. Everything with tensors
// is behind this interface, in a module that engine_loader.h opens at run time, so that the window
// is up before LibTorch is loaded and a stored tree is shown without it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model_work.h"
#include "engine/run_hooks.h"
#include "record/event.h"
#include "record/image.h"
#include "record/iteration_record.h"
#include "record/run_config.h"

namespace treegrpo {

struct DeviceInfo {
  std::string kind;  // cpu | cuda
  std::string name;
  std::int64_t memory_bytes = 0;
};

// A row of a catalog: what `list` and menus show.
struct CatalogEntry {
  std::string name;
  std::string sentence;
};

// A model file, and weights of a run's checkpoint over it where given.
struct ModelFiles {
  std::filesystem::path model;
  std::optional<std::filesystem::path> weights;
};

struct TrainRequest {
  RunConfig config;                         // as it is to be run
  std::filesystem::path model;              // config.model.path, resolved
  std::filesystem::path checkpoint_folder;  // of this run; checkpoint-000123/ are made inside
  std::optional<std::filesystem::path> resume_from = {};  // a checkpoint's folder
  std::vector<ParameterChanged> changes = {};             // of the config, in order of iterations
  bool is_probed = false;  // the store holds the probe of the weights that it begins with
};

struct TrainResult {
  RunStatus status = RunStatus::finished;  // finished | stopped
  std::int32_t iterations = 0;             // done
};

struct SampleRequest : SampleOptions {
  ModelFiles model = {};
  int threads = 0;
  std::string device = "auto";
};

struct EvaluateRequest {
  ModelFiles model;
  RunConfig config;  // its prompts, rewards, evaluation, sampler and guidance
};

struct RegrowRequest {
  ModelFiles model;
  RegrowOptions options;
};

struct DrawRequest {
  ModelFiles model;
  DrawOptions options;
};

struct ExportRequest {
  ModelFiles model;
  std::string fingerprint;  // of the model's file, another one is refused; empty: whichever it is
  std::filesystem::path out;
  std::map<std::string, std::string> about = {};  // added to the file's metadata
};

struct PretrainRequest {
  std::filesystem::path config;
  std::filesystem::path out;
};

using ProgressFunction = std::function<void(const Progress&)>;

// One thread uses an Engine at a time. Everything throws Error with a sentence.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual std::string torch_version() const = 0;
  virtual std::vector<DeviceInfo> devices() const = 0;
  virtual std::vector<CatalogEntry> rewards() const = 0;
  virtual std::vector<CatalogEntry> policies() const = 0;

  // What tells a model's file from another one: config.model.fingerprint. Throws if there is none.
  virtual std::string fingerprint(const std::filesystem::path& model) = 0;

  // Refuses, before anything is written, what could not run: model, rewards, prompts, device.
  virtual void check(const TrainRequest& request) = 0;
  // Likewise a checkpoint that the run could not go on from: damaged, or of another model.
  virtual void check_checkpoint(const TrainRequest& request,
                                const std::filesystem::path& checkpoint) = 0;
  // Runs to the end or until a hook stops it. What it computed up to the last call of
  // iteration_finished stands, whatever is thrown.
  virtual TrainResult train(const TrainRequest& request, const RunHooks& hooks) = 0;

  // As those of ModelWork, with the weights of files.
  virtual std::vector<Image> sample(const SampleRequest& request, const Proceed& proceed = {}) = 0;
  virtual EvaluationRecord evaluate(const EvaluateRequest& request,
                                    const Proceed& proceed = {}) = 0;
  virtual Regrown regrow(const RegrowRequest& request, const Proceed& proceed = {}) = 0;
  // Also from a hook of train(), which it changes nothing of.
  virtual DrawnPath draw(const DrawRequest& request, const Proceed& proceed = {}) = 0;
  // Writes the model's file with those weights in it (weights/merged_model.h), which then is a
  // model file like the first. Replaces `out`, whole or not at all.
  virtual void export_model(const ExportRequest& request) = 0;
  // Trains the bundled model; resumes where an earlier call for the same `out` stopped. Ends early,
  // resumable, when `proceed` answers anything but RunCommand::proceed.
  virtual void pretrain(const PretrainRequest& request, const ProgressFunction& progress,
                        const std::function<RunCommand()>& proceed) = 0;
};

}  // namespace treegrpo
