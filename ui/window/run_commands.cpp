#include "window/run_commands.h"

#include <exception>

#include "base/paths.h"
#include "record/config_toml.h"

namespace treegrpo {
namespace {

constexpr const char* demo_config = "experiments/tiny/treegrpo.toml";

bool canResume(const RunSummary& run) {
  return run.run.value > 0 && run.iterations < run.iterations_planned;
}

}  // namespace

RunCommands::RunCommands(Session& session, const Actions& actions,
                         std::function<RunSummary()> shown, QObject* parent)
    : QObject(parent), session_(session), actions_(actions), shown_(std::move(shown)) {
  const auto on = [this](const char* name, auto work) {
    connect(actions_[QString::fromLatin1(name)], &QAction::triggered, this, work);
  };
  on("run.toggle", [this] { toggle(); });
  on("run.pause", [this] { session_.pause(); });
  on("run.step", [this] { session_.step(SafePoint::step); });
  on("run.step_tree", [this] { session_.step(SafePoint::trees); });
  on("run.step_update", [this] { session_.step(SafePoint::update); });
  on("run.step_iteration", [this] { session_.step(SafePoint::iteration); });
  on("run.stop", [this] { session_.stop(); });
  on("run.resume", [this] { resumeRun({.run = shown_().run}); });
  connect(&session_, &Session::stateChanged, this, &RunCommands::show);
  connect(&session_, &Session::iterationFinished, this, [this] {
    if (first_tree_ == FirstTree::growing) first_tree_ = FirstTree::stored;
  });
  show(session_.state());
}

// Space: whatever brings training on, or holds it.
void RunCommands::toggle() {
  // The first tree is to be seen, so it is not held where it stands; nor between its iteration's
  // end and the pause that follows, when it looks as if it grew.
  if (first_tree_ != FirstTree::none && !go_on_) {
    go_on_ = true;
    return;
  }
  first_tree_ = FirstTree::none;
  go_on_ = false;
  const RunState state = session_.state();
  if (state == RunState::idle) {
    if (canResume(shown_()))
      resumeRun({.run = shown_().run});
    else
      trainDemo(false);
  } else if (state == RunState::paused || state == RunState::pausing) {
    session_.resume();
  } else {
    session_.pause();
  }
}

void RunCommands::trainFile(const QString& file, std::optional<int> iterations, bool paused,
                            const std::vector<std::string>& sets) {
  try {
    RunConfig config = load_config(file.toStdString(), sets);
    if (iterations) config.run.iterations = *iterations;
    hold_ = paused;
    train(std::move(config));
  } catch (const std::exception& error) {
    Q_EMIT refused(QString::fromUtf8(error.what()));
  }
}

void RunCommands::trainDemo(bool paused, const std::vector<std::string>& sets) {
  try {
    trainFile(QString::fromStdString(resource_path(demo_config).string()), {}, paused, sets);
  } catch (const std::exception& error) {
    Q_EMIT refused(QString::fromUtf8(error.what()));
  }
}

void RunCommands::trainConfig(const RunConfig& config, bool paused) {
  hold_ = paused;
  train(config);
}

void RunCommands::growDemoTree() {
  first_tree_ = FirstTree::growing;
  trainDemo(true, {"evaluation.prompts=70"});  // a third of them: the tree is waited for
}

void RunCommands::train(RunConfig config) {
  if (config.run.threads == 0) config.run.threads = preferences_.threads;
  if (config.run.device == "auto") config.run.device = preferences_.device.toStdString();
  if (preferences_.image_budget_gb > 0)
    config.images.budget_mb = static_cast<int>(1000 * preferences_.image_budget_gb);
  attempt({.what = std::move(config), .hold = hold_, .first_tree = first_tree_ != FirstTree::none});
}

void RunCommands::attempt(RunAttempt attempt) {
  first_tree_ = attempt.first_tree ? FirstTree::growing : FirstTree::none;
  hold_ = false;
  attempt_ = attempt;
  if (const auto* config = std::get_if<RunConfig>(&attempt.what))
    session_.train(*config);
  else
    session_.resumeRun(std::get<ResumeRequest>(attempt.what));
  if (attempt.hold) session_.pause();
}

// What follows is asked for later: others are still to hear of this pause.
void RunCommands::pausedWithFirstTree() {
  if (first_tree_ == FirstTree::growing) {
    QMetaObject::invokeMethod(
        this, [this] { session_.step(SafePoint::iteration); }, Qt::QueuedConnection);
    return;
  }
  if (go_on_)
    QMetaObject::invokeMethod(
        this, [this] { session_.resume(); }, Qt::QueuedConnection);
  first_tree_ = FirstTree::none;
  go_on_ = false;
}

void RunCommands::show(RunState state) {
  if (state == RunState::paused && first_tree_ != FirstTree::none) pausedWithFirstTree();
  if (state == RunState::idle) {
    first_tree_ = FirstTree::none;
    go_on_ = false;
  }
  const bool idle = state == RunState::idle;
  const bool held = state == RunState::paused || state == RunState::pausing;
  actions_[u"run.toggle"]->setText(idle ? (canResume(shown_()) ? tr("Resume") : tr("Train demo"))
                                        : (held ? tr("Continue") : tr("Run")));
  actions_[u"run.toggle"]->setEnabled(idle || isAllowed(state, RunRequest::pause) ||
                                      isAllowed(state, RunRequest::resume));
  actions_[u"run.pause"]->setEnabled(isAllowed(state, RunRequest::pause));
  actions_[u"run.pause"]->setText(state == RunState::pausing ? tr("Pausing…") : tr("Pause"));
  for (const char* name : {"run.step", "run.step_tree", "run.step_update", "run.step_iteration"})
    actions_[QString::fromLatin1(name)]->setEnabled(isAllowed(state, RunRequest::step));
  actions_[u"run.stop"]->setEnabled(isAllowed(state, RunRequest::stop));
  actions_[u"run.stop"]->setText(state == RunState::stopping       ? tr("Stop now")
                                 : state == RunState::stopping_now ? tr("Stopping…")
                                                                   : tr("Stop"));
  const bool free = !session_.trainsHere();
  actions_[u"run.new"]->setEnabled(free);
  const bool goes_on = session_.follows() && shown_().run == session_.run();
  actions_[u"run.resume"]->setEnabled(free && !goes_on && canResume(shown_()));
}

}  // namespace treegrpo
