#include "views/prompt_set_editor.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "base/error.h"
#include "base/paths.h"
#include "style/studio_style.h"
#include "views/file_choice.h"

namespace treegrpo {
namespace {

constexpr const char* filters =
    "Prompts (*.txt *.csv *.jsonl);;A prompt a line (*.txt);;CSV (*.csv);;JSON lines (*.jsonl)";

QString countText(const std::vector<Prompt>& prompts) {
  QStringList parts{QObject::tr("%1 prompts").arg(prompts.size())};
  for (const auto& [task, count] : count_by_task(prompts))
    parts << QString("%1 %2")
                 .arg(task.empty() ? QObject::tr("no task") : QString::fromStdString(task))
                 .arg(count);
  return parts.join(" · ");
}

}  // namespace

PromptSetEditor::PromptSetEditor(QWidget* parent)
    : QWidget(parent),
      table_(new QTableView),
      search_(new QLineEdit),
      title_(new QLabel),
      counts_(new QLabel),
      problems_(new QLabel) {
  setObjectName("prompt_set_editor");
  title_->setObjectName("prompt_set_title");
  title_->setProperty("role", "strong");
  search_->setObjectName("prompt_set_search");
  search_->setPlaceholderText(tr("Search prompts and tasks"));
  search_->setAccessibleName(tr("Search prompts and tasks"));
  search_->setClearButtonEnabled(true);
  counts_->setObjectName("prompt_set_counts");
  counts_->setProperty("role", "secondary");
  counts_->setWordWrap(true);
  problems_->setObjectName("prompt_set_problems");
  problems_->setProperty("tone", "warning");
  problems_->setWordWrap(true);
  problems_->setTextFormat(Qt::PlainText);
  shown_.setSourceModel(&model_);
  shown_.setFilterKeyColumn(-1);
  shown_.setFilterCaseSensitivity(Qt::CaseInsensitive);
  dressTable();
  auto* head = new QHBoxLayout;
  head->addWidget(title_);
  head->addWidget(search_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 10, 10, 10);
  column->addLayout(head);
  column->addLayout(bar());
  column->addWidget(table_, 1);
  column->addWidget(counts_);
  column->addWidget(problems_);
  connect(search_, &QLineEdit::textChanged, &shown_, &QSortFilterProxyModel::setFilterFixedString);
  connect(&model_, &PromptSetModel::changed, this, [this] {
    refresh();
    Q_EMIT changed();
  });
  connect(&model_.undoStack(), &QUndoStack::indexChanged, this, &PromptSetEditor::refresh);
  refresh();
}

void PromptSetEditor::dressTable() {
  table_->setObjectName("prompt_set_table");
  table_->setAccessibleName(tr("Prompts of the set"));
  table_->setModel(&shown_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                          QAbstractItemView::AnyKeyPressed);
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 9);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->moveSection(PromptSetModel::number, 0);
  table_->setColumnWidth(PromptSetModel::number, 60);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionResizeMode(PromptSetModel::prompt, QHeaderView::Stretch);
  table_->setColumnWidth(PromptSetModel::problem, 300);
  addKey(tr("Remove the selected prompts"), QKeySequence::Delete, [this] { removeSelected(); });
  addKey(tr("Paste lines as prompts"), QKeySequence::Paste,
         [this] { addLines(QApplication::clipboard()->text()); });
  addKey(tr("Undo"), QKeySequence::Undo, [this] { model_.undoStack().undo(); });
  addKey(tr("Redo"), QKeySequence::Redo, [this] { model_.undoStack().redo(); });
  addKey(tr("Add a prompt"), Qt::Key_Insert, [this] { addPrompt(); });
}

// Keys of the table alone: a cell being edited and the search keep theirs.
void PromptSetEditor::addKey(const QString& text, const QKeySequence& key,
                             const std::function<void()>& act) {
  auto* action = new QAction(text, table_);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetShortcut);
  connect(action, &QAction::triggered, this, act);
  table_->addAction(action);
}

QPushButton* PromptSetEditor::button(QHBoxLayout* bar, const char* name, const QString& text,
                                     const QString& tip) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAutoDefault(false);
  button->setProperty("small", true);
  bar->addWidget(button);
  return button;
}

