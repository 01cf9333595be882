#include "canvas/tree_drawing.h"

#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

// All of the tree on screen, with its axis above, columns right and legend below.
Box extentOf(const TreeFrame& frame) {
  const Box tree = screenOf(frame.view, frame.layout.extent);
  const float right = columnsLeft(frame) + columnsWidth(frame);
  return {tree.left, tree.top - axis_height, right - tree.left,
          tree.height + axis_height + legend_height};
}

}  // namespace

Drawing treeDrawing(std::shared_ptr<const TreeRecord> record, const TreeLayout& layout,
                    const TreeFigures& figures, const TreeView& view, const Theme& theme) {
  Drawing drawing;
  const TreeFrame frame = treeFrame(std::move(record), layout, figures, view, theme);
  addWindowBand(frame, drawing);
  addComingLeaves(frame, drawing);
  addEdges(frame, drawing);
  addNodes(frame, drawing);
  addColumns(frame, drawing);
  addFrontLine(frame, drawing);
  addAxis(frame, drawing);
  addColumnHeads(frame, drawing);
  addLegend(frame, drawing);
  drawing.extent = extentOf(frame);
  return drawing;
}

Drawing treeDrawing(std::shared_ptr<const TreeRecord> record, const TreeView& view,
                    const Theme& theme) {
  const TreeLayout layout = treeLayout(*record, layoutOptions(view));
  const TreeFigures figures = treeFigures(*record);
  return treeDrawing(std::move(record), layout, figures, view, theme);
}

}  // namespace treegrpo
