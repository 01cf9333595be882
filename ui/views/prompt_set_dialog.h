// The prompts of a new run as a table to edit: whoever opens it is told the file they were saved
// in, which is what a config names.
#pragma once

#include <QDialog>

#include "views/prompt_set_editor.h"

namespace treegrpo {

class PromptSetDialog : public QDialog {
  Q_OBJECT

 public:
  explicit PromptSetDialog(QWidget* parent = nullptr);

  void setLooks(const Theme& theme) { editor_->setLooks(theme); }
  // Begins with what prompts.train of a config names: captions of the scenes, or a file, with the
  // sentence shown if that cannot be read.
  void showSource(const QString& source);
  void showPrompts(std::vector<Prompt> prompts, const QString& title);
  PromptSetEditor& editor() { return *editor_; }

  // Saves the set and hands the file on; false with the sentence shown if that fails.
  bool useFile(const QString& path);

 Q_SIGNALS:
  void fileMade(const QString& path);

 private:
  void askForFile();

  PromptSetEditor* editor_;
  QPushButton* use_;
};

}  // namespace treegrpo
