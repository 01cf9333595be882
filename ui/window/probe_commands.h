// The probes of the run that is looked at: read from the store while their strip is in sight, and
// followed while the run goes on.
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "actions.h"
#include "focus.h"
#include "history.h"
#include "session.h"

namespace treegrpo {

class ProbeStripView;

// All probes of a run, in order of iterations, as views share them.
std::vector<std::shared_ptr<const ProbeRecord>> sharedProbes(Workbench& store, RunId run);

class ProbeCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    History& history;
    Focus& focus;
    const Actions& actions;
    ProbeStripView& strip;
  };
  ProbeCommands(const Parts& parts, QObject* parent);

 private:
  void read();
  void showRead(RunId run, std::vector<std::shared_ptr<const ProbeRecord>> probes);
  void add(RunId run, const ProbeFinished& finished);
  void showIteration(std::int32_t iteration);

  Parts parts_;
  bool stale_ = true;     // what the strip shows is of another run, or of before
  RunId shown_;           // whose probes were asked for last
  int question_ = 0;      // of the store, the newest
  bool waiting_ = false;  // for its answer
  std::vector<std::shared_ptr<const ProbeRecord>> fresh_;  // came meanwhile
};

}  // namespace treegrpo
