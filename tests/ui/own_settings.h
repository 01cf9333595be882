// Settings of a test of the window: in a folder of its own, not in the user's.
#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QString>

#include "style/resources.h"

namespace treegrpo::test {

// Before the first window: settings go into that folder, and the program's resources are there.
inline void useOwnSettings(const QString& folder) {
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder);
  QCoreApplication::setOrganizationName("treegrpo");
  QCoreApplication::setApplicationName("studio");
  openResources();
}

}  // namespace treegrpo::test
