#include "window/window_docks.h"

#include <QStringList>
#include <algorithm>
#include <array>

namespace treegrpo {
namespace {

struct Layout {
  const char* name;
  const char* docks;  // that are shown, divided by spaces
  int left, right;    // widths
  int path, curves;   // heights
};

constexpr std::array layouts = {
    Layout{
        "explore",
        "dock_runs dock_prompts dock_iterations dock_rewards dock_inspector dock_path dock_curves "
        "dock_log",
        304, 340, 120, 197},
    Layout{"train", "dock_runs dock_prompts dock_iterations dock_rewards dock_curves dock_log", 304,
           300, 120, 420},
    Layout{"compare", "", 304, 520, 120, 197},
    Layout{"figure", "", 304, 340, 120, 197},
};

const Layout* layoutNamed(const QString& name) {
  const auto row = std::find_if(layouts.begin(), layouts.end(), [&name](const Layout& one) {
    return name == QLatin1String(one.name);
  });
  return row == layouts.end() ? nullptr : &*row;
}

constexpr std::array layout_names = {"explore", "train", "compare", "figure"};

// Where a narrow window has the docks of the left and the right in one column: lists above, what
// they lead to below.
struct NarrowTab {
  const char *dock, *with;
};
constexpr std::array narrow_tabs = {NarrowTab{"dock_prompts", "dock_runs"},
                                    NarrowTab{"dock_iterations", "dock_prompts"},
                                    NarrowTab{"dock_inspector", "dock_rewards"}};
constexpr int narrow_left = 340;   // px, the inspector's width
constexpr int narrow_lists = 210;  // px of height
constexpr int list_height = 270, rewards_height = 330;

}  // namespace

std::span<const char* const> layoutNames() { return layout_names; }

QDockWidget* WindowDocks::add(const QString& name, const QString& title, QWidget* view,
                              Qt::DockWidgetArea area, const QString& tab_with) {
  auto* dock = new QDockWidget(title, &window_);
  dock->setObjectName(name);
  dock->setWidget(view);
  docks_.emplace(name, dock);
  places_.push_back({dock, area, tab_with});
  put(places_.back());
  tabs_.add(dock);
  return dock;
}

QList<QAction*> WindowDocks::toggles() const {
  QList<QAction*> all;
  for (const Place& place : places_) all << place.dock->toggleViewAction();
  return all;
}

void WindowDocks::put(const Place& place) {
  window_.addDockWidget(place.area, place.dock);
  if (!place.tab_with.isEmpty()) window_.tabifyDockWidget(docks_.at(place.tab_with), place.dock);
}

// Those that float stay where the user put them.
void WindowDocks::arrange() {
  for (const Place& place : places_)
    if (!place.dock->isFloating()) put(place);
  const auto tab = [this](const char* dock, const char* with) {
    if (!docks_.at(dock)->isFloating() && !docks_.at(with)->isFloating())
      window_.tabifyDockWidget(docks_.at(with), docks_.at(dock));
  };
  if (narrow_)
    for (const NarrowTab& one : narrow_tabs) tab(one.dock, one.with);
  window_.splitDockWidget(docks_.at("dock_path"), docks_.at("dock_curves"), Qt::Vertical);
  tab("dock_log", "dock_curves");
  tab("dock_queue", "dock_curves");
  tab("dock_tree_table", "dock_curves");
  for (const char* front : {"dock_prompts", "dock_curves", "dock_inspector"})
    docks_.at(front)->raise();
}

// Sizes are those at 100 %.
void WindowDocks::resize(const QList<QDockWidget*>& docks, QList<int> sizes, Qt::Orientation way) {
  for (int& size : sizes) size = qRound(size * scale_);
  window_.resizeDocks(docks, sizes, way);
}

void WindowDocks::resizeSides(int left, int right) {
  const QList<QDockWidget*> lists = {docks_.at("dock_runs"), docks_.at("dock_prompts"),
                                     docks_.at("dock_rewards")};
  if (narrow_) {
    resize({docks_.at("dock_inspector")}, {narrow_left}, Qt::Horizontal);
    resize({docks_.at("dock_prompts"), docks_.at("dock_inspector")},
           {narrow_lists, 2 * narrow_lists}, Qt::Vertical);
    return;
  }
  resize({docks_.at("dock_prompts"), docks_.at("dock_inspector")}, {left, right}, Qt::Horizontal);
  resize(lists, {list_height, list_height, rewards_height}, Qt::Vertical);
}

bool WindowDocks::apply(const QString& layout) {
  const Layout* row = layoutNamed(layout);
  if (!row) return false;
  const QStringList shown = QString::fromLatin1(row->docks).split(' ');
  for (const auto& [name, dock] : docks_) {
    dock->setFloating(false);
    dock->setVisible(shown.contains(name));
  }
  arrange();
  giveSizes(layout);
  return true;
}

void WindowDocks::giveSizes(const QString& layout) {
  const Layout* row = layoutNamed(layout);
  if (!row) return;
  resizeSides(row->left, row->right);
  resize({docks_.at("dock_path"), docks_.at("dock_curves")}, {row->path, row->curves},
         Qt::Vertical);
}

void WindowDocks::setNarrow(bool narrow) {
  if (narrow == narrow_) return;
  narrow_ = narrow;
  arrange();
  resizeSides(layouts.front().left, layouts.front().right);
}

}  // namespace treegrpo
