// All keys of the tree canvas, over the canvas while ? is held.
#pragma once

#include <QString>
#include <vector>

#include "views/canvas_card.h"

namespace treegrpo {

struct KeyRow {
  QString keys, text;
};

// Of the actions named tree.*, in the order of the menus, those that have a key; and 1…9.
std::vector<KeyRow> treeKeyRows();

// Made when it is shown, in as many columns as the canvas has room for.
class TreeKeysOverlay : public CanvasCard {
  Q_OBJECT

 public:
  explicit TreeKeysOverlay(QWidget* canvas);
};

}  // namespace treegrpo
