// What happens without hands: a screenshot after a time or an iteration, a script of actions.
#pragma once

#include <QString>

#include "studio/options.h"
#include "window/main_window.h"

namespace treegrpo::studio {

// Starts what the options ask for; the window is closed, without asking, when it is done. The
// program ends with 1, saying why on stderr, where a picture cannot be written, a script cannot be
// read or names no action.
void automate(MainWindow& window, const Options& options);

// Prints a line each, "painted" when the window has been painted for the first time, "node" when a
// node of a tree has: whoever started the program takes the time.
void tellTimings(MainWindow& window);

}  // namespace treegrpo::studio
