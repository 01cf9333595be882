// The way from a root to the selected node and on to the best leaf below it, as a film strip: a
// picture a step, with the edges of the tree between them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "canvas/tree_figures.h"
#include "style/theme.h"

namespace treegrpo {

// The nodes of the strip in order: root to `selected`, then the best child by the rewards below it
// (by value before they are known, else the first) until no child has grown. Empty for -1.
std::vector<std::int32_t> stripNodes(const TreeRecord& record, const TreeFigures& figures,
                                     std::int32_t selected);

// The strip at a height, `scroll` pixels to the right of its beginning. Where it does not fit into
// the width its extent is wider. Pictures are shared with the record. Hit boxes: node.
Drawing pathDrawing(std::shared_ptr<const TreeRecord> record, const TreeFigures& figures,
                    std::int32_t selected, float width, float height, const Theme& theme,
                    float scroll = 0);

// "Path to t5.5, and on to its best leaf".
std::string pathTitle(const TreeRecord& record, const TreeFigures& figures, std::int32_t selected);

}  // namespace treegrpo
