// The one table of everything a user can do by name: menus, tool bar, palette, scripts and tests
// read it.
#pragma once

#include <QAction>
#include <QString>
#include <QStringView>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "action_keys.h"
#include "style/theme.h"

namespace treegrpo {

// Where an action's shortcut works.
enum class ActionScope : std::uint8_t {
  window,  // anywhere in the main window
  tree     // while the tree has the keyboard
};

// All fields are plain text; a row is the whole truth about an action but what it does.
struct ActionRow {
  const char* name;     // objectName: "run.pause", as scripts write it
  const char* menu;     // "Run", "View|Layout"; empty: in no menu
  const char* text;     // "Pause"
  const char* tooltip;  // one sentence
  const char* keys;     // portable text, several divided by "; "; empty: none
  const char* icon;     // of style/icons; empty: none
  ActionScope scope = ActionScope::window;
  bool checkable = false;
};

// In the order of the menus.
std::span<const ActionRow> actionRows();

// The QAction of every row, owned by `parent`, with name, tooltip, shortcuts and icon set.
class Actions : public QObject {
  Q_OBJECT

 public:
  explicit Actions(QObject* parent);

  // The action of that name. Throws Error that says the name if there is none.
  QAction* operator[](QStringView name) const;
  std::span<QAction* const> all() const { return actions_; }

  // Adds those of `scope` to a widget, whose focus their shortcuts then need (tree) or whose window
  // (window).
  void addTo(QWidget* widget, ActionScope scope) const;

  // The keys that a user chose, where shortcuts and tooltips show them.
  void setKeys(const KeyChoice& choice);

  // How an action is done, within a sentence: "press Space", or where it has no key "choose Run in
  // the menu Run".
  QString howTo(QStringView name) const;

  // Icons in the colours of a theme.
  void setTheme(const Theme& theme);

 Q_SIGNALS:
  void keysChanged();  // and with them what howTo answers

 private:
  std::vector<QAction*> actions_;  // as actionRows()
  std::map<QString, QAction*, std::less<>> by_name_;
};

}  // namespace treegrpo
