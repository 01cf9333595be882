#include "views/file_choice.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QRegularExpression>
#include <QTreeView>
#include <algorithm>

namespace treegrpo {
namespace {

// Qt's own dialog is too narrow for sizes and dates in the font of this window.
void fitColumns(QFileDialog& dialog) {
  const auto* list = dialog.findChild<QTreeView*>("treeView");
  if (!list) return;  // the desktop's
  QHeaderView* titles = list->header();
  for (int column = 1; column < titles->count(); ++column)
    titles->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  titles->setSectionResizeMode(0, QHeaderView::Stretch);
  dialog.resize(dialog.sizeHint().expandedTo(
      {40 * dialog.fontMetrics().averageCharWidth() + 480, 24 * dialog.fontMetrics().height()}));
}

}  // namespace

QString fileToOpen(QWidget* above, const QString& title, const QString& filters) {
  QFileDialog dialog(above, title, {}, filters);
  dialog.setFileMode(QFileDialog::ExistingFile);
  fitColumns(dialog);
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

QString fileToSave(QWidget* above, const QString& title, const QString& suggested,
                   const QString& filters) {
  QFileDialog dialog(above, title, {}, filters);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.selectFile(suggested);
  fitColumns(dialog);
  while (dialog.exec() == QDialog::Accepted) {
    const QString typed = dialog.selectedFiles().value(0);
    const QString file = withEnding(typed, dialog.selectedNameFilter());
    // Of one that is there under the whole name the dialog has to ask first.
    if (file == typed || !QFileInfo::exists(file)) return file;
    dialog.selectFile(file);
  }
  return {};
}

QStringList endingsOf(const QString& filter) {
  QStringList endings;
  auto found = QRegularExpression(R"(\*((?:\.\w+)+))").globalMatch(filter);
  while (found.hasNext()) endings << found.next().captured(1);
  return endings;
}

QString withEnding(const QString& file, const QString& filter) {
  const QStringList endings = endingsOf(filter);
  const bool has_one =
      endings.isEmpty() || std::ranges::any_of(endings, [&](const QString& ending) {
        return file.endsWith(ending, Qt::CaseInsensitive);
      });
  return has_one ? file : file + endings.front();
}

}  // namespace treegrpo
