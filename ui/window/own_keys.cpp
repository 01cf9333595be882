#include "window/own_keys.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeySequence>

#include "action_keys.h"

namespace treegrpo {
namespace {

template <class Widget>
bool is(const QWidget& widget) {
  return qobject_cast<const Widget*>(&widget) != nullptr;
}

// Of a view that uses single keys by itself.
bool namesKey(const QWidget& widget, int key) {
  const QString names = widget.property(own_keys_property).toString();
  return !names.isEmpty() && QKeySequence::listFromString(names, QKeySequence::PortableText)
                                 .contains(QKeySequence(key));
}

bool pages(int key) { return key == Qt::Key_PageUp || key == Qt::Key_PageDown; }

}  // namespace

bool keepsKey(const QWidget& widget, const QKeyEvent& event) {
  if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
  const int key = event.key();
  if (namesKey(widget, key)) return true;
  if (is<QAbstractButton>(widget)) return key == Qt::Key_Space;
  // Letters find a row by its beginning.
  if (is<QComboBox>(widget) || is<QAbstractItemView>(widget))
    return pages(key) || (!event.text().isEmpty() &&
                          (event.text().front().isLetterOrNumber() || key == Qt::Key_Space));
  return pages(key) && (is<QAbstractSpinBox>(widget) || is<QAbstractSlider>(widget) ||
                        is<QAbstractScrollArea>(widget));
}

bool OwnKeys::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride)
    if (const QWidget* focused = QApplication::focusWidget();
        focused && keepsKey(*focused, *static_cast<QKeyEvent*>(event))) {
      event->accept();
      return true;
    }
  return QObject::eventFilter(object, event);
}

}  // namespace treegrpo
