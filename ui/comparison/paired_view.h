// Two trees of the same prompt and noise face to face: nodes at the same path are selected
// together, zoom and collapse are one, colours have one limit; between them what each leaf of B
// earns more than its partner in A.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QStringList>
#include <QTabBar>
#include <QWidget>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "canvas/canvas_view.h"
#include "canvas/delta_drawing.h"
#include "comparison/paired_side.h"
#include "style/fonts.h"
#include "views/tree_canvas.h"

namespace treegrpo {

class DeltaView;

class PairedView : public QWidget {
  Q_OBJECT

 public:
  explicit PairedView(QWidget* parent = nullptr);

  // What keeps their nodes from sharing noise, a sentence each, is shown above them.
  void setSides(PairedSide first, PairedSide second, const QStringList& remarks);
  void setLooks(const Theme& theme, const FontSet& fonts);
  void setReducedMotion(bool reduced);

  // The selected pair as nodes of either tree; -1: none there.
  std::pair<std::int32_t, std::int32_t> selected() const { return {selected_[0], selected_[1]}; }
  const TreePairs& pairs() const { return pairs_; }
  const PairColour& shownColour() const;
  std::array<TreeCanvas*, 2> canvases() const { return canvases_; }

 Q_SIGNALS:
  void pairSelected(std::int32_t first, std::int32_t second);

 private:
  QWidget* makeHead();
  QWidget* makeTrees();
  void showHead();
  void showMode();
  void showColours();
  void showSelection();
  void choose(int side, std::int32_t node);
  void follow(int from);  // the other canvas looks where this one does
  void showDeltas();
  std::int32_t partner(int side, std::int32_t node) const;
  void bestPair();

  std::array<PairedSide, 2> sides_;
  TreePairs pairs_;
  std::array<std::vector<std::int32_t>, 2> partners_;  // of each node of a side; -1: none
  std::vector<double> reward_deltas_;                  // of pairs_.matched
  std::array<std::int32_t, 2> selected_ = {-1, -1};
  bool following_ = false;

  std::array<QLabel*, 2> names_{};
  std::array<TreeCanvas*, 2> canvases_{};
  std::array<QLabel*, 2> missing_{};
  QTabBar* mode_ = nullptr;
  QComboBox* colour_ = nullptr;
  QLabel* remarks_ = nullptr;
  DeltaView* deltas_ = nullptr;
};

}  // namespace treegrpo
