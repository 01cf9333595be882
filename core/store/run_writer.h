// Writes one run: the end of each line of the path, committed before it is announced.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "record/iteration_record.h"
#include "record/probe_record.h"
#include "record/tree_record.h"
#include "store/database.h"
#include "store/run_commands.h"
#include "store/run_rows.h"

namespace treegrpo {

// The one writer of a run. It owns its connection and, from create_run or claim_run on, its run;
// each call is one transaction: after a throw the store is as before. Used by one thread.
class RunWriter {
 public:
  // Opens (makes) the store and marks runs whose process is gone as interrupted. Throws Error.
  explicit RunWriter(const std::filesystem::path& store_file, const StoreOptions& options = {});

  // A run that is not finished, stopped or failed by now becomes interrupted; one that was claimed
  // and never set running gets back the status it had. Never throws.
  ~RunWriter();
  RunWriter(RunWriter&&) noexcept;
  RunWriter& operator=(RunWriter&&) noexcept;

  // Makes the run and owns it; status preparing. An empty config.run.name becomes "METHOD-sSEED-N".
  // Throws Error if a given name is taken or cannot be one: a number (that would be an id), a '/',
  // nothing that is a line of text.
  RunId create_run(const RunCreation& creation);

  // Owns a run again, to resume it; status preparing. Throws Error, leaving it as it was, if it
  // does not exist, is in the trash, or another process is at it.
  void claim_run(RunId run);

  RunId run() const;
  // Of the run, after create_run or claim_run.
  const std::string& name() const;
  const std::filesystem::path& store_file() const;
  const std::string& notice() const;  // as StoreConnection::notice

  // Replaces whatever the store holds of that iteration by these rows and counts it as done; later
  // ones, where a resumed run does it again, stay. Images are kept by the run's image policy
  // (image_policy.h), those of later iterations not counted. Throws Error if a tree belongs to
  // another iteration or a reward column has the wrong length.
  void write_iteration(const IterationRecord& record, std::span<const TreeRecord> trees);
  void write_iteration(const IterationRecord& record,
                       std::span<const std::shared_ptr<const TreeRecord>> trees);

  // Replaces the evaluation at that iteration.
  void write_evaluation(const EvaluationRecord& record);

  // Likewise a probe, its pictures as far as the budget reaches, those of later iterations not
  // counted.
  void write_probe(const ProbeRecord& record);

  // Where the files of a checkpoint after that many iterations belong.
  std::filesystem::path checkpoint_folder(std::int32_t iterations) const;

  // Says that the files in checkpoint_folder(iterations) are written and whole.
  void write_checkpoint(std::int32_t iterations, double score = no_value);

  // Forgets a checkpoint; its files are the caller's to remove, afterwards.
  void remove_checkpoint(std::int32_t iterations);

  // finished, stopped, failed and interrupted give the run up: nobody owns it any more. `failure`
  // is the sentence of a failed run.
  void set_status(RunStatus status, const std::string& failure = {});

  // Says "still alive" to other hosts; due at least every 30 seconds. write_iteration does it too.
  void heartbeat();

  // Notes changed options, all or none; each holds from its iteration on.
  void change_parameters(std::span<const ParameterChanged> changes);

  // What other processes asked of the run since the last call (store/run_commands.h), in order.
  std::vector<CommandRow> take_commands();

  // The total of iterations that is aimed at, where a resume changes it.
  void set_iterations_planned(std::int32_t iterations);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace treegrpo
