#include "window/probe_commands.h"

#include <algorithm>

#include "comparison/probe_strip.h"

namespace treegrpo {
namespace {

using Probes = std::vector<std::shared_ptr<const ProbeRecord>>;

}  // namespace

Probes sharedProbes(Workbench& store, RunId run) {
  Probes probes;
  for (ProbeRecord& record : store.probes(run))
    probes.push_back(std::make_shared<const ProbeRecord>(std::move(record)));
  return probes;
}

ProbeCommands::ProbeCommands(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(&parts_.history, &History::runRead, this, [this] {
    stale_ = true;
    read();
  });
  connect(&parts_.session, &Session::probeFinished, this, &ProbeCommands::add);
  connect(&parts_.strip, &ProbeStripView::shown, this, &ProbeCommands::read);
  connect(&parts_.strip, &ProbeStripView::iterationChosen, this, &ProbeCommands::showIteration);
  connect(&parts_.strip, &ProbeStripView::newRunAsked, parts_.actions[u"run.new"],
          &QAction::trigger);
}

// Out of sight nothing is read: the pictures of a long run are many.
void ProbeCommands::read() {
  if (!stale_ || !parts_.strip.isVisible()) return;
  stale_ = false;
  shown_ = parts_.history.run();
  fresh_.clear();
  const int question = ++question_;
  waiting_ = shown_.value > 0;
  if (!waiting_) return parts_.strip.setProbes({});
  parts_.session.ask<Probes>([run = shown_](Workbench& store) { return sharedProbes(store, run); },
                             this,
                             [this, question, run = shown_](Probes probes) {
                               if (question == question_) showRead(run, std::move(probes));
                             });
}

void ProbeCommands::showRead(RunId run, Probes probes) {
  waiting_ = false;
  if (run != parts_.history.run()) return;
  parts_.strip.setProbes(std::move(probes));
  for (const auto& probe : fresh_) parts_.strip.addProbe(probe);
  fresh_.clear();
}

void ProbeCommands::add(RunId run, const ProbeFinished& finished) {
  if (run != shown_ || stale_) return;  // all of it is read when it is looked at
  if (waiting_)
    fresh_.push_back(finished.record);
  else if (parts_.strip.isVisible())
    parts_.strip.addProbe(finished.record);
  else
    stale_ = true;
}

// The probe after n iterations shows the weights that iteration n began with; the last one has no
// iteration after it.
void ProbeCommands::showIteration(std::int32_t iteration) {
  if (parts_.history.iterations().empty()) return;
  const std::int32_t last = parts_.history.iterations().back().iteration;
  parts_.focus.show({parts_.history.run(), std::min(iteration, last), parts_.focus.place().prompt});
}

}  // namespace treegrpo
