#include "window/read_only.h"

#include "action_reasons.h"

namespace treegrpo {
namespace {

constexpr const char* storing[] = {
    "run.toggle",         "run.pause",        "run.step",   "run.step_tree", "run.step_update",
    "run.step_iteration", "run.stop",         "run.new",    "run.resume",    "file.free_space",
    "tree.regrow",        "tree.more_leaves", "file.import"};

void keepDisabled(QAction* action, QObject* whileItLives) {
  action->setEnabled(false);
  setReason(*action, readOnlyReason());
  action->setToolTip(action->text() + "\n" + readOnlyReason());
  QObject::connect(action, &QAction::enabledChanged, whileItLives, [action](bool enabled) {
    if (enabled) action->setEnabled(false);
  });
}

}  // namespace

QString readOnlyReason() {
  return QObject::tr(
      "This workspace is read-only: its file or folder may not be written. Change its rights, or "
      "open a copy.");
}

ReadOnlyActions::ReadOnlyActions(const Actions& actions, QObject* parent) : QObject(parent) {
  for (const char* name : storing) keepDisabled(actions[QString::fromLatin1(name)], this);
}

}  // namespace treegrpo
