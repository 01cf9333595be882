// What the window costs and how soon it answers, as JSON on stdout. On a display of its own:
// xvfb-run -a -s "-screen 0 1600x1000x24" bench_window [--rounds N] [--iterations N] [PART]...
// Parts: start, following, open, large, idle; all where none is named.
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

#include "base/clock.h"
#include "base/error.h"
#include "base/machine.h"
#include "bench/statistics.h"
#include "bench/window_processes.h"
#include "bench/window_stores.h"
#include "style/resources.h"
#include "support/fake_engine.h"
#include "ui/canvas_trees.h"
#include "views/tree_canvas.h"
#include "window/main_window.h"
#include "workbench/provenance.h"

namespace {

using namespace treegrpo;
using namespace treegrpo::bench;

constexpr std::int32_t iterations = 300, prompts = 8;

// The window on a store, in this process; its engine makes trees up.
class Bench {
 public:
  explicit Bench(const QString& store)
      : window_(
            store.toStdString(), [] { return std::make_shared<test::FakeEngine>(); }, {},
            CanvasKind::automatic) {
    window_.show();
    canvas_ = window_.findChild<TreeCanvas*>("treeCanvas");
    until([this] { return canvas_->frames() > 0; });
    QObject::connect(canvas_, &CanvasView::painted, canvas_, [this] {
      const auto& tree = window_.focus().tree();
      painted_ = tree ? tree->iteration : -1;
    });
  }
  ~Bench() { window_.closeWithoutAsking(); }

  MainWindow& window() { return window_; }

  // Milliseconds of `work` and of what follows, until a frame with that tree is painted.
  double untilShown(std::int32_t iteration, const std::function<void()>& work) {
    const double from = monotonic_seconds();
    painted_ = -1;
    work();
    until([&] { return painted_ == iteration; });
    return 1000 * (monotonic_seconds() - from);
  }

  // Handles events until it is so; notes how long a single turn took at most.
  void until(const std::function<bool()>& done) {
    const double from = monotonic_seconds();
    while (!done()) {
      if (monotonic_seconds() - from > 120) throw Error("the window does not get that far");
      const double before = thread_seconds();
      QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
      blocked_ = std::max(blocked_, thread_seconds() - before);
    }
  }

  double longestTurn() const { return 1000 * blocked_; }
  void forgetTurns() { blocked_ = 0; }

  int frames() const {
    int all = 0;
    for (const CanvasView* view : window_.findChildren<CanvasView*>()) all += view->frames();
    return all;
  }

 private:
  MainWindow window_;
  TreeCanvas* canvas_ = nullptr;
  std::int32_t painted_ = -1;  // the iteration whose tree was painted last
  double blocked_ = 0;
};

QJsonObject openTimes(const QTemporaryDir& folder) {
  const QString store = folder.filePath("long.tgws");
  writeStore(store.toStdString(), {test::mockupSchedule(), iterations, prompts});
  std::vector<double> opened, shown;
  for (int round = 0; round < 3; ++round) {
    QSettings().clear();  // what was looked at last would come back instead of the newest tree
    Bench bench(store);
    opened.push_back(bench.untilShown(iterations - 1, [&] { bench.window().openStore(false); }));
    std::mt19937 random(static_cast<unsigned>(round));
    const RunId run = bench.window().focus().place().run;
    for (int i = 0; i < 20; ++i) {
      const auto at = static_cast<std::int32_t>(random() % (iterations - 1));
      const auto prompt = static_cast<std::int32_t>(random() % prompts);
      if (bench.window().focus().tree()->iteration == at) continue;
      shown.push_back(bench.untilShown(at, [&] {
        bench.window().focus().show({run, at, {prompt}});
      }));
    }
  }
  return {{"open_run_ms", median(opened)},
          {"show_tree_ms", median(shown)},
          {"show_tree_worst_ms", *std::max_element(shown.begin(), shown.end())}};
}

QJsonObject largeTree(const QTemporaryDir& folder) {
  const QString store = folder.filePath("large.tgws");
  writeStore(store.toStdString(), {test::windowSchedule(1, 9, 4, 3), 1, 1, 8});
  Bench bench(store);
  bench.forgetTurns();
  const double opened = bench.untilShown(0, [&] { bench.window().openStore(false); });
  const auto nodes = static_cast<qint64>(bench.window().focus().tree()->nodes.size());
  bench.until([&, from = monotonic_seconds()] { return monotonic_seconds() - from > 2; });
  return {{"nodes", nodes}, {"open_ms", opened}, {"longest_block_ms", bench.longestTurn()}};
}

// Frames and processor time of five seconds in which nothing happens.
QJsonObject quietSeconds(Bench& bench) {
  const auto wait = [&](double seconds) {
    bench.until([&, from = monotonic_seconds()] { return monotonic_seconds() - from > seconds; });
  };
  wait(2);
  const int frames = bench.frames();
  const std::clock_t before = std::clock();
  // Not by turns: those would be this benchmark's own.
  QEventLoop loop;
  QTimer::singleShot(5000, &loop, &QEventLoop::quit);
  loop.exec();
  const double used = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  return {{"frames", bench.frames() - frames}, {"cpu_ms", 1000 * used}};
}

QJsonObject idleCost(const QTemporaryDir& folder) {
  Bench bench(folder.filePath("idle.tgws"));
  const QJsonObject none = quietSeconds(bench);
  RunConfig config;
  config.run.iterations = 1000;
  config.prompts.per_iteration = 2;
  bench.window().session().train(config);
  bench.until([&] { return bench.window().focus().tree() != nullptr; });
  bench.window().session().pause();
  bench.until([&] { return bench.window().session().state() == RunState::paused; });
  return {{"no_run", none}, {"paused_run", quietSeconds(bench)}};
}

QJsonObject machine() {
  return {{"made", QString::fromStdString(utc_now())},
          {"commit", QString::fromStdString(program_commit())},
          {"cpu", QString::fromStdString(processor_name())},
          {"threads", thread_count(0)},
          {"platform", QGuiApplication::platformName()}};
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  const QTemporaryDir folder;
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
  QCoreApplication::setOrganizationName("treegrpo");
  QCoreApplication::setApplicationName("studio");
  openResources();
  QCommandLineParser options;
  options.addOptions({{"rounds", "of starts, and of runs with and without a window", "N", "5"},
                      {"iterations", "of those runs", "N", "15"}});
  options.process(application);
  const int rounds = options.value("rounds").toInt();
  const int run_iterations = options.value("iterations").toInt();
  const QStringList parts = options.positionalArguments();
  QJsonObject report{{"benchmark", "window"}, {"machine", machine()}};
  const auto measure = [&](const char* part, const std::function<QJsonObject()>& work) {
    if (parts.isEmpty() || parts.contains(QLatin1String(part)))
      report[QLatin1String(part)] = work();
  };
  try {
    measure("start", [&] { return startTimes(rounds); });
    measure("following", [&] { return followingCost(rounds, run_iterations); });
    measure("open", [&] { return openTimes(folder); });
    measure("large", [&] { return largeTree(folder); });
    measure("idle", [&] { return idleCost(folder); });
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_window: %s\n", error.what());
    return 1;
  }
  std::puts(QJsonDocument(report).toJson().constData());
}
