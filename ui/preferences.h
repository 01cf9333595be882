// What a user set for the window once and for all: kept in the settings file of the platform
// ($XDG_CONFIG_HOME/treegrpo/studio.conf), never in the working directory.
#pragma once

#include <QString>

#include "style/theme.h"

namespace treegrpo {

struct Preferences {
  ThemeKind theme = ThemeKind::dark;
  double zoom = 1;                          // of all text and lengths, 0.8 to 2
  int threads = 0;                          // of runs that do not say; 0: the machine's cores
  QString device = QStringLiteral("auto");  // auto | cpu | cuda
  double image_budget_gb = 0;               // of each run's pictures; 0: as its config says
  bool reduced_motion = false;
  bool operator==(const Preferences&) const = default;
};

// A zoom so many tenths larger, at a whole tenth and within 0.8 to 2.
double zoomedBy(double zoom, int tenths);

// Those of the settings file; what is missing or out of range keeps its default. `theme` is that of
// a user who has chosen none: what the desktop asks for.
Preferences loadPreferences(ThemeKind theme = ThemeKind::dark);

// Writes them. False if the file could not be written.
bool savePreferences(const Preferences& preferences);

}  // namespace treegrpo
