// Grids of pictures for the tests of their comparison.
#pragma once

#include <memory>
#include <string>

#include "canvas/image_grid.h"

namespace treegrpo::test {

// A gradient whose blue says which one it is.
inline std::shared_ptr<const Image> gradient(int side, int number) {
  Image image{.width = side, .height = side, .rgb = {}};
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      for (const int value : {x * 255 / side, y * 255 / side, number * 37 % 256})
        image.rgb.push_back(static_cast<std::uint8_t>(value));
  return std::make_shared<const Image>(std::move(image));
}

// Of ten steps, each cell has pictures of steps 0, 4 and 10; the second column lacks that of 10,
// the last cell all of them.
inline ImageGrid gridOf(int rows, int columns, int side = 8) {
  ImageGrid grid;
  grid.steps = 10;
  for (int row = 0; row < rows; ++row) grid.rows.push_back("prompt " + std::to_string(row));
  for (int column = 0; column < columns; ++column)
    grid.columns.push_back({std::string(1, static_cast<char>('A' + column)),
                            "run " + std::to_string(column), static_cast<std::size_t>(column)});
  for (int cell = 0; cell < rows * columns; ++cell) {
    GridCell made;
    made.reward = .5 + cell * .01;
    for (const int step : {0, 4, 10})
      if (step < 10 || cell % columns != 1)
        made.pictures.push_back({step, gradient(side, 10 * cell + step)});
    grid.cells.push_back(std::move(made));
  }
  grid.cells.back() = {.pictures = {}, .missing = "Not stored"};
  return grid;
}

}  // namespace treegrpo::test