QHBoxLayout* PromptSetEditor::bar() {
  auto* bar = new QHBoxLayout;
  QPushButton* add = button(bar, "prompt_set_add", tr("&Add"), tr("A new prompt at the end (Ins)"));
  remove_ = button(bar, "prompt_set_remove", tr("&Remove"), tr("The selected prompts (Del)"));
  QPushButton* paste = button(bar, "prompt_set_paste", tr("&Paste lines"),
                              tr("Every line of the clipboard becomes a prompt (Ctrl+V)"));
  bar->addStretch(1);
  undo_ = button(bar, "prompt_set_undo", tr("Undo"), {});
  redo_ = button(bar, "prompt_set_redo", tr("Redo"), {});
  QPushButton* load = button(bar, "prompt_set_import", tr("&Import…"),
                             tr("Adds a text file with a prompt a line, a CSV or JSON lines"));
  QPushButton* save = button(bar, "prompt_set_export", tr("&Export…"),
                             tr("Writes the set; the end of the name says how"));
  connect(add, &QPushButton::clicked, this, &PromptSetEditor::addPrompt);
  connect(remove_, &QPushButton::clicked, this, &PromptSetEditor::removeSelected);
  connect(paste, &QPushButton::clicked, this,
          [this] { addLines(QApplication::clipboard()->text()); });
  connect(undo_, &QPushButton::clicked, &model_.undoStack(), &QUndoStack::undo);
  connect(redo_, &QPushButton::clicked, &model_.undoStack(), &QUndoStack::redo);
  connect(load, &QPushButton::clicked, this, [this] {
    const QString path = fileToOpen(this, tr("Import prompts"), tr(filters));
    if (!path.isEmpty()) importFile(path);
  });
  connect(save, &QPushButton::clicked, this, [this] {
    const QString path = fileToSave(this, tr("Export prompts"), {}, tr(filters));
    if (!path.isEmpty()) exportFile(path);
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, remove_,
          [this] { remove_->setEnabled(table_->selectionModel()->hasSelection()); });
  remove_->setEnabled(false);
  return bar;
}

void PromptSetEditor::setLooks(const Theme& theme) {
  model_.setProblemColor(toQColor(theme.warning));
}

void PromptSetEditor::setPrompts(std::vector<Prompt> prompts, const QString& title) {
  title_->setText(title);
  model_.setPrompts(std::move(prompts));
}

void PromptSetEditor::addPrompt() {
  search_->clear();
  model_.insertPrompts(model_.rowCount(), {Prompt{}}, tr("Add a prompt"));
  const QModelIndex added =
      shown_.mapFromSource(model_.index(model_.rowCount() - 1, PromptSetModel::prompt));
  table_->setCurrentIndex(added);
  table_->setFocus();
  table_->edit(added);
}

void PromptSetEditor::removeSelected() {
  QList<int> rows;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    rows << shown_.mapToSource(index).row();
  model_.removePrompts(rows);
}

void PromptSetEditor::addLines(const QString& text) {
  PromptsRead read = read_prompts(text.toStdString(), PromptFormat::lines);
  model_.insertPrompts(model_.rowCount(), std::move(read.prompts), tr("Paste prompts"));
}

bool PromptSetEditor::importFile(const QString& path) {
  try {
    const std::string name = path.toStdString();
    PromptsRead read = read_prompts(read_file(name), prompt_format(name));
    const auto left_out = read.problems;
    model_.insertPrompts(model_.rowCount(), std::move(read.prompts), tr("Import prompts"));
    if (left_out.empty()) return true;
    problems_->setText(
        tr("%n line(s) of %1 left out. Line %2: %3", nullptr, static_cast<int>(left_out.size()))
            .arg(path)
            .arg(left_out.front().line)
            .arg(QString::fromStdString(left_out.front().sentence)));
  } catch (const Error& error) {
    problems_->setText(QString::fromStdString(error.what()));
  }
  problems_->show();
  return false;
}

bool PromptSetEditor::exportFile(const QString& path) {
  try {
    const std::string name = path.toStdString();
    write_file_atomically(name, write_prompts(model_.prompts(), prompt_format(name)));
    refresh();
    return true;
  } catch (const Error& error) {
    problems_->setText(QString::fromStdString(error.what()));
    problems_->show();
    return false;
  }
}

void PromptSetEditor::refresh() {
  counts_->setText(countText(model_.prompts()));
  QUndoStack& undo = model_.undoStack();
  undo_->setEnabled(undo.canUndo());
  redo_->setEnabled(undo.canRedo());
  undo_->setToolTip(undo.undoText());
  redo_->setToolTip(undo.redoText());
  QString first;
  for (int row = 0; row < model_.rowCount() && first.isEmpty(); ++row)
    if (!model_.problemOf(row).isEmpty())
      first = tr("number %1: %2").arg(row + 1).arg(model_.problemOf(row));
  problems_->setText(
      first.isEmpty() ? QString() : tr("%1 to look at; %2").arg(model_.problemCount()).arg(first));
  problems_->setVisible(!first.isEmpty());
}

}  // namespace treegrpo
