// Docks that share a place: the row of tabs is their title, with the buttons of a title at its end.
#pragma once

#include <QDockWidget>
#include <QMainWindow>
#include <QObject>
#include <QTimer>

class QTabBar;

namespace treegrpo {

class DockTabs : public QObject {
 public:
  explicit DockTabs(QMainWindow& window);

  // A dock whose title follows from where it lies from now on.
  void add(QDockWidget* dock);
  // Titles, rows of tabs and their buttons anew; by itself whenever a dock moves or goes.
  void refresh();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void showTitles();
  void addButtons(QTabBar* bar);
  QDockWidget* dockOf(const QTabBar& bar) const;  // the one in front; null where none is ours

  QMainWindow& window_;
  QTimer later_;  // many docks move at once
};

}  // namespace treegrpo
