// The bar over the tree that asks what to find: a field, how many there are, next and previous.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace treegrpo {

class FindBar : public QWidget {
  Q_OBJECT

 public:
  // `syntax`: what can be typed, for the tooltip.
  explicit FindBar(const QString& syntax, QWidget* parent = nullptr);  // hidden

  // Shows the bar, with the keyboard in its field and all of the text selected.
  void open();
  QString query() const;

  // "3 of 17"; current from 0, -1: none of them is selected. A problem is said instead.
  void setResult(int current, int count, const QString& problem);

 Q_SIGNALS:
  void queryChanged(const QString& query);
  void nextAsked();
  void previousAsked();
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QToolButton* button(const char* name, const QString& text, const QString& tip);

  QLineEdit* field_;
  QLabel* count_;
};

}  // namespace treegrpo
