// The tree canvas as a drawing (theme.md 5): what a view shows of a record in a theme. The screen,
// the figure and the tests are this one function.
#pragma once

#include <memory>

#include "canvas/drawing.h"
#include "canvas/tree_figures.h"
#include "canvas/tree_layout.h"
#include "canvas/tree_view.h"
#include "style/theme.h"

namespace treegrpo {

// Pictures are shared with the record, never copied, so the drawing keeps the record alive.
Drawing treeDrawing(std::shared_ptr<const TreeRecord> record, const TreeView& view,
                    const Theme& theme);

// The same with a layout and figures of that record which the caller keeps between frames; the
// layout is that of treeLayout(*record, layoutOptions(view)), or another one for a figure.
Drawing treeDrawing(std::shared_ptr<const TreeRecord> record, const TreeLayout& layout,
                    const TreeFigures& figures, const TreeView& view, const Theme& theme);

}  // namespace treegrpo
