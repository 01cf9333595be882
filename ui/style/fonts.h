// The faces and sizes of the text roles, for widgets and canvases alike. Studio Sans lies in the
// binary, JetBrains Mono is the system's; DejaVu stands in for what is missing.
#pragma once

#include <QFont>
#include <QStringList>

#include "style/text_role.h"

namespace treegrpo {

struct FontSet {
  QStringList sans;  // families, the first that exists is used
  QStringList mono;
  double scale = 1;  // of every size: the system's font size and the user's zoom
  bool hinted =
      true;  // letters fitted to pixels; off for what is printed, whatever the system says
};

// Sizes by the system's font size (10 pt is 1) and the zoom (0.8 to 2, else the nearer end).
// A system font below 10 pt counts as 10: Qt reports 9 where no desktop has chosen one.
double uiScale(double system_points, double zoom);

// The same for the system font as it is. After the QApplication, on the GUI thread.
double uiScale(double zoom);

// Registers Studio Sans with Qt, once. After the QApplication, on the GUI thread.
FontSet loadFonts(double scale);

// The font of a role; never smaller than 10.5 px, rounded up to 11.
QFont fontFor(const FontSet& fonts, TextRole role, bool italic = false);

}  // namespace treegrpo
