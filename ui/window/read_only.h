// A workspace that may be looked at and not written: what would store something is disabled, and
// its tooltip says why.
#pragma once

#include <QObject>
#include <QString>

#include "actions.h"

namespace treegrpo {

// Why, as a sentence for tooltips.
QString readOnlyReason();

// Keeps the actions that store something disabled, whatever enables them, as long as it lives. The
// run that is followed cannot be steered either: that takes a row of the store.
class ReadOnlyActions : public QObject {
  Q_OBJECT

 public:
  ReadOnlyActions(const Actions& actions, QObject* parent);
};

}  // namespace treegrpo
