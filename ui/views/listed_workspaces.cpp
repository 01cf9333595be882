#include "views/listed_workspaces.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>

#include "views/elided_label.h"

namespace treegrpo {

ListedWorkspaces::ListedWorkspaces(QWidget* parent)
    : QWidget(parent), lines_(new QVBoxLayout(this)) {
  setObjectName("listedWorkspaces");
  lines_->setContentsMargins(8, 0, 8, 6);
  lines_->setSpacing(2);
  hide();
}

void ListedWorkspaces::setWorkspaces(const std::vector<ListedWorkspace>& workspaces) {
  while (QLayoutItem* old = lines_->takeAt(0)) {
    old->widget()->deleteLater();  // one of its buttons may have asked
    old->widget()->hide();
    delete old;
  }
  for (const ListedWorkspace& workspace : workspaces) lines_->addWidget(lineOf(workspace));
  setVisible(!workspaces.empty());
}

QWidget* ListedWorkspaces::lineOf(const ListedWorkspace& workspace) {
  const QString file = QString::fromStdString(workspace.file);
  const QString name = QFileInfo(file).fileName();
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  auto* words = new ElidedLabel;
  words->setObjectName("listedWorkspace");
  words->setToolTip(file);
  const bool listed = workspace.problem.empty();
  if (listed) words->setProperty("role", "secondary");
  const QString runs = workspace.runs == 1 ? tr("1 run") : tr("%1 runs").arg(workspace.runs);
  words->setWholeText(
      listed ? tr("Also listed, for reading alone: %1, %2").arg(name, runs)
             : tr("%1 is not listed: %2").arg(name, QString::fromStdString(workspace.problem)));
  auto* open = new QPushButton(tr("Open"));
  open->setAccessibleName(tr("Open %1").arg(name));
  open->setToolTip(tr("Opens this workspace in place of the one that is open."));
  open->setEnabled(listed);
  auto* remove = new QPushButton(tr("Remove"));
  remove->setAccessibleName(tr("Remove %1 from the list").arg(name));
  remove->setToolTip(tr("Lists its runs no longer; the file stays as it is."));
  row->addWidget(words, 1);
  row->addWidget(open);
  row->addWidget(remove);
  connect(open, &QPushButton::clicked, this, [this, file] { Q_EMIT openAsked(file); });
  connect(remove, &QPushButton::clicked, this, [this, file] { Q_EMIT removalAsked(file); });
  return line;
}

}  // namespace treegrpo
