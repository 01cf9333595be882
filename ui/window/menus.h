// Menus and tool bar, made from the table of actions.
#pragma once

#include <QMenuBar>
#include <QToolBar>

#include "actions.h"

namespace treegrpo {

// A menu for each first word of ActionRow::menu, a submenu for each further one, in the table's
// order. Answers the menu of a path ("View"), for what is not in the table.
QMenu* buildMenus(QMenuBar& bar, const Actions& actions, const QString& path);

// Run, pause, step with its menu, stop.
void addRunButtons(QToolBar& bar, const Actions& actions);

}  // namespace treegrpo
