// What tests of following a run share: an engine slow enough to be watched, new stores, and waiting
// for a state.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <memory>

#include "session.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"

namespace treegrpo::test {

inline Workbench::LoadEngine slowEngine(std::chrono::milliseconds level_time) {
  FakeEngineOptions options;
  options.level_time = level_time;
  return [options] { return std::make_shared<FakeEngine>(options); };
}

// A file that is not there yet, another at each call.
class NewStores {
 public:
  QString path() const { return folder_.path(); }
  QString next() { return folder_.filePath(QString("%1.tgws").arg(++made_)); }

 private:
  QTemporaryDir folder_;
  int made_ = 0;
};

inline bool reaches(const Session& session, RunState state) {
  return QTest::qWaitFor([&] { return session.state() == state; }, patience);
}

}  // namespace treegrpo::test
