#include "window/compare_commands.h"

#include <QSettings>
#include <algorithm>
#include <utility>

#include "window/ask_in_turn.h"
#include "window/probe_commands.h"

namespace treegrpo {
namespace {

constexpr auto ignored_key = "compare/ignored_keys";

// Of one side, with a sentence instead of a tree where the run has none there.
PairTree readTree(Workbench& store, const PairPlace::Side& side, PromptId prompt) {
  try {
    return {std::make_shared<const TreeRecord>(store.tree(side.run, side.iteration, prompt)), {}};
  } catch (const Error& none) {
    return {nullptr, QString::fromUtf8(none.what())};
  }
}

}  // namespace

struct CompareCommands::Runs {
  std::vector<RunSummary> available, summaries;
  std::vector<ComparedRun> runs;
};

CompareCommands::CompareCommands(Session& session, ComparePage& page, QObject* parent)
    : QObject(parent), session_(session), page_(page), reading_(session, this) {
  connect(&page_, &ComparePage::runsAsked, this, &CompareCommands::compare);
  connect(&page_, &ComparePage::placeChanged, this, &CompareCommands::readTrees);
  connect(&page_, &ComparePage::iterationAsked, this,
          [this] { reading_.start(page_.runs(), page_.place().first.iteration); });
  connect(&page_, &ComparePage::readingCancelled, &reading_, &IterationReading::cancel);
  connect(&page_, &ComparePage::probesAsked, this, &CompareCommands::readProbes);
  connect(&page_, &ComparePage::readingCancelled, this, [this] { ++probe_readings_; });
  connect(&reading_, &IterationReading::progressed, &page_, &ComparePage::setIteration);
  connect(&page_, &ComparePage::ignoredKeysChanged, this,
          [](const QStringList& keys) { QSettings().setValue(ignored_key, keys); });
  page_.setIgnoredKeys(
      QSettings().value(ignored_key, QStringList{"run.seed", "run.name"}).toStringList());
}

void CompareCommands::compare(const std::vector<RunId>& runs) {
  runs_ = runs;
  session_.ask<Runs>(
      [runs](Workbench& store) {
        Runs read{store.runs(), {}, {}};
        for (const RunId run : runs) {
          const auto found = std::ranges::find(read.available, run, &RunSummary::run);
          if (found == read.available.end()) continue;
          read.summaries.push_back(*found);
          read.runs.push_back(store.compared_run(*found));
        }
        return read;
      },
      this, [this](Runs read) { showRuns(std::move(read)); });
}

void CompareCommands::showRuns(Runs read) {
  page_.setAvailable(read.available);
  page_.setRuns(std::move(read.summaries), std::move(read.runs));
}

// A run at a time: their pictures are many.
void CompareCommands::readProbes() {
  using Probes = std::vector<std::shared_ptr<const ProbeRecord>>;
  const int reading = ++probe_readings_;
  const std::vector<RunId> runs = page_.runs();
  page_.setProbes(std::vector<Probes>(), static_cast<int>(runs.size()));
  const auto read = std::make_shared<std::vector<Probes>>();
  askInTurn<Probes>(
      session_, this, 0, static_cast<int>(runs.size()),
      [runs](Workbench& store, int at) {
        return sharedProbes(store, runs[static_cast<std::size_t>(at)]);
      },
      [this, reading, read, count = static_cast<int>(runs.size())](int, Probes probes) {
        if (reading != probe_readings_) return false;
        read->push_back(std::move(probes));
        page_.setProbes(*read, count);
        return true;
      });
}

void CompareCommands::readTrees() {
  struct Trees {
    std::vector<PromptSummary> prompts;
    PairTree first, second;
  };
  const int question = ++questions_;
  session_.ask<Trees>(
      [place = page_.place()](Workbench& store) {
        return Trees{store.prompts(place.first.run, place.first.iteration),
                     readTree(store, place.first, place.prompt),
                     readTree(store, place.second, place.prompt)};
      },
      this,
      [this, question](Trees trees) {
        if (question != questions_) return;
        page_.setPrompts(trees.prompts);
        page_.setTrees(std::move(trees.first), std::move(trees.second));
      });
}

}  // namespace treegrpo
