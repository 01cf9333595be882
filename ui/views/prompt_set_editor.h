// A prompt set as a table to edit: add, remove, paste lines, import, export, search, how many of
// each task, what is wrong. It takes a set and gives it back.
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>
#include <functional>

#include "models/prompt_set_model.h"
#include "style/theme.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace treegrpo {

class PromptSetEditor : public QWidget {
  Q_OBJECT

 public:
  explicit PromptSetEditor(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // title: what the set is, in words ("prompts.train of tree-3").
  void setPrompts(std::vector<Prompt> prompts, const QString& title);
  const std::vector<Prompt>& prompts() const { return model_.prompts(); }
  PromptSetModel& model() { return model_; }

  // Adds a file's prompts after the last, or writes the set; the format by the end of the name.
  // False with the sentence shown if it fails or leaves lines out.
  bool importFile(const QString& path);
  bool exportFile(const QString& path);
  // Adds the lines of a text as prompts.
  void addLines(const QString& text);

 Q_SIGNALS:
  void changed();

 private:
  QHBoxLayout* bar();
  QPushButton* button(QHBoxLayout* bar, const char* name, const QString& text, const QString& tip);
  void dressTable();
  void addKey(const QString& text, const QKeySequence& key, const std::function<void()>& act);
  void addPrompt();
  void removeSelected();
  void refresh();

  PromptSetModel model_;
  QSortFilterProxyModel shown_;
  QTableView* table_;
  QLineEdit* search_;
  QLabel *title_, *counts_, *problems_;
  QPushButton *remove_, *undo_, *redo_;
};

}  // namespace treegrpo
