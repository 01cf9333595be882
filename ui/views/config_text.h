// The TOML of a config beside its form: line numbers, syntax in the theme's inks, the line that is
// wrong marked. Undo is the draft's, which it asks for.
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

#include "style/theme.h"

namespace treegrpo {

class ConfigText : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit ConfigText(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Without a signal; only what differs is replaced, so the cursor stays with its words.
  void setToml(const QString& text);
  // Marks a line, from 1, with the sentence as its tooltip; 0: none.
  void setProblem(int line, const QString& sentence);
  // Puts the cursor on a line, from 1.
  void goToLine(int line);

 Q_SIGNALS:
  void edited(const QString& text);
  void undoAsked();
  void redoAsked();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void layGutter();
  void paintGutter(QPaintEvent* event);
  void markProblem();

  const Theme* theme_;
  QWidget* gutter_;
  QSyntaxHighlighter* syntax_;
  int problem_line_ = 0;
  bool quiet_ = false;  // the program writes, not the user
};

}  // namespace treegrpo
