// A user without a plan in the dialogs and windows beside the main one: goes into each that opens,
// clicks and types there a while and leaves without an answer.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>
#include <QSet>
#include <QTest>
#include <QTimer>
#include <array>
#include <random>

namespace treegrpo::test {

class DialogWalk : public QObject {
 public:
  DialogWalk(QWidget& window, std::mt19937& random) : window_(window), random_(random) {}

  // Goes on until stop(). Each turn is a timer of its own: one that opened a dialog which waits for
  // its answer does not hold up those that answer it.
  void start() {
    goes_on_ = true;
    again();
  }
  void stop() { goes_on_ = false; }

  const QSet<QString>& entered() const { return entered_; }  // names of what was walked in

 private:
  static constexpr int interval = 10;  // milliseconds
  static constexpr int most_turns = 25;

  void again() {
    QTimer::singleShot(interval, this, [this] {
      if (!goes_on_) return;
      again();
      turn();
    });
  }

  void turn() {
    if (QWidget* popup = QApplication::activePopupWidget()) {
      if (popup != popup_) {
        popup_ = popup;  // seen first: closed at the next turn
        return;
      }
      popup->close();
      return;
    }
    QWidget* top = topmost();
    if (!top) return;
    if (top != now_) {
      now_ = top;
      left_ = static_cast<int>(random_() % most_turns);
    }
    const bool asks = qobject_cast<QFileDialog*>(top) || qobject_cast<QMessageBox*>(top);
    if (!asks) entered_ << top->objectName();
    if (asks || left_-- <= 0) return leave(*top);
    random_() % 2 ? click(*top) : type(*top);
  }

  static void leave(QWidget& top) {
    if (auto* dialog = qobject_cast<QDialog*>(&top)) return dialog->reject();
    top.close();
  }

  // The one that waits for an answer, else any.
  QWidget* topmost() const {
    if (QWidget* modal = QApplication::activeModalWidget()) return modal;
    if (now_ && now_->isVisible()) return now_;
    for (QWidget* top : QApplication::topLevelWidgets()) {
      const Qt::WindowType type = top->windowType();
      const bool window = type == Qt::Dialog || type == Qt::Window || type == Qt::Tool;
      if (top != &window_ && top->isVisible() && window) return top;
    }
    return nullptr;
  }

  // Those that ask the platform for a file, and those that train with a real config or leave.
  static bool isLeftOut(const QWidget& widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    if (!button) return false;
    const QString text = button->text().remove('&');
    return text.endsWith(QChar(0x2026)) || text.startsWith("Start") || text.startsWith("Train") ||
           text.startsWith("Resume") || text.startsWith("New run");
  }

  void click(QWidget& top) {
    QList<QWidget*> parts;
    for (QWidget* part : top.findChildren<QWidget*>())
      if (part->isVisible() && part->isEnabled() && part->focusPolicy() != Qt::NoFocus &&
          part->window() == &top && !isLeftOut(*part))
        parts << part;
    if (parts.isEmpty()) return;
    QWidget* part = parts[static_cast<int>(random_() % static_cast<unsigned>(parts.size()))];
    if (part->width() < 1 || part->height() < 1) return;
    const QPoint at(static_cast<int>(random_() % static_cast<unsigned>(part->width())),
                    static_cast<int>(random_() % static_cast<unsigned>(part->height())));
    QTest::mouseClick(part, Qt::LeftButton, Qt::NoModifier, at);
  }

  void type(QWidget& top) {
    QWidget* part = top.focusWidget();
    if (!part || !part->isVisible() || isLeftOut(*part)) part = &top;
    constexpr std::array keys = {Qt::Key_Tab,  Qt::Key_Backtab,   Qt::Key_Up,     Qt::Key_Down,
                                 Qt::Key_Left, Qt::Key_Right,     Qt::Key_Space,  Qt::Key_Home,
                                 Qt::Key_End,  Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_7,
                                 Qt::Key_A,    Qt::Key_Minus,     Qt::Key_PageUp, Qt::Key_PageDown};
    QTest::keyClick(part, keys[random_() % keys.size()]);
  }

  QWidget& window_;
  std::mt19937& random_;
  QPointer<QWidget> now_;
  QPointer<QWidget> popup_;
  QSet<QString> entered_;
  int left_ = 0;
  bool goes_on_ = false;
};

}  // namespace treegrpo::test
