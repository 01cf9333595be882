#include "workbench/run_session.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "record/config_changes.h"
#include "record/config_toml.h"
#include "store/image_policy.h"
#include "tree/check_config.h"
#include "workbench/config_paths.h"
#include "workbench/failure.h"
#include "workbench/live_changes.h"
#include "workbench/provenance.h"
#include "workbench/remote_control.h"
#include "workbench/run_prompts.h"

namespace treegrpo {
namespace {

constexpr double heartbeat_seconds = 10;
constexpr double listening_seconds = .2;   // least time between two looks for commands in the store
constexpr double growth_seconds = .1;      // least time between two TreeGrown
constexpr double most_for_pictures = .03;  // share of a watched run's time, unless it is stepped

}  // namespace

RunSession::RunSession(Engine& engine, RunPlan plan, RunControl& control, EventListener listener)
    : engine_(engine), control_(control), listener_(std::move(listener)) {
  check_config(plan.config);
  request_.config = resolved_for_machine(std::move(plan.config), engine);
  request_.model = std::move(plan.model);
  std::string& fingerprint = request_.config.model.fingerprint;
  if (fingerprint.empty()) fingerprint = engine.fingerprint(request_.model);
  engine.check(request_);
  std::vector<StoredPrompts> prompts = prompts_of_files(request_.config);

  writer_ = std::make_unique<RunWriter>(plan.store);
  writer_->create_run({.config = request_.config,
                       .config_toml = config_toml(request_.config),
                       .provenance = provenance_of(request_.config, engine),
                       .prompts = std::move(prompts)});
  request_.config.run.name = writer_->name();
  request_.checkpoint_folder = writer_->checkpoint_folder(0).parent_path();
}

RunSession::RunSession(Engine& engine, ClaimedRun run, RunControl& control, EventListener listener)
    : engine_(engine),
      control_(control),
      listener_(std::move(listener)),
      writer_(std::move(run.writer)),
      resumed_(true) {
  request_.config = resolved_for_machine(run.config, engine);
  warnings_ = run.warnings;
  request_.model = run.model;
  request_.checkpoint_folder = writer_->checkpoint_folder(0).parent_path();
  if (run.from) request_.resume_from = run.from->path;
  request_.changes = run.changes;
  request_.is_probed = run.is_probed;
  check_config(request_.config);
  check_changes(request_.config, request_.changes);
  engine.check(request_);
  check_start(engine, request_, run);
  const std::vector<std::int32_t> damaged = damaged_later(engine, request_, run);

  remove_leftovers(request_.checkpoint_folder, run);
  if (run.summary.iterations_planned != run.config.run.iterations)
    writer_->set_iterations_planned(run.config.run.iterations);
  for (const std::int32_t iterations : damaged) {
    writer_->remove_checkpoint(iterations);
    std::erase_if(run.checkpoints,
                  [&](const CheckpointRow& row) { return row.iterations == iterations; });
    warnings_.push_back("the damaged checkpoint after " + std::to_string(iterations) +
                        " iterations is given up");
  }
  changed_ = run.new_changes;
  if (!changed_.empty()) writer_->change_parameters(changed_);
  const std::string elsewhere =
      told_apart(run.summary.provenance, provenance_of(request_.config, engine));
  if (!elsewhere.empty()) warnings_.push_back(elsewhere);
  for (const CheckpointRow& row : run.checkpoints)
    checkpoints_.push_back({.iterations = row.iterations, .score = row.score});
  iteration_ = run.from ? run.from->iterations : 0;
}

TrainResult RunSession::train() {
  try {
    writer_->set_status(RunStatus::running);
    started_ = last_beat_ = monotonic_seconds();
    announce_start();
    const TrainResult result = engine_.train(request_, hooks());
    writer_->set_status(result.status);
    announce(RunFinished{.status = result.status, .iterations = result.iterations});
    return result;
  } catch (...) {
    throw fail();
  }
}

RunStarted RunSession::started() const {
  const RunConfig& config = request_.config;
  return {.name = name(),
          .method = config.method.name,
          .seed = config.run.seed,
          .threads = config.run.threads,
          .device = config.run.device};
}

void RunSession::announce_start() {
  if (resumed_)
    announce(RunResumed{.run = started(), .iteration = iteration_});
  else
    announce(started());
  if (!writer_->notice().empty()) announce(Warning{writer_->notice()});
  for (const ParameterChanged& change : changed_) announce(change);
  for (const std::string& warning : warnings_) announce(Warning{warning});
}

RunHooks RunSession::hooks() {
  return {
      .tree_grown = [this](const TreeGrown& grown) { announce_growth(grown); },
      .tree_credited =
          [this](const TreeRecord& trees) {
            growth_.reset();  // the whole trees say it all
            announce(TreeCredited{std::make_shared<const TreeRecord>(trees)});
          },
      .watched_prompt = [this] { return watched_prompt(); },
      .previews_wanted =
          [this](std::int32_t iteration) {
            return wants_inner_images(request_.config.images, iteration,
                                      request_.config.run.iterations);
          },
      .iteration_finished =
          [this](IterationRecord& record, std::vector<TreeRecord>&& trees) {
            commit_iteration(record, std::move(trees));
          },
      .evaluated = [this](const EvaluationRecord& record) { commit_evaluation(record); },
      .probed = [this](ProbeRecord&& record) { commit_probe(std::move(record)); },
      .checkpoint_written = [this](const CheckpointFiles& files) { commit_checkpoint(files); },
      .next_command = [this](SafePoint point,
                             ModelWork* model) { return next_command(point, model); },
      .changes = [this](std::int32_t iteration) { return take_changes(iteration); },
      .changed = [this](const std::vector<ParameterChanged>& changes) { commit_changes(changes); },
      .warn = [this](const std::string& sentence) { announce(Warning{sentence}); },
  };
}

void RunSession::commit_iteration(IterationRecord& record, std::vector<TreeRecord>&& trees) {
  std::vector<std::shared_ptr<const TreeRecord>> shared;
  shared.reserve(trees.size());
  for (TreeRecord& tree : trees)
    shared.push_back(std::make_shared<const TreeRecord>(std::move(tree)));

  // A commit cannot hold its own duration: the record tells that of the commit before.
  record.seconds.store = last_store_seconds_;
  record.seconds.total += last_store_seconds_;
  const double start = monotonic_seconds();
  writer_->write_iteration(record, shared);
  last_beat_ = monotonic_seconds();  // write_iteration is a heartbeat too
  last_store_seconds_ = last_beat_ - start;
  iteration_ = record.iteration + 1;
  announce(IterationFinished{.record = std::make_shared<const IterationRecord>(record),
                             .trees = std::move(shared)});
}

void RunSession::commit_evaluation(const EvaluationRecord& record) {
  writer_->write_evaluation(record);
  announce(EvaluationFinished{std::make_shared<const EvaluationRecord>(record)});
}

void RunSession::commit_probe(ProbeRecord&& record) {
  writer_->write_probe(record);
  announce(ProbeFinished{std::make_shared<const ProbeRecord>(std::move(record))});
}

void RunSession::commit_checkpoint(const CheckpointFiles& files) {
  writer_->write_checkpoint(files.iterations, files.reward);
  announce(CheckpointWritten{.iteration = files.iterations, .path = files.folder});

  std::erase_if(checkpoints_, [&](const auto& old) { return old.iterations == files.iterations; });
  // Not always the last one: a resumed run may have those of its earlier iterations before it.
  const auto later = std::find_if(checkpoints_.begin(), checkpoints_.end(), [&](const auto& other) {
    return other.iterations > files.iterations;
  });
  checkpoints_.insert(later, {.iterations = files.iterations, .score = files.reward});
  const auto removed = checkpoints_to_remove(checkpoints_, request_.config.checkpoint.keep);
  for (const std::int32_t iterations : removed) {
    if (iterations == files.iterations) continue;
    writer_->remove_checkpoint(iterations);
    std::error_code left_behind;  // files without a row harm nobody
    std::filesystem::remove_all(writer_->checkpoint_folder(iterations), left_behind);
    std::erase_if(checkpoints_, [&](const auto& old) { return old.iterations == iterations; });
  }
}

std::optional<WatchedPrompt> RunSession::watched_prompt() {
  const std::optional<PromptId> prompt = control_.watched();
  if (!prompt) return std::nullopt;
  const double working = monotonic_seconds() - started_ - paused_seconds_;
  return WatchedPrompt{
      .prompt = *prompt,
      .pictures = control_.stepping() || picture_seconds_ <= most_for_pictures * working};
}

// Levels that come faster than a screen shows them are told together.
void RunSession::announce_growth(TreeGrown grown) {
  picture_seconds_ += grown.picture_seconds;
  if (!growth_ || growth_->iteration != grown.iteration || growth_->prompt != grown.prompt) {
    growth_ = std::move(grown);
  } else {
    std::ranges::move(grown.nodes, std::back_inserter(growth_->nodes));
    std::ranges::move(grown.pictures, std::back_inserter(growth_->pictures));
    growth_->picture_seconds += grown.picture_seconds;
  }
  if (monotonic_seconds() - last_growth_ >= growth_seconds) flush_growth();
}

void RunSession::flush_growth() {
  if (!growth_) return;
  last_growth_ = monotonic_seconds();
  announce(*std::exchange(growth_, std::nullopt));
}

RunCommand RunSession::next_command(SafePoint point, ModelWork* model) {
  beat();
  listen();
  const WaitingHooks waiting{.paused =
                                 [this] {
                                   pause();
                                   beat();
                                   listen();
                                 },
                             .working = [this] { beat(); }};
  const RunCommand command = control_.next_command(point, waiting, model);
  if (command == RunCommand::proceed) leave_pause();
  return command;
}

void RunSession::pause() {
  if (paused_) return;
  paused_ = true;
  paused_since_ = monotonic_seconds();
  flush_growth();
  writer_->set_status(RunStatus::paused);
  announce(RunPaused{.iteration = iteration_});
}

void RunSession::leave_pause() {
  if (!paused_) return;
  paused_ = false;
  paused_seconds_ += monotonic_seconds() - paused_since_;
  writer_->set_status(RunStatus::running);
  announce(RunResumed{.run = started(), .iteration = iteration_});
}

void RunSession::beat() {
  const double now = monotonic_seconds();
  if (now - last_beat_ < heartbeat_seconds) return;
  last_beat_ = now;
  writer_->heartbeat();
}

// What other processes ask of the run.
void RunSession::listen() {
  const double now = monotonic_seconds();
  if (now - last_listened_ < listening_seconds) return;
  last_listened_ = now;
  for (const CommandRow& row : writer_->take_commands()) {
    try {
      steer(control_, from_row(row));
    } catch (const Error& error) {
      announce(Warning{error.what()});
    }
  }
}

std::vector<ParameterChanged> RunSession::take_changes(std::int32_t iteration) {
  std::vector<ParameterChanged> all = request_.changes, fresh;
  for (const ConfigEdit& edit : control_.take_edits()) {
    try {
      const auto changes = live_changes({request_.config, all}, iteration, edit);
      add_changes(all, changes);
      fresh.insert(fresh.end(), changes.begin(), changes.end());
    } catch (const Error& error) {
      announce(Warning{std::string("not changed: ") + error.what()});
    }
  }
  return fresh;
}

void RunSession::commit_changes(const std::vector<ParameterChanged>& changes) {
  writer_->change_parameters(changes);
  add_changes(request_.changes, changes);
  for (const ParameterChanged& change : changes) announce(change);
}

Error RunSession::fail() {
  const Error failure = current_failure();
  try {
    writer_->set_status(RunStatus::failed, failure.what());
  } catch (const Error&) {
    // The store may be what failed; the first sentence is the one to tell.
  }
  ErrorPlace place = failure.place();
  if (place.iteration < 0) place.iteration = iteration_;
  announce(RunFailed{failure.what(), failure.kind(), place});
  return failure;
}

}  // namespace treegrpo
