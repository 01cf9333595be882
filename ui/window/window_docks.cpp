#include "window/window_docks.h"

#include <QStringList>
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
    Layout{"compare", "dock_inspector dock_path", 304, 520, 120, 197},
    Layout{"figure", "", 304, 340, 120, 197},
};

constexpr std::array layout_names = {"explore", "train", "compare", "figure"};

}  // namespace

std::span<const char* const> layoutNames() { return layout_names; }

QDockWidget* WindowDocks::add(const QString& name, const QString& title, QWidget* view,
                              Qt::DockWidgetArea area, const QString& tab_with) {
  auto* dock = new QDockWidget(title, &window_);
  dock->setObjectName(name);
  dock->setWidget(view);
  window_.addDockWidget(area, dock);
  if (!tab_with.isEmpty()) window_.tabifyDockWidget(docks_.at(tab_with), dock);
  docks_.emplace(name, dock);
  return dock;
}

bool WindowDocks::apply(const QString& layout) {
  for (const Layout& row : layouts) {
    if (layout != QLatin1String(row.name)) continue;
    const QStringList shown = QString::fromLatin1(row.docks).split(' ');
    for (const auto& [name, dock] : docks_) {
      dock->setFloating(false);
      dock->setVisible(shown.contains(name));
    }
    docks_.at("dock_prompts")->raise();
    docks_.at("dock_curves")->raise();
    window_.resizeDocks({docks_.at("dock_prompts"), docks_.at("dock_inspector")},
                        {row.left, row.right}, Qt::Horizontal);
    window_.resizeDocks({docks_.at("dock_path"), docks_.at("dock_curves")}, {row.path, row.curves},
                        Qt::Vertical);
    window_.resizeDocks(
        {docks_.at("dock_runs"), docks_.at("dock_prompts"), docks_.at("dock_rewards")},
        {270, 270, 330}, Qt::Vertical);
    return true;
  }
  return false;
}

}  // namespace treegrpo
