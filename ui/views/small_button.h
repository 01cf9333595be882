// A small button of words in a row of them.
#pragma once

#include <QString>
#include <QToolButton>

namespace treegrpo {

inline QToolButton* smallButton(const char* name, const QString& words, const QString& tip) {
  auto* button = new QToolButton;
  button->setObjectName(name);
  button->setText(words);
  button->setToolTip(tip);
  button->setProperty("small", true);
  return button;
}

}  // namespace treegrpo
