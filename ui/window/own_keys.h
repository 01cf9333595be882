// A shortcut of one key, such as Space, does not take it from a button, a list or a field that has
// the keyboard and a use for it.
#pragma once

#include <QKeyEvent>
#include <QObject>
#include <QWidget>

namespace treegrpo {

// Whether a widget does something of its own with a key. Keys with Ctrl, Alt or Meta belong to
// shortcuts, those of text fields to Qt, which keeps them by itself.
bool keepsKey(const QWidget& widget, const QKeyEvent& event);

class OwnKeys : public QObject {
 public:
  using QObject::QObject;

  // A window, or a dock that may become one: what lies in it keeps its keys.
  void watch(QWidget* window) { window->installEventFilter(this); }

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
};

}  // namespace treegrpo
