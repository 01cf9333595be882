// Menus and tool bar, made from the table of actions.
#pragma once

#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <span>

#include "actions.h"

namespace treegrpo {

// A menu for each first word of ActionRow::menu, a submenu for each further one, in the table's
// order. Answers the menu of a path ("View"), for what is not in the table.
QMenu* buildMenus(QMenuBar& bar, const Actions& actions, const QString& path);

// Run, pause, step with its menu, stop, sample now.
void addRunButtons(QToolBar& bar, const Actions& actions);

// A small button without frame that shows an action's icon alone.
QToolButton* iconButton(QAction* action);

// The layouts as a choice of one, for the end of the menu bar.
QWidget* layoutSwitch(const Actions& actions, std::span<const char* const> layouts);

}  // namespace treegrpo
