// The path to a node as buttons, "root › t3.0 › … › t5.5": only its branchings, so that it fits.
#pragma once

#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QWidget>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

struct Crumb {
  std::int32_t node = -1;
  std::string name;
};

// The root, what branches or was drawn with noise, and the node itself.
std::vector<Crumb> crumbsTo(const TreeRecord& record, const TreeFigures& figures,
                            std::int32_t node);

class Breadcrumb : public QWidget {
  Q_OBJECT

 public:
  explicit Breadcrumb(QWidget* parent = nullptr);

  // All of them are shown if they are few; else the middle ones are in the menu of "…".
  void setCrumbs(std::vector<Crumb> crumbs);

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);

 private:
  // Buttons stay and get other texts: one may be in the middle of its own click.
  static constexpr std::size_t slots_shown = 4;
  void press(std::size_t slot);
  void fillMenu(std::size_t from, std::size_t to);

  std::vector<Crumb> crumbs_;
  QMenu* between_;  // the crumbs that "…" stands for
  std::array<QToolButton*, slots_shown> buttons_{};
  std::array<QLabel*, slots_shown> arrows_{};      // left of each button
  std::array<std::int32_t, slots_shown> nodes_{};  // -1: "…"
};

}  // namespace treegrpo
