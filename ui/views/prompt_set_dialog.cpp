#include "views/prompt_set_dialog.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "views/file_choice.h"
#include "workbench/prompt_tasks.h"

namespace treegrpo {

PromptSetDialog::PromptSetDialog(QWidget* parent)
    : QDialog(parent), editor_(new PromptSetEditor), use_(new QPushButton(tr("Save and &use…"))) {
  setObjectName("prompt_set_dialog");
  setWindowTitle(tr("Prompt set"));
  resize(900, 640);
  use_->setObjectName("prompt_set_use");
  use_->setProperty("primary", true);
  use_->setAutoDefault(false);
  use_->setToolTip(tr("Saves the set as a file, which prompts.train of the new run then names"));
  auto* cancel = new QPushButton(tr("Cancel"));
  cancel->setObjectName("prompt_set_cancel");
  cancel->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(10, 0, 10, 10);
  row->addStretch(1);
  row->addWidget(cancel);
  row->addWidget(use_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(editor_, 1);
  column->addLayout(row);
  const auto follow = [this] { use_->setEnabled(!editor_->prompts().empty()); };
  connect(editor_, &PromptSetEditor::changed, this, follow);
  connect(use_, &QPushButton::clicked, this, &PromptSetDialog::askForFile);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  follow();
}

void PromptSetDialog::showSource(const QString& source) {
  const bool held_out = source == "scene:held_out";
  if (held_out || source == "scene:train") {
    showPrompts(scene_prompt_set(held_out), source);
  } else {
    showPrompts({}, source);
    editor_->importFile(source);
  }
}

void PromptSetDialog::showPrompts(std::vector<Prompt> prompts, const QString& title) {
  editor_->setPrompts(std::move(prompts), title);
  use_->setEnabled(!editor_->prompts().empty());
}

bool PromptSetDialog::useFile(const QString& path) {
  if (!editor_->exportFile(path)) return false;
  Q_EMIT fileMade(path);
  accept();
  return true;
}

void PromptSetDialog::askForFile() {
  const QString path = fileToSave(this, tr("Save the prompts of the new run"), "prompts.csv",
                                  tr("Prompts (*.csv *.jsonl *.txt)"));
  if (!path.isEmpty()) useFile(path);
}

}  // namespace treegrpo
