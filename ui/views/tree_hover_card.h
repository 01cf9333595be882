// The card that a canvas shows beside the node under the pointer: its numbers at a glance.
#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QString>
#include <cstdint>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"
#include "views/canvas_card.h"

namespace treegrpo {

struct CardRow {
  QString name, value;
  double sign = 0;  // its colour, where the value is a number with a sign
};

// Id, step, σ, type, log π, advantage, value and reward of a node of the record; ratio and KL where
// it has them, and at a leaf the raw rewards.
std::vector<CardRow> cardRows(const TreeRecord& record, const TreeFigures& figures,
                              std::int32_t node);

class TreeHoverCard : public CanvasCard {
  Q_OBJECT

 public:
  explicit TreeHoverCard(QWidget* canvas);

  // Shows the rows beside `at`, inside the canvas.
  void showRows(const std::vector<CardRow>& rows, QPoint at);

 private:
  void placeBeside(QPoint at);

  QGridLayout* grid_;
};

}  // namespace treegrpo
