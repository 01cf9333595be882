// File, Import runs: asks for another workspace and which of its runs, then copies one after the
// other on the store's thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <vector>

#include "actions.h"
#include "session.h"
#include "views/import_dialog.h"

namespace treegrpo {

class ImportCommands : public QObject {
  Q_OBJECT

 public:
  ImportCommands(Session& session, const Actions& actions, QWidget* window);

  // Of that workspace, the runs ticked, none: all; an empty file: asks which. What is wrong with it
  // is told by refused().
  void offer(const QString& file, const std::vector<RunId>& runs = {});

 Q_SIGNALS:
  void imported(const QString& sentence);
  void refused(const QString& sentence);

 private:
  QWidget* asking() const;
  void ask();
  void begin(const QString& file);
  void next();

  Session& session_;
  QWidget* window_;
  QPointer<ImportDialog> dialog_;
  QString file_;
  std::vector<RunId> runs_;          // to be copied
  std::vector<ImportedRun> copied_;  // the first of them
};

}  // namespace treegrpo
