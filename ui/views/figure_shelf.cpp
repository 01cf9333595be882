#include "views/figure_shelf.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/small_button.h"

namespace treegrpo {
namespace {

constexpr int list_height = 74, longest_name = 100;

}  // namespace

FigureShelf::FigureShelf(QWidget* parent) : QWidget(parent) {
  setObjectName("figure_shelf");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  title_ = new QLabel;
  title_->setProperty("role", "strong");
  column->addWidget(title_);
  column->addWidget(makeName());
  column->addWidget(makeList());
  setFigures({}, {});
}

QWidget* FigureShelf::makeName() {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  name_ = new QLineEdit;
  name_->setObjectName("figure_name");
  name_->setAccessibleName(tr("Name of the figure"));
  name_->setMaxLength(longest_name);
  save_ = new QPushButton;
  save_->setObjectName("figure_keep");
  save_->setProperty("small", true);
  save_->setAutoDefault(false);
  row->addWidget(name_, 1);
  row->addWidget(save_);
  connect(name_, &QLineEdit::textChanged, this, &FigureShelf::enable);
  connect(save_, &QPushButton::clicked, this, &FigureShelf::save);
  return box;
}

QWidget* FigureShelf::makeList() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  list_ = new QListWidget;
  list_->setObjectName("figure_kept");
  list_->setAccessibleName(tr("Figures kept with the run"));
  list_->setFixedHeight(list_height);
  list_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  buttons_ = new QWidget;
  auto* row = new QHBoxLayout(buttons_);
  row->setContentsMargins(0, 0, 0, 0);
  open_ =
      smallButton("figure_kept_open", tr("Show"), tr("Shows the selected figure in this dialog"));
  rename_ = smallButton("figure_kept_rename", tr("Rename"), tr("Gives it another name (F2)"));
  remove_ = smallButton("figure_kept_remove", tr("Delete"), tr("Deletes it; Undo brings it back"));
  undo_ =
      smallButton("figure_kept_undo", tr("Undo"), tr("Brings back what was deleted or replaced"));
  for (QToolButton* button : {open_, rename_, remove_, undo_}) row->addWidget(button);
  row->addStretch();
  column->addWidget(list_);
  column->addWidget(buttons_);
  const auto open = [this] {
    if (const StoredFigure* figure = selected()) Q_EMIT openAsked(StoredFigure(*figure));
  };
  connect(open_, &QToolButton::clicked, this, open);
  connect(list_, &QListWidget::itemDoubleClicked, this, open);
  connect(list_, &QListWidget::currentRowChanged, this, &FigureShelf::enable);
  connect(list_, &QListWidget::itemChanged, this, &FigureShelf::renamed);
  connect(rename_, &QToolButton::clicked, this, [this] { list_->editItem(list_->currentItem()); });
  connect(remove_, &QToolButton::clicked, this, &FigureShelf::remove);
  connect(undo_, &QToolButton::clicked, this, &FigureShelf::undo);
  return box;
}

void FigureShelf::setFigures(const QString& run, std::vector<StoredFigure> figures) {
  const QString before = list_->currentItem() ? list_->currentItem()->text() : QString();
  if (run != run_) {
    before_.reset();
    shown_.clear();
  }
  run_ = run;
  figures_ = std::move(figures);
  const QScopedValueRollback<bool> filling(filling_, true);
  title_->setText(run_.isEmpty() ? tr("Kept figures") : tr("Kept with %1").arg(run_));
  list_->clear();
  for (const StoredFigure& figure : figures_) {
    auto* item = new QListWidgetItem(QString::fromStdString(figure.name), list_);
    item->setData(Qt::UserRole, item->text());
    item->setToolTip(tr("Saved %1").arg(QString::fromStdString(figure.created)));
    if (problem_.isEmpty()) item->setFlags(item->flags() | Qt::ItemIsEditable);
    if (item->text() == (shown_.isEmpty() ? before : shown_)) list_->setCurrentItem(item);
  }
  if (!name_->isModified()) name_->setText(shown_.isEmpty() ? freeName() : shown_);
  enable();
}

void FigureShelf::setProblem(const QString& sentence) {
  problem_ = sentence;
  enable();
}

void FigureShelf::setShown(const QString& name) {
  shown_ = name;
  if (name.isEmpty()) return;
  name_->setText(name);
  name_->setModified(false);
  for (QListWidgetItem* item : list_->findItems(name, Qt::MatchExactly))
    list_->setCurrentItem(item);
}

const StoredFigure* FigureShelf::find(const QString& name) const {
  for (const StoredFigure& figure : figures_)
    if (figure.name == name.toStdString()) return &figure;
  return nullptr;
}

const StoredFigure* FigureShelf::selected() const {
  const QListWidgetItem* item = list_->currentItem();
  return item ? find(item->data(Qt::UserRole).toString()) : nullptr;
}

// "figure-1", "figure-2", …
QString FigureShelf::freeName() const {
  for (int number = 1;; ++number)
    if (const QString name = tr("figure-%1").arg(number); !find(name)) return name;
}

void FigureShelf::save() {
  const QString name = name_->text().trimmed();
  before_.reset();
  if (const StoredFigure* figure = find(name)) before_ = *figure;
  Q_EMIT saveAsked(name);
}

void FigureShelf::remove() {
  const StoredFigure* figure = selected();
  if (!figure) return;
  before_ = *figure;
  Q_EMIT removeAsked(QString::fromStdString(figure->name));
}

void FigureShelf::undo() {
  if (!before_) return;
  const StoredFigure figure = *std::exchange(before_, std::nullopt);
  Q_EMIT restoreAsked(figure);
}

// The list shows what is stored again once the answer is there.
void FigureShelf::renamed(QListWidgetItem* item) {
  const QString name = item->data(Qt::UserRole).toString(), wanted = item->text().trimmed();
  if (filling_ || wanted == name) return;
  Q_EMIT renameAsked(name, wanted);
}

void FigureShelf::enable() {
  const QString name = name_->text().trimmed();
  const bool can = problem_.isEmpty() && !run_.isEmpty(), one = selected() != nullptr;
  save_->setText(find(name) ? tr("Replace") : tr("Save with run"));
  save_->setEnabled(can && !name.isEmpty());
  save_->setToolTip(!problem_.isEmpty() ? problem_
                                        : tr("Keeps the recipe in the workspace, with the first "
                                             "run that it names"));
  name_->setEnabled(can);
  open_->setEnabled(one);
  rename_->setEnabled(can && one);
  remove_->setEnabled(can && one);
  undo_->setVisible(can && before_.has_value());
  list_->setVisible(!figures_.empty());
  buttons_->setVisible(!figures_.empty() || before_.has_value());
}

}  // namespace treegrpo
