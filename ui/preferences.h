// What a user set for the window once and for all: kept in the settings file of the platform
// ($XDG_CONFIG_HOME/treegrpo/studio.conf), never in the working directory.
#pragma once

#include <QString>
#include <cstdint>

#include "style/theme.h"

namespace treegrpo {

enum class Motion : std::uint8_t { as_desktop, full, reduced };

struct Preferences {
  ThemeKind theme = ThemeKind::dark;
  double zoom = 1;                          // of all text and lengths, 0.8 to 2
  int threads = 0;                          // of runs that do not say; 0: the machine's cores
  QString device = QStringLiteral("auto");  // auto | cpu | cuda
  double image_budget_gb = 0;               // of each run's pictures; 0: as its config says
  Motion motion = Motion::as_desktop;
  bool operator==(const Preferences&) const = default;
};

// Whether things are to move less. Reads the desktop's settings where these decide.
bool movesLess(const Preferences& preferences);

// What the desktop whose settings are in that folder (~/.config) says: KDE in `kdeglobals`, others
// in the settings of GTK. Where neither does, no.
bool desktopMovesLess(const QString& folder);

// A zoom so many tenths larger, at a whole tenth and within 0.8 to 2.
double zoomedBy(double zoom, int tenths);

// Those of the settings file; what is missing or out of range keeps its default. `theme` is that of
// a user who has chosen none: what the desktop asks for.
Preferences loadPreferences(ThemeKind theme = ThemeKind::dark);

// Writes them. False if the file could not be written.
bool savePreferences(const Preferences& preferences);

}  // namespace treegrpo
