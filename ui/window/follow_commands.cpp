#include "window/follow_commands.h"

#include <QAction>
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/clock.h"
#include "jobs.h"
#include "views/message_strip.h"
#include "views/run_status.h"

namespace treegrpo {
namespace {

constexpr int heartbeat_milliseconds = 1000;
constexpr double late_seconds = 40;  // a process says that it lives every 10 s, while it stores too

QString text(const std::string& words) { return QString::fromStdString(words); }

QString ageText(double seconds) {
  if (!(seconds >= 1)) return FollowCommands::tr("now");
  if (seconds < 120) return FollowCommands::tr("%1 s ago").arg(std::lround(seconds));
  return FollowCommands::tr("%1 min ago").arg(std::lround(seconds / 60));
}

bool isLate(const RunNews& news, double now) {
  return news.process && now - news.process->heartbeat > late_seconds;
}

QString changeText(const ParameterChanged& change) {
  return QStringLiteral("%1 %2 → %3")
      .arg(text(change.key), text(change.old_value), text(change.new_value));
}

}  // namespace

QString followedText(RunState state, const RunNews& news, double now) {
  const std::string_view name = nameOf(state);
  QString doing = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).toLower();
  if (state == RunState::running) doing = FollowCommands::tr("training");
  if (!news.process) return FollowCommands::tr("Followed: %1 in another process").arg(doing);
  QString words = FollowCommands::tr("Followed: %1 in another process (pid %2, %3), heartbeat %4")
                      .arg(doing)
                      .arg(news.process->pid)
                      .arg(text(news.process->host), ageText(now - news.process->heartbeat));
  return isLate(news, now) ? words + FollowCommands::tr(", which is late") : words;
}

FollowCommands::FollowCommands(const Parts& parts) : QObject(parts.window), parts_(parts) {
  connect(&heartbeat_, &QTimer::timeout, this, &FollowCommands::showState);
  connect(&parts_.session, &Session::stateChanged, this, &FollowCommands::showState);
  connect(&parts_.session, &Session::runFollowed, this, [this](RunId run) {
    heartbeat_.start(heartbeat_milliseconds);
    const auto found = elsewhere_.find(run);
    if (found != elsewhere_.end())
      Q_EMIT logged("run", tr("Run '%1' is followed: %2 trains it")
                               .arg(text(found->second.name), processWords(found->second.process)));
  });
  connect(&parts_.session, &Session::changedElsewhere, this,
          [this](RunId, const ParameterChanged& change) { tellChange(change); });
  connect(&parts_.session, &Session::warned, this, [this](const QString& sentence) {
    if (parts_.session.follows()) parts_.strip.say(MessageStrip::Kind::warning, sentence);
  });
}

void FollowCommands::setRuns(const std::vector<RunSummary>& runs, RunId shown) {
  std::map<RunId, RunSummary> before = std::exchange(elsewhere_, {});
  for (const RunSummary& run : runs)
    if (isElsewhere(run)) elsewhere_.emplace(run.run, run);
  for (const RunSummary& run : runs) {
    const bool was = before.contains(run.run);
    if (elsewhere_.contains(run.run) && !was) began(run, shown);
    if (was && run.status == RunStatus::interrupted) offerResume(run);
  }
}

void FollowCommands::follow(RunId run) {
  if (elsewhere_.contains(run)) parts_.session.follow(run);
}

// A message that matters more is left alone.
bool FollowCommands::mayInform() const {
  return parts_.strip.sentence().isEmpty() || parts_.strip.kind() == MessageStrip::Kind::info;
}

void FollowCommands::began(const RunSummary& run, RunId shown) {
  if (run.run == shown && !parts_.session.trainsHere()) return parts_.session.follow(run.run);
  const QString sentence =
      tr("Run '%1' is being trained by %2.").arg(text(run.name), processWords(run.process));
  Q_EMIT logged("run", sentence);
  if (parts_.session.trainsHere() || !mayInform()) return;
  parts_.strip.say(MessageStrip::Kind::info, sentence,
                   {own("follow", tr("Follow"), tr("Shows the run while the other process trains"),
                        [this, run = run.run] { follow(run); })});
}

void FollowCommands::offerResume(const RunSummary& run) {
  const QString process = processWords(run.process);
  const QString sentence =
      tr("%1 is gone without ending run '%2'; it is kept up to iteration %3 and can be resumed.")
          .arg(process.isEmpty() ? tr("its process") : process, text(run.name))
          .arg(run.iterations);
  Q_EMIT logged("warning", sentence);
  if (parts_.session.trainsHere()) return;
  parts_.strip.say(
      MessageStrip::Kind::warning, sentence,
      {own("resume_left", tr("Resume run"), tr("Goes on here, from the run's last checkpoint"),
           [this, run = run.run] { parts_.runs.resumeRun({.run = run}); }),
       parts_.actions[u"view.log"]});
}

// Those of one edit come one after another and hold from the same iteration on.
void FollowCommands::tellChange(const ParameterChanged& change) {
  const bool more = !told_changes_.isEmpty() && parts_.strip.sentence() == told_changes_ &&
                    changes_.back().iteration == change.iteration;
  if (!more) changes_.clear();
  changes_.push_back(change);
  QStringList all;
  for (const ParameterChanged& one : changes_) all << changeText(one);
  told_changes_ = tr("Changed in another window or by a command: %1 from iteration %2 on.")
                      .arg(all.join(", "))
                      .arg(change.iteration);
  if (more || mayInform()) parts_.strip.say(MessageStrip::Kind::info, told_changes_);
}

void FollowCommands::showState() {
  if (!parts_.session.follows()) {
    heartbeat_.stop();
    return parts_.status.setFollowed({});
  }
  const RunNews news = parts_.session.followed().value_or(RunNews{});
  const double now = unix_seconds();
  parts_.status.setFollowed(followedText(parts_.session.state(), news, now), isLate(news, now));
}

QAction* FollowCommands::own(const char* name, const QString& text, const QString& tooltip,
                             std::function<void()> work) {
  for (QAction* action : std::exchange(own_, {})) action->deleteLater();
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  action->setToolTip(tooltip);
  connect(action, &QAction::triggered, this, std::move(work));
  own_.push_back(action);
  return action;
}

}  // namespace treegrpo
