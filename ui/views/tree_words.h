// What the tree canvas says in words: to screen readers, and in the tooltips of its parts.
#pragma once

#include <QString>
#include <cstdint>

#include "canvas/tree_figures.h"
#include "canvas/tree_view.h"
#include "record/tree_record.h"

namespace treegrpo {

// "node t4.0, advantage plus 0.64, 3 children"; without a selection how large the tree is.
QString spokenNode(const TreeRecord& record, const TreeFigures& figures, std::int32_t node);

// What the number of an overlay is: definition, unit, equation.
QString overlayTip(Overlay overlay);

// What a click on a part of the canvas does, and what the part shows; empty for nodes and edges,
// which have a card.
QString hitTip(const TreeRecord& record, const HitBox& hit, Overlay overlay);

// Of the columns right of the leaves.
QString advantageColumnTip();
QString rewardColumnTip();

}  // namespace treegrpo
