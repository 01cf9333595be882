#include "action_reasons.h"

#include <QCoreApplication>
#include <QVariant>

namespace treegrpo {
namespace {

constexpr const char* own_reason = "reason";

struct ReasonRow {
  const char *name, *reason;
};

constexpr const char* no_step = "A run can be stepped only while it is paused";
constexpr const char* no_node = "No node is selected";
constexpr const char* no_branch =
    "A node that is no leaf has to be selected in a whole tree, with the engine free";
constexpr const char* no_weights =
    "The engine is at work, or holds the weights of a run other than the one shown";

constexpr ReasonRow rows[] = {
    {"run.toggle", "The run is changing its state"},
    {"run.pause", "No run is in progress that could be paused"},
    {"run.step", no_step},
    {"run.step_tree", no_step},
    {"run.step_update", no_step},
    {"run.step_iteration", no_step},
    {"run.stop", "No run is in progress"},
    {"run.new", "A run is in progress in this window"},
    {"run.resume", "The run that is shown cannot be resumed, or another is in progress"},
    {"run.sample", no_weights},
    {"run.evaluate", no_weights},
    {"file.export_model", "A run is in progress, the engine is at work, or no run is shown"},
    {"tree.regrow", no_branch},
    {"tree.more_leaves", no_branch},
    {"tree.trained", "The trained tree is shown already"},
    {"tree.live", "The run is followed already"},
    {"edit.back", "There is no selection before this one"},
    {"edit.forward", "There is no selection after this one"},
    {"edit.copy_node", no_node},
    {"edit.copy_command", no_node},
    {"edit.copy_image", no_node},
    {"file.save_image", no_node},
};

}  // namespace

QString whyDisabled(const QAction& action) {
  if (action.isEnabled()) return {};
  if (const QString own = action.property(own_reason).toString(); !own.isEmpty()) return own;
  for (const ReasonRow& row : rows)
    if (action.objectName() == QLatin1String(row.name))
      return QCoreApplication::translate("Reasons", row.reason);
  return QCoreApplication::translate("Reasons", "It cannot be used at the moment");
}

void setReason(QAction& action, const QString& reason) { action.setProperty(own_reason, reason); }

}  // namespace treegrpo
