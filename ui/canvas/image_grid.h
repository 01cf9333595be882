// Pictures to compare at a glance: rows are prompts, columns runs or checkpoints, every cell the
// pictures that are stored along the steps of its sampling. Values, and where they stand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "record/tree_record.h"

namespace treegrpo {

struct StepPicture {
  int step = 0;  // denoising steps done, 0 to T
  std::shared_ptr<const Image> image;
};

// The stored picture nearest to a step, of two equally near the later; null if none is stored.
const StepPicture* nearestStep(const std::vector<StepPicture>& pictures, int step);

struct GridCell {
  std::vector<StepPicture> pictures;  // none: `missing` says why
  std::string missing;
  double reward = no_value;
};

struct GridColumn {
  std::string letter, name;  // "A", "treegrpo-k3w3"
  std::size_t run = 0;       // columns of one run have its colour
  std::string detail = {};   // "iteration 120", where that tells columns of one run apart
};

struct ImageGrid {
  std::vector<std::string> rows;
  std::vector<GridColumn> columns;
  std::vector<GridCell> cells;  // row by row
  int steps = 0;                // T, the largest that can be asked for

  std::int32_t columnCount() const { return static_cast<std::int32_t>(columns.size()); }
  std::int32_t count() const { return static_cast<std::int32_t>(cells.size()); }
};

// A pixel of a picture, or a distance between two.
struct GridPixel {
  int x = 0, y = 0;
  bool operator==(const GridPixel&) const = default;
};

// What a user looks at. Cells are indices of ImageGrid::cells; -1 is none.
struct GridView {
  float width = 0, height = 0;  // of the viewport
  float scroll = 0;             // pixels
  int step = 0;
  int zoom = 0;             // pictures are 2^zoom times as large as they fit, 0 to 6
  GridPixel corner = {};    // the pixel at the top left of every cell
  std::int32_t alone = -1;  // a cell that was moved without the others
  GridPixel alone_by = {};  // how far
  std::int32_t selected = -1, reference = -1;
  bool show_reference = false;  // in the place of the selected picture
  std::int32_t probed = -1;
  GridPixel pixel = {};  // that is pointed at in `probed`, and marked in all cells

  bool operator==(const GridView&) const = default;
};

inline constexpr float grid_head = 40;  // height of the columns' names, which do not scroll

// What a cell shows in a view.
struct ShownPicture {
  const StepPicture* picture = nullptr;  // null: nothing is stored
  bool of_reference = false;
  bool stale = false;  // of another step than the asked one
};
ShownPicture shownPicture(const ImageGrid& grid, const GridView& view, std::int32_t cell);

// Where a part of a picture stands: pixels `from` to `from` + `size`, `scale` of the screen each.
struct PicturePart {
  Box box;
  GridPixel from, size;
  float scale = 1;  // a whole number, or one over a whole number
};

// The places of a grid in a viewport: cells as wide as the columns allow and, down to 96 px, as low
// as lets every row show; a multiple of the first picture's width.
class GridPlaces {
 public:
  GridPlaces(const ImageGrid& grid, const GridView& view);

  float side() const { return side_; }
  float contentHeight() const;  // of all rows, the head not counted
  Box cell(std::int32_t index) const;
  PicturePart part(std::int32_t cell, const Image& image) const;

  std::int32_t cellAt(Point point) const;  // -1: none
  // The cell and the pixel of the picture it shows at a place.
  std::optional<GridPixel> pixelAt(std::int32_t cell, Point point) const;

 private:
  const ImageGrid& grid_;
  const GridView& view_;
  float side_ = 0;
};

// Zooms by a power of two, between 0 and 6 in all; the pixel under `anchor` stays there.
GridView gridZoomed(const ImageGrid& grid, GridView view, Point anchor, int by);

// Scrolls as little as shows a cell whole.
GridView gridRevealing(const ImageGrid& grid, GridView view, std::int32_t cell);

}  // namespace treegrpo
