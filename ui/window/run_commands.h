// The run.* actions: what each asks of the session, which of them make sense now, what they are
// called meanwhile ("Pausing…").
#pragma once

#include <QObject>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "actions.h"
#include "preferences.h"
#include "session.h"

namespace treegrpo {

// What was asked for last: a new run or a stored one, and how it was to begin.
struct RunAttempt {
  std::variant<RunConfig, ResumeRequest> what;
  bool hold = false;
  bool first_tree = false;
};

// The run that grows a first tree: it goes on from every pause until its first iteration is stored,
// and holds at the pause after that.
enum class FirstTree : std::uint8_t { none, growing, stored };

class RunCommands : public QObject {
  Q_OBJECT

 public:
  // `shown` says which stored run is looked at; none: run 0.
  RunCommands(Session& session, const Actions& actions, std::function<RunSummary()> shown,
              QObject* parent);

  // Names and enables the actions anew: another run is shown.
  void refresh() { show(session_.state()); }

  void setPreferences(const Preferences& preferences) { preferences_ = preferences; }

  // Trains with a config file, or the bundled demonstration; what is wrong with it is told by the
  // session's failed(). Paused: holds before the first iteration. sets: overrides
  // such as "run.seed=2".
  void trainFile(const QString& file, std::optional<int> iterations, bool paused,
                 const std::vector<std::string>& sets = {});
  void trainConfig(const RunConfig& config, bool paused);
  void trainDemo(bool paused, const std::vector<std::string>& sets = {});
  // A run of the demonstration that holds once its first trees are stored, with rewards and credit.
  void growDemoTree();

  // Asks for a run, or again for what was asked for last, with what was changed in it.
  void attempt(RunAttempt attempt);
  const std::optional<RunAttempt>& lastAttempt() const { return attempt_; }
  void resumeRun(const ResumeRequest& request) { attempt({.what = request}); }

 Q_SIGNALS:
  void refused(const QString& sentence);  // a config that cannot be read

 private:
  void train(RunConfig config);
  void toggle();
  void show(RunState state);
  void pausedWithFirstTree();

  Session& session_;
  const Actions& actions_;
  std::function<RunSummary()> shown_;
  Preferences preferences_;
  std::optional<RunAttempt> attempt_;
  bool hold_ = false;   // pause the run as soon as it exists
  bool go_on_ = false;  // train from the next pause on: asked for while the first tree grew
  FirstTree first_tree_ = FirstTree::none;
};

}  // namespace treegrpo
