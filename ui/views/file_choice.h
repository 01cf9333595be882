// Asks for a file, in the dialog of the desktop or, where Qt has none of it, in Qt's own.
#pragma once

#include <QString>
#include <QStringList>

class QFileDialog;
class QWidget;

namespace treegrpo {

// Both show the files of `filters`, "Workspaces (*.tgws);;All files (*)", and answer an empty text
// where the user has cancelled.
QString fileToOpen(QWidget* above, const QString& title, const QString& filters);
// `suggested`: a name, may be empty. A name that is typed without one of the endings that the
// chosen filter has gets its first.
QString fileToSave(QWidget* above, const QString& title, const QString& suggested,
                   const QString& filters);

// ".csv", ".txt" of "Prompts (*.csv *.txt)"; none of one that takes all files.
QStringList endingsOf(const QString& filter);
// The file with the filter's first ending, unless it has one of them.
QString withEnding(const QString& file, const QString& filter);

}  // namespace treegrpo
