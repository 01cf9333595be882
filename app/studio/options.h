// What the command line of treegrpo-studio asks for.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "window/main_window.h"

namespace treegrpo::studio {

struct Options {
  QString store;   // workspace file; empty: the last one, else the default
  QString config;  // a run to train at once
  std::optional<int> iterations;
  bool start_paused = false;
  QString layout;  // explore | train | compare | figure; empty: that of the last session
  QString theme;   // dark | light; empty: that of the preferences
  QString screenshot;
  int after_ms = 0;          // before the screenshot
  int after_iteration = -1;  // or once that iteration is shown
  QString script;            // file of action names, one a line
  QString figure;            // a recipe to export to `out`, without a window
  QString out;
  bool timings = false;  // says on stdout when the window and its first node are painted
  CanvasKind canvas = CanvasKind::automatic;
};

// Throws Error (usage) that says what is wrong; --help and --version are printed and end the
// program.
Options parseOptions(const QStringList& arguments);

}  // namespace treegrpo::studio
