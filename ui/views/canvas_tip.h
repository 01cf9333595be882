// The tooltip of a place on a canvas.
#pragma once

#include <QHelpEvent>
#include <QString>
#include <QToolTip>
#include <QWidget>

namespace treegrpo {

// Plain words, of which no character is markup; none: no tooltip there.
inline void showTip(const QHelpEvent& event, const QString& words, QWidget* canvas) {
  if (words.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(event.globalPos(), "<qt>" + words.toHtmlEscaped(), canvas);
}

}  // namespace treegrpo
