// Why a command cannot be used at the moment, in words.
#pragma once

#include <QAction>
#include <QString>

namespace treegrpo {

// What an action that is disabled waits for: the reason given to it, else that of its name. Empty
// while it is enabled.
QString whyDisabled(const QAction& action);

// Gives an action a reason of its own, which goes before that of its name.
void setReason(QAction& action, const QString& reason);

}  // namespace treegrpo
