// The docks of the window: where each has its place, the four layouts, and what changes where the
// window is narrow.
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QString>
#include <map>
#include <span>
#include <vector>

#include "window/dock_tabs.h"

namespace treegrpo {

// explore, train, compare, figure.
std::span<const char* const> layoutNames();

// Names of docks are their objectNames: "dock_prompts". Layouts: explore, train, compare, figure.
class WindowDocks {
 public:
  explicit WindowDocks(QMainWindow& window) : window_(window), tabs_(window) {}

  // `view` gets a dock in an area; docks of one area lie one below the other, those of one
  // `tab_with` as tabs.
  QDockWidget* add(const QString& name, const QString& title, QWidget* view,
                   Qt::DockWidgetArea area, const QString& tab_with = {});

  // Puts every dock in its place; which are there and how large they are. False if there is no such
  // layout.
  bool apply(const QString& layout);
  // Only their sizes, again: a window that was not laid out yet did not keep them.
  void giveSizes(const QString& layout);

  // Narrow: the right docks become tabs of the left ones. Docks move when it changes, no sooner.
  void setNarrow(bool narrow);
  bool isNarrow() const { return narrow_; }
  // What it was when the state that is restored next was saved.
  void restoreNarrow(bool narrow) { narrow_ = narrow; }

  // Of the text: what a layout gives its docks from now on is as many times larger.
  void setScale(double scale) { scale_ = scale; }

  // Sets title bars, buttons and icons anew: the theme changed.
  void refresh() { tabs_.refresh(); }

  // Each dock's own, in the order they were added.
  QList<QAction*> toggles() const;
  QAction* toggleAction(const QString& name) const { return docks_.at(name)->toggleViewAction(); }
  const std::map<QString, QDockWidget*>& all() const { return docks_; }

 private:
  struct Place {
    QDockWidget* dock;
    Qt::DockWidgetArea area;
    QString tab_with;
  };

  void put(const Place& place);
  void arrange();
  void resizeSides(int left, int right);
  void resize(const QList<QDockWidget*>& docks, QList<int> sizes, Qt::Orientation way);

  QMainWindow& window_;
  DockTabs tabs_;
  std::map<QString, QDockWidget*> docks_;
  std::vector<Place> places_;  // in the order they were added
  bool narrow_ = false;
  double scale_ = 1;
};

}  // namespace treegrpo
