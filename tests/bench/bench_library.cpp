// What a library of many runs costs, as JSON on stdout: a store of made-up runs is written (or,
// with
// --store, one that is there is read), then listed, filtered, grouped, compared and looked into.
// bench_library [--runs N] [--iterations N] [--prompts N] [--rounds N] [--store FILE]
// As they stand: 1,000 runs and 10 million nodes.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <cstdio>
#include <functional>
#include <random>

#include "base/clock.h"
#include "base/machine.h"
#include "bench/statistics.h"
#include "bench/window_stores.h"
#include "compare/comparison.h"
#include "models/library_row.h"
#include "ui/canvas_trees.h"
#include "workbench/provenance.h"
#include "workbench/workbench.h"

namespace {

using namespace treegrpo;
using namespace treegrpo::bench;

constexpr int nodes_of_a_tree = 127;  // a root, then six steps that branch in two
constexpr std::size_t compared_runs = 20;

double milliseconds(const std::function<void()>& work) {
  const double from = monotonic_seconds();
  work();
  return 1000 * (monotonic_seconds() - from);
}

// The median of `rounds` calls, after one that is not counted.
double medianOf(int rounds, const std::function<void()>& work) {
  work();
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(milliseconds(work));
  return median(times);
}

// What an open library answers: with all its rows in memory.
QJsonObject questions(const Library& library, int rounds) {
  std::size_t kept = 0, groups = 0;
  const double filtered = medianOf(rounds, [&] {
    const Filter filter("method == \"treegrpo\" and optimizer.learning_rate < 1e-4 and reward > 0",
                        library.names);
    kept = 0;
    for (const LibraryRow& row : library.rows) kept += filter.matches(row.asked) ? 1 : 0;
  });
  const double grouped = medianOf(rounds, [&] {
    std::vector<const RunParameters*> runs;
    for (const LibraryRow& row : library.rows) runs.push_back(row.run.parameters.get());
    groups = group_runs(runs, {}).size();
  });
  return {{"filter_ms", filtered},
          {"kept", static_cast<qint64>(kept)},
          {"group_ms", grouped},
          {"groups", static_cast<qint64>(groups)}};
}

QJsonObject measured(const std::filesystem::path& store, int rounds) {
  QJsonObject report{{"list_ms", medianOf(rounds, [&] {
                        Workbench anew(store, {});  // which remembers nothing
                        OtherWorkspaces none;
                        readLibrary(anew, {}, none);
                      })}};
  Workbench bench(store, {});
  Library library;
  report["list_again_ms"] = medianOf(rounds, [&] {
    OtherWorkspaces none;
    library = readLibrary(bench, {}, none);
  });
  report["runs_ms"] = medianOf(rounds, [&] { bench.runs(); });
  const QJsonObject asked = questions(library, rounds);
  for (auto it = asked.begin(); it != asked.end(); ++it) report[it.key()] = it.value();
  report["curves_of_20_runs_ms"] = medianOf(rounds, [&] {
    std::vector<ComparedRun> runs;
    for (std::size_t at = 0; at < std::min(compared_runs, library.rows.size()); ++at)
      runs.push_back(bench.compared_run(library.rows[at].run.summary));
    compare_runs(runs, {});
  });
  std::mt19937 random(3);
  report["tree_ms"] = medianOf(rounds, [&] {
    const RunSummary& run = library.rows[random() % library.rows.size()].run.summary;
    bench.tree(run.run, static_cast<std::int32_t>(random() % static_cast<unsigned>(run.iterations)),
               {0});
  });
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  QCommandLineParser options;
  options.addOptions({{"runs", "of the store", "N", "1000"},
                      {"iterations", "of each run", "N", "10"},
                      {"prompts", "of each iteration", "N", "8"},
                      {"rounds", "of each measurement", "N", "9"},
                      {"store", "to read instead of writing one; or to keep", "FILE", ""}});
  options.process(application);
  const QTemporaryDir folder;
  const int runs = options.value("runs").toInt(), iterations = options.value("iterations").toInt(),
            prompts = options.value("prompts").toInt();
  const std::filesystem::path store =
      (options.isSet("store") ? options.value("store") : folder.filePath("many.tgws"))
          .toStdString();
  try {
    double written = 0;
    if (!std::filesystem::exists(store))
      written = milliseconds([&] {
        writeStores(store, runs, {test::windowSchedule(0, 6, 0, 2), iterations, prompts, 0});
      });
    QJsonObject report{
        {"benchmark", "library"},
        {"made", QString::fromStdString(utc_now())},
        {"commit", QString::fromStdString(program_commit())},
        {"cpu", QString::fromStdString(processor_name())},
        {"runs", runs},
        {"nodes", static_cast<qint64>(runs) * iterations * prompts * nodes_of_a_tree},
        {"store_mb", static_cast<double>(std::filesystem::file_size(store)) / 1e6},
        {"written_s", written / 1000}};
    const QJsonObject times = measured(store, options.value("rounds").toInt());
    for (auto it = times.begin(); it != times.end(); ++it) report[it.key()] = it.value();
    std::puts(QJsonDocument(report).toJson().constData());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_library: %s\n", error.what());
    return 1;
  }
}
