// What the window does about faults: says them in the strip with their remedies as buttons, and
// does what the buttons say. Also file.free_space and file.check_store.
#pragma once

#include <QObject>
#include <optional>

#include "actions.h"
#include "fault.h"
#include "session.h"
#include "window/remedies.h"
#include "window/run_commands.h"

namespace treegrpo {

class MessageStrip;

class FaultCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    const Actions& actions;
    RunCommands& runs;
    MessageStrip& strip;
    QWidget* window;  // owns this, and the dialogs
  };
  explicit FaultCommands(const Parts& parts);

  // The sentence at once, its remedies as soon as the store has said what there is to go on from.
  void tell(const QString& sentence, const Fault& fault);

 Q_SIGNALS:
  void placeAsked(treegrpo::RunId run, std::int32_t iteration, std::int32_t prompt);
  void logged(const QString& kind, const QString& sentence);
  void storeChanged();  // freed or mended: what is shown of it is to be read anew

 private:
  // What the store says of a run that has failed.
  struct StoredRun {
    std::optional<std::int32_t> checkpoint;  // to go on from; none: its beginning
    std::int32_t iterations = 0;
    RunConfig config;
  };
  static std::optional<StoredRun> storedRun(Workbench& store, const Fault& fault);

  Fault completed(Fault fault) const;
  FaultFacts factsOf(const Fault& fault, const std::optional<StoredRun>& stored) const;
  void show(const QString& sentence, const Fault& fault, const std::optional<StoredRun>& stored);
  QAction* button(FaultRemedy remedy, const Fault& fault, const StoredRun& stored);
  QAction* own(const char* name, const QString& text, std::function<void()> work);
  QAction* resumeButton(const Fault& fault, const StoredRun& stored);
  QAction* halfRowsButton(const Fault& fault, const StoredRun& stored);
  QAction* placeButton(const Fault& fault, const StoredRun& stored);
  void chooseModel();
  void useModel(const std::filesystem::path& model);
  void askSpace();
  void freeSpace(int budget_mb, bool empty_trash);
  void checkStore();

  Parts parts_;
  QString told_;         // the sentence of the last fault
  QList<QAction*> own_;  // of its buttons, those that are no action of the table
};

}  // namespace treegrpo
