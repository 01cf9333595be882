// A prompt set as a table that can be edited: prompt, number, task, what is wrong. Every edit can
// be undone.
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QUndoStack>
#include <vector>

#include "record/prompt_set.h"

namespace treegrpo {

class PromptSetModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { prompt, number, task, problem, column_count };

  explicit PromptSetModel(QObject* parent = nullptr);

  // Anew, with nothing to undo. A caption of the bundled task gets its task.
  void setPrompts(std::vector<Prompt> prompts);
  const std::vector<Prompt>& prompts() const { return prompts_; }
  // Of what is wrong.
  void setProblemColor(const QColor& color);

  // Puts prompts before a row, 0 to rowCount().
  void insertPrompts(int row, std::vector<Prompt> prompts, const QString& what);
  // In any order; one step of undo.
  void removePrompts(QList<int> rows);

  // What is wrong with a prompt; empty: nothing. How many have something.
  QString problemOf(int row) const { return problems_[row]; }
  int problemCount() const;
  QUndoStack& undoStack() { return undo_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  void changed();

 private:
  friend class PromptSplice;
  void splice(int row, std::size_t removed, const std::vector<Prompt>& inserted);
  void findProblems();

  std::vector<Prompt> prompts_;
  QStringList problems_;  // by row
  QColor problem_color_;
  QUndoStack undo_;
};

}  // namespace treegrpo
