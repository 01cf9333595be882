// One line above a view: what happened, where, and what to do about it as buttons. It takes its
// place at once and never covers a control.
#pragma once

#include <QFrame>
#include <QList>

class QBoxLayout;
class QHBoxLayout;
class QLabel;

namespace treegrpo {

class MessageStrip : public QFrame {
  Q_OBJECT

 public:
  enum class Kind { info, warning, error };

  explicit MessageStrip(QWidget* parent = nullptr);  // hidden until something is said

  // Replaces what it said before. `remedies` become buttons, the first of them the one to press.
  void say(Kind kind, const QString& sentence, const QList<QAction*>& remedies = {});
  QString sentence() const;  // as it was given; empty: it is hidden
  Kind kind() const { return kind_; }

 protected:
  // Where it is narrow its buttons stand below the sentence.
  void resizeEvent(QResizeEvent* event) override;

 private:
  void place();

  QBoxLayout* layout_;
  QHBoxLayout* row_;  // of buttons
  QLabel* text_;
  QString sentence_;
  QList<QWidget*> buttons_;
  Kind kind_ = Kind::info;
};

}  // namespace treegrpo
