#include "views/config_editor.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "tree/credit_rules.h"
#include "tree/method.h"

namespace treegrpo {
namespace {

QHash<QString, QStringList> withKnownNames(QHash<QString, QStringList> suggestions) {
  QStringList names, rules;
  for (const Method& method : methods()) names << QString::fromUtf8(method.name.data());
  for (const CreditRule& rule : credit_rules()) rules << QString::fromUtf8(rule.name.data());
  suggestions["method.name"] = names;
  suggestions["credit.rule"] = rules;
  return suggestions;
}

}  // namespace

ConfigEditor::ConfigEditor(const QHash<QString, QStringList>& suggestions, QWidget* parent)
    : QWidget(parent),
      form_(new ConfigForm(draft_, withKnownNames(suggestions))),
      text_(new ConfigText),
      origin_(new QLabel),
      count_(new QLabel),
      problem_(new QLabel),
      show_problem_(new QPushButton(tr("Show &where"))),
      accept_(new QPushButton),
      split_(new QSplitter(Qt::Horizontal)) {
  setObjectName("config_editor");
  origin_->setObjectName("config_origin");
  origin_->setProperty("role", "strong");
  count_->setObjectName("config_count");
  count_->setProperty("role", "secondary");
  problem_->setObjectName("config_problem");
  problem_->setProperty("tone", "error");
  problem_->setWordWrap(true);
  problem_->setTextFormat(Qt::PlainText);
  show_problem_->setObjectName("config_show_problem");
  show_problem_->setProperty("small", true);
  accept_->setObjectName("config_accept");
  accept_->setText(tr("Accept"));
  accept_->setProperty("primary", true);
  accept_->hide();
  layOut();
  connect(text_, &ConfigText::edited, &draft_, &ConfigDraft::setText);
  connect(text_, &ConfigText::undoAsked, &draft_.undoStack(), &QUndoStack::undo);
  connect(text_, &ConfigText::redoAsked, &draft_.undoStack(), &QUndoStack::redo);
  connect(accept_, &QPushButton::clicked, this, [this] { Q_EMIT accepted(draft_.config()); });
  connect(show_problem_, &QPushButton::clicked, this, [this] {
    const auto& problem = draft_.problem();
    if (problem && problem->line > 0) text_->goToLine(problem->line);
    if (problem && !problem->keys.isEmpty())
      form_->goToField(problem->keys.first());
    else
      text_->setFocus();
  });
  connect(&draft_, &ConfigDraft::changed, this, &ConfigEditor::refresh);
  refresh();
}

// Its origin, how many fields were changed, undo and redo.
QWidget* ConfigEditor::bar() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(origin_);
  row->addWidget(count_, 1);
  QAction* undo = draft_.undoStack().createUndoAction(this, tr("Undo:"));
  QAction* redo = draft_.undoStack().createRedoAction(this, tr("Redo:"));
  undo->setShortcuts(QKeySequence::Undo);
  redo->setShortcuts(QKeySequence::Redo);
  undo->setObjectName("config_undo");
  redo->setObjectName("config_redo");
  for (QAction* action : {undo, redo}) {
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    // Its own words: the action's say what is undone, and would change the button's width.
    auto* button = new QToolButton;
    button->setObjectName(action->objectName() + "_button");
    button->setText(action == undo ? tr("Undo") : tr("Redo"));
    button->setProperty("small", true);
    const auto follow = [button, action] {
      button->setEnabled(action->isEnabled());
      button->setToolTip(action->text());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    follow();
    row->addWidget(button);
  }
  row->addWidget(accept_);
  return bar;
}

void ConfigEditor::layOut() {
  split_->addWidget(form_);
  split_->addWidget(text_);
  split_->setChildrenCollapsible(false);
  split_->setStretchFactor(0, 1);
  split_->setStretchFactor(1, 1);
  split_->setSizes({600, 500});
  auto* said = new QHBoxLayout;
  said->addWidget(problem_, 1);
  said->addWidget(show_problem_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(bar());
  column->addLayout(said);
  column->addWidget(split_, 1);
}

void ConfigEditor::setLooks(const Theme& theme) { text_->setLooks(theme); }

void ConfigEditor::setConfig(const RunConfig& config, const QString& origin) {
  origin_->setText(origin);
  draft_.setOrigin(config);
}

void ConfigEditor::setText(const QString& text, const QString& origin) {
  origin_->setText(origin);
  draft_.setOriginText(text);
}

void ConfigEditor::setRunning(bool running) { draft_.setRunning(running); }

void ConfigEditor::setAcceptText(const QString& text) {
  accept_->setText(text);
  accept_->setVisible(!text.isEmpty());
}

void ConfigEditor::refresh() {
  text_->setToml(draft_.text());
  const auto& problem = draft_.problem();
  text_->setProblem(problem ? problem->line : 0, problem ? problem->sentence : QString());
  QString sentence = problem ? problem->sentence : QString();
  if (problem && problem->line > 0) sentence = tr("Line %1: %2").arg(problem->line).arg(sentence);
  problem_->setText(sentence);
  problem_->setVisible(problem.has_value());
  show_problem_->setVisible(problem.has_value());
  const QStringList overrides = draft_.overrides();
  count_->setText(overrides.isEmpty()
                      ? tr("unchanged")
                      : tr("%n changed", nullptr, static_cast<int>(overrides.size())));
  count_->setToolTip(overrides.join('\n'));
  accept_->setEnabled(!problem);
  Q_EMIT changed(overrides);
}

}  // namespace treegrpo
