#include "models/prompt_set_model.h"

#include <algorithm>
#include <utility>

#include "workbench/prompt_tasks.h"

namespace treegrpo {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::vector<Prompt> withTasks(std::vector<Prompt> prompts) {
  for (Prompt& prompt : prompts)
    if (prompt.task.empty()) prompt.task = caption_task(prompt.text);
  return prompts;
}

}  // namespace

// One step of undo: prompts of a stretch of rows, replaced by others.
class PromptSplice : public QUndoCommand {
 public:
  PromptSplice(PromptSetModel& model, int row, std::size_t removed, std::vector<Prompt> inserted,
               const QString& what, QUndoCommand* parent = nullptr)
      : QUndoCommand(what, parent),
        model_(model),
        row_(row),
        removed_(model.prompts_.begin() + row,
                 model.prompts_.begin() + row + static_cast<std::ptrdiff_t>(removed)),
        inserted_(std::move(inserted)) {}

  void redo() override { model_.splice(row_, removed_.size(), inserted_); }
  void undo() override { model_.splice(row_, inserted_.size(), removed_); }

 private:
  PromptSetModel& model_;
  int row_;
  std::vector<Prompt> removed_, inserted_;
};

PromptSetModel::PromptSetModel(QObject* parent) : QAbstractTableModel(parent) {}

void PromptSetModel::setPrompts(std::vector<Prompt> prompts) {
  beginResetModel();
  prompts_ = withTasks(std::move(prompts));
  findProblems();
  endResetModel();
  undo_.clear();  // tells that it did: all else is as it will be
  Q_EMIT changed();
}

void PromptSetModel::setProblemColor(const QColor& color) {
  problem_color_ = color;
  if (!prompts_.empty())
    Q_EMIT dataChanged(index(0, problem), index(rowCount() - 1, problem), {Qt::ForegroundRole});
}

void PromptSetModel::insertPrompts(int row, std::vector<Prompt> prompts, const QString& what) {
  if (prompts.empty()) return;
  undo_.push(new PromptSplice(*this, row, 0, withTasks(std::move(prompts)), what));
}

// From the last row on, so that those before keep their numbers.
void PromptSetModel::removePrompts(QList<int> rows) {
  std::sort(rows.begin(), rows.end(), std::greater<>());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (rows.isEmpty()) return;
  undo_.beginMacro(tr("Remove prompts"));
  for (qsizetype at = 0; at < rows.size();) {
    qsizetype end = at + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] - 1) ++end;
    undo_.push(new PromptSplice(*this, rows[end - 1], static_cast<std::size_t>(end - at), {}, {}));
    at = end;
  }
  undo_.endMacro();
}

// Rows that stay are changed, not taken out and put in: a view keeps its place.
void PromptSetModel::splice(int row, std::size_t removed, const std::vector<Prompt>& inserted) {
  const auto at = prompts_.begin() + row;
  const auto gone = static_cast<std::ptrdiff_t>(removed);
  const auto come = static_cast<std::ptrdiff_t>(inserted.size());
  if (gone == come) {
    std::copy(inserted.begin(), inserted.end(), at);
    findProblems();
  } else if (come > gone) {
    beginInsertRows({}, row, row + static_cast<int>(come - gone) - 1);
    prompts_.insert(prompts_.erase(at, at + gone), inserted.begin(), inserted.end());
    findProblems();
    endInsertRows();
  } else {
    beginRemoveRows({}, row, row + static_cast<int>(gone - come) - 1);
    prompts_.insert(prompts_.erase(at, at + gone), inserted.begin(), inserted.end());
    findProblems();
    endRemoveRows();
  }
  if (!prompts_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, column_count - 1));
  Q_EMIT changed();
}

void PromptSetModel::findProblems() {
  problems_ = QStringList(static_cast<qsizetype>(prompts_.size()));
  for (const PromptProblem& found : prompt_problems(prompts_))
    problems_[static_cast<qsizetype>(found.line) - 1] = qt(found.sentence);
}

int PromptSetModel::problemCount() const {
  return static_cast<int>(std::count_if(problems_.begin(), problems_.end(),
                                        [](const QString& text) { return !text.isEmpty(); }));
}

int PromptSetModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(prompts_.size());
}

int PromptSetModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : column_count;
}

QVariant PromptSetModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Prompt& row = prompts_[static_cast<std::size_t>(index.row())];
  const QString& wrong = problems_[index.row()];
  if (role == Qt::ForegroundRole && index.column() == problem && problem_color_.isValid())
    return problem_color_;
  if (role == Qt::ToolTipRole && !wrong.isEmpty()) return wrong;
  if (role == Qt::TextAlignmentRole && index.column() == number)
    return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
  switch (index.column()) {
    case prompt:
      return qt(row.text);
    case number:
      return index.row() + 1;
    case task:
      return qt(row.task);
    default:
      return wrong.isEmpty() ? QString() : "! " + wrong;
  }
}

bool PromptSetModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole) return false;
  if (index.column() != prompt && index.column() != task) return false;
  Prompt row = prompts_[static_cast<std::size_t>(index.row())];
  const Prompt before = row;
  const std::string text = value.toString().trimmed().toStdString();
  if (index.column() == task) row.task = text;
  if (index.column() == prompt) {
    row.text = text;
    if (before.task == caption_task(before.text)) row.task = caption_task(text);
  }
  if (row == before) return false;
  undo_.push(new PromptSplice(*this, index.row(), 1, {row}, tr("Edit a prompt")));
  return true;
}

Qt::ItemFlags PromptSetModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  const bool edits = index.isValid() && (index.column() == prompt || index.column() == task);
  return edits ? flags | Qt::ItemIsEditable : flags;
}

QVariant PromptSetModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= column_count) return {};
  static const char* const titles[] = {"Prompt", "No.", "Task", "What is wrong"};
  static const char* const tips[] = {
      "What the image is to show; F2 edits it", "Place in the set, from 1",
      "What the prompt asks for; known by itself for captions of the bundled task",
      "Empty, twice, longer than 2000 bytes, of several lines"};
  if (role == Qt::DisplayRole) return tr(titles[section]);
  if (role == Qt::ToolTipRole) return tr(tips[section]);
  return {};
}

}  // namespace treegrpo
