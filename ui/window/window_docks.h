// The docks of the window and its four layouts.
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QString>
#include <map>
#include <span>

namespace treegrpo {

// explore, train, compare, figure.
std::span<const char* const> layoutNames();

// Names of docks are their objectNames: "dock_prompts". Layouts: explore, train, compare, figure.
class WindowDocks {
 public:
  explicit WindowDocks(QMainWindow& window) : window_(window) {}

  // `view` gets a dock in an area; docks of one area lie one below the other, those of one
  // `tab_with` as tabs.
  QDockWidget* add(const QString& name, const QString& title, QWidget* view,
                   Qt::DockWidgetArea area, const QString& tab_with = {});

  // Which docks are there and how large they are. False if there is no such layout.
  bool apply(const QString& layout);

  QAction* toggleAction(const QString& name) const { return docks_.at(name)->toggleViewAction(); }
  const std::map<QString, QDockWidget*>& all() const { return docks_; }

 private:
  QMainWindow& window_;
  std::map<QString, QDockWidget*> docks_;
};

}  // namespace treegrpo
