// Which runs of another workspace are to be copied into this one, and how far that is.
#pragma once

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <vector>

#include "workbench/workbench.h"

namespace treegrpo {

class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  // runs: of that file. Those of `ticked` are ticked, or all where there are none.
  ImportDialog(const QString& file, const std::vector<RunSummary>& runs,
               const std::vector<RunId>& ticked, QWidget* parent = nullptr);

  std::vector<RunId> chosen() const;
  // So many of the chosen ones are copied; while it works only Cancel can be pressed.
  void setProgress(int done, int all);
  void setSentence(const QString& sentence);

 Q_SIGNALS:
  void importAsked();

 private:
  void tickAll();
  void enable();

  QCheckBox* all_;
  QListWidget* list_;
  QLabel* sentence_;
  QProgressBar* progress_;
  QPushButton* import_;
  bool works_ = false;
};

}  // namespace treegrpo
