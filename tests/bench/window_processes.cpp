#include "bench/window_processes.h"

#include <unistd.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "bench/statistics.h"
#include "record/config_toml.h"
#include "store/run_reader.h"

namespace treegrpo::bench {
namespace {

constexpr int patience = 600'000;  // milliseconds

void start(QProcess& process, const QTemporaryDir& home, const char* program,
           const QStringList& arguments) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.remove("TREEGRPO_STORE");
  environment.insert("HOME", home.path());
  environment.insert("XDG_CONFIG_HOME", home.filePath("config"));
  environment.insert("XDG_DATA_HOME", home.filePath("data"));
  process.setProcessEnvironment(environment);
  process.setStandardErrorFile(QProcess::nullDevice());
  const auto file = executable_folder() / program;
  process.start(QString::fromStdString(file.string()), arguments);
}

// Milliseconds of `clock` when the program prints the line.
double lineAt(QProcess& process, const QElapsedTimer& clock, const QByteArray& line) {
  while (true) {
    while (process.canReadLine())
      if (process.readLine().trimmed() == line)
        return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
    if (!process.waitForReadyRead(patience))
      throw Error("treegrpo-studio did not say '" + line.toStdString() + "'");
  }
}

struct StartTime {
  double painted = 0, node = 0;
};

StartTime startTime() {
  const QTemporaryDir home;
  QProcess process;
  QElapsedTimer clock;
  clock.start();
  start(process, home, "treegrpo-studio", {"--timings"});
  StartTime time;
  time.painted = lineAt(process, clock, "painted");
  time.node = lineAt(process, clock, "node");
  process.terminate();
  process.waitForFinished(patience);
  return time;
}

// Processor seconds that the thread of the window has had.
double windowSeconds(qint64 process) {
  QFile file(QStringLiteral("/proc/%1/task/%1/stat").arg(process));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  const QByteArray stat = file.readAll();
  const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
  return (fields.value(11).toDouble() + fields.value(12).toDouble()) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

struct FollowedRun {
  std::vector<double> seconds;  // of its iterations, the first left out
  double window_share = 0;      // processor time of the window's thread per second of the run
};

std::vector<double> iterationSeconds(const QString& store) {
  std::vector<double> seconds;
  RunReader reader(store.toStdString());
  for (const IterationRecord& record : reader.iterations(reader.runs().front().run))
    if (record.iteration > 0) seconds.push_back(record.seconds.total);
  if (seconds.empty()) throw Error("the run has no iterations: is the engine built?");
  return seconds;
}

FollowedRun trainOnce(bool window, const QString& config, int iterations) {
  const QTemporaryDir home;
  const QString store = home.filePath("run.tgws"), script = home.filePath("script");
  const QString count = QString::number(iterations);
  QFile(script).open(QIODevice::WriteOnly);
  QProcess process;
  process.setStandardOutputFile(window ? QString() : QProcess::nullDevice());
  FollowedRun run;
  if (!window) {
    start(process, home, "treegrpo", {"train", config, "--store", store, "--iterations", count});
    process.waitForFinished(patience);
  } else {
    // An empty script ends the program once the last iteration is shown.
    start(process, home, "treegrpo-studio",
          {"--timings", "--store", store, "--run", config, "--iterations", count, "--script",
           script, "--after-event", QString("iteration:%1").arg(iterations - 1)});
    QElapsedTimer clock;
    clock.start();
    lineAt(process, clock, "node");
    const double before = windowSeconds(process.processId()), from = double(clock.elapsed());
    while (!process.waitForFinished(200)) {
      const double used = windowSeconds(process.processId()) - before;
      if (used > 0) run.window_share = 1000 * used / (double(clock.elapsed()) - from);
      if (clock.elapsed() > patience) throw Error("the followed run does not end");
    }
  }
  run.seconds = iterationSeconds(store);
  return run;
}

void append(std::vector<double>& all, const std::vector<double>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

QJsonObject startTimes(int rounds) {
  startTime();
  std::vector<double> painted, node;
  for (int round = 0; round < rounds; ++round) {
    const StartTime time = startTime();
    painted.push_back(time.painted);
    node.push_back(time.node);
  }
  return {{"start_to_painted_ms", median(painted)}, {"first_node_ms", median(node)}};
}

QJsonObject followingCost(int rounds, int iterations) {
  const QTemporaryDir folder;
  RunConfig config = load_config(resource_path("experiments/tiny/treegrpo.toml").string(), {});
  config.evaluation.every = 0;
  config.evaluation.prompts = 7;
  config.checkpoint.every = 0;
  const QString file = folder.filePath("run.toml");
  write_file_atomically(file.toStdString(), write_toml(run_fields(), &config));
  std::vector<double> headless, followed, ratios, shares;
  for (int round = 0; round < rounds; ++round) {
    const FollowedRun alone = trainOnce(false, file, iterations);
    const FollowedRun watched = trainOnce(true, file, iterations);
    append(headless, alone.seconds);
    append(followed, watched.seconds);
    ratios.push_back(median(watched.seconds) / median(alone.seconds));
    shares.push_back(watched.window_share);
  }
  return {{"rounds", rounds},
          {"iterations", iterations},
          {"headless_s", median(headless)},
          {"following_s", median(followed)},
          {"following_share", median(followed) / median(headless)},
          {"following_share_of_rounds", median(ratios)},
          {"window_thread_share", median(shares)}};
}

}  // namespace treegrpo::bench
