// One side of a comparison of two trees.
#pragma once

#include <QString>
#include <memory>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

struct PairedSide {
  QString letter, name;
  std::shared_ptr<const TreeRecord> tree;  // null: none, `missing` says why
  QString missing;
  std::shared_ptr<const TreeFigures> figures;  // of the tree
};

// With the tree's figures, which are worked out here, once.
inline PairedSide pairedSide(const QString& letter, const QString& name,
                             std::shared_ptr<const TreeRecord> tree, const QString& missing) {
  auto figures = tree ? std::make_shared<const TreeFigures>(treeFigures(*tree)) : nullptr;
  return {letter, name, std::move(tree), missing, std::move(figures)};
}

}  // namespace treegrpo
