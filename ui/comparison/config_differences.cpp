#include "comparison/config_differences.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "canvas/run_look.h"
#include "comparison/lanes_view.h"
#include "record/field_table.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr int key_role = Qt::UserRole;

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString shown(const std::optional<FieldValue>& value) {
  return value ? text(value_text(*value)) : QString("not set");
}

QLabel* line(const char* name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setProperty("role", "secondary");
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

// "Schedules equal.", "Schedules differ in steps 3, 4 and in their roots."
QString scheduleSentence(const ScheduleDifference& schedules) {
  QStringList steps;
  for (const int step : schedules.steps) steps << QString::number(step);
  const QString roots = schedules.roots_differ ? "their roots" : "";
  if (steps.isEmpty())
    return roots.isEmpty() ? "Schedules equal." : "Schedules differ in " + roots + ".";
  const QString of = (steps.size() == 1 ? "step " : "steps ") + steps.join(", ");
  return "Schedules differ in " + of + (roots.isEmpty() ? "" : " and in " + roots) + ".";
}

}  // namespace

ConfigDifferences::ConfigDifferences(QWidget* parent)
    : QWidget(parent), theme_(&theme(ThemeKind::dark)) {
  setObjectName("configDifferences");
  setProperty("panel", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  tree_ = new QTreeWidget(this);
  tree_->setObjectName("configDifferencesTree");
  tree_->setAccessibleName("Config keys of the compared runs");
  tree_->setAlternatingRowColors(false);
  tree_->setUniformRowHeights(true);
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  tree_->header()->setStretchLastSection(true);
  tree_->setIndentation(12);
  connect(tree_, &QWidget::customContextMenuRequested, this, &ConfigDifferences::menuAt);
  column->addWidget(tree_, 1);
  column->addWidget(makeFoot());
}

QWidget* ConfigDifferences::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 6, 8, 6);
  filter_ = new QLineEdit(head);
  filter_->setObjectName("configDifferencesFilter");
  filter_->setPlaceholderText("Filter keys");
  filter_->setAccessibleName("Filter keys");
  filter_->setToolTip("Shows the keys that have this in their names.");
  filter_->setClearButtonEnabled(true);
  only_ = new QPushButton("Differences only", head);
  only_->setObjectName("configDifferencesOnly");
  only_->setProperty("small", true);
  only_->setCheckable(true);
  only_->setChecked(true);
  only_->setToolTip("Leaves out the keys that all runs have alike.");
  row->addWidget(filter_, 1);
  row->addWidget(only_);
  connect(filter_, &QLineEdit::textChanged, this, &ConfigDifferences::showRows);
  connect(only_, &QPushButton::toggled, this, &ConfigDifferences::showRows);
  return head;
}

QWidget* ConfigDifferences::makeFoot() {
  auto* foot = new QWidget(this);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(8, 6, 8, 8);
  lanes_ = new LanesView(foot);
  lanes_->setObjectName("configDifferencesLanes");
  lanes_->setAccessibleName("Schedules of the compared runs");
  schedules_ = line("configDifferencesSchedules", foot);
  count_ = line("configDifferencesCount", foot);
  edits_ = line("configDifferencesEdits", foot);
  column->addWidget(lanes_);
  for (QLabel* label : {schedules_, count_, edits_}) column->addWidget(label);
  return foot;
}

void ConfigDifferences::setConfigs(ComparedConfigs configs) {
  configs_ = std::move(configs);
  showAll();
}

void ConfigDifferences::setIgnored(const QStringList& keys) {
  ignored_ = keys;
  showRows();
}

void ConfigDifferences::setLooks(const Theme& theme, const FontSet& fonts) {
  theme_ = &theme;
  lanes_->setLooks(theme, fonts);
  showAll();
}

void ConfigDifferences::showAll() {
  QStringList titles{"Key"};
  for (const std::string& letter : configs_.letters) titles << text(letter);
  tree_->setColumnCount(static_cast<int>(titles.size()));
  tree_->setHeaderLabels(titles);
  QHeaderView* header = tree_->header();
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  for (std::size_t i = 0; i < configs_.letters.size(); ++i)
    tree_->headerItem()->setForeground(static_cast<int>(i) + 1, toQColor(runColor(*theme_, i)));
  showRows();
  showSchedules();
  showEdits();
}

std::vector<std::string> ConfigDifferences::ignoredKeys() const {
  std::vector<std::string> keys;
  for (const QString& key : ignored_) keys.push_back(key.toStdString());
  return keys;
}

// A key that is ignored stays out of the count; with all keys shown it is there, in grey.
void ConfigDifferences::showRows() {
  tree_->clear();
  const std::vector<ConfigDifference> all =
      config_diff(configs_.configs, {.differences_only = false, .ignored = {}});
  const std::vector<ConfigDifference> counted =
      config_diff(configs_.configs, {.differences_only = true, .ignored = ignoredKeys()});
  for (const ConfigDifference& row : only_->isChecked() ? counted : all)
    if (text(row.key).contains(filter_->text(), Qt::CaseInsensitive)) addRow(row);
  tree_->expandAll();
  QString words = QString("%1 of %2 keys differ").arg(counted.size()).arg(all.size());
  if (!ignored_.isEmpty()) words += "; " + ignored_.join(", ") + " ignored";
  count_->setText(configs_.configs.empty() ? QString() : words + ".");
}

QTreeWidgetItem* ConfigDifferences::section(const QString& name) {
  const int last = tree_->topLevelItemCount() - 1;
  if (last >= 0 && tree_->topLevelItem(last)->text(0) == name) return tree_->topLevelItem(last);
  auto* item = new QTreeWidgetItem(tree_, {name});
  item->setData(0, key_role, name);
  return item;
}

void ConfigDifferences::addRow(const ConfigDifference& row) {
  const QString key = text(row.key);
  const qsizetype dot = key.indexOf('.');
  QStringList cells{key.mid(dot + 1)};
  for (const std::optional<FieldValue>& value : row.values) cells << shown(value);
  auto* item = new QTreeWidgetItem(section(key.left(std::max<qsizetype>(dot, 0))), cells);
  item->setData(0, key_role, key);
  item->setToolTip(0, key);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const int column = static_cast<int>(i) + 1;
    item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    if (!row.values[i]) item->setForeground(column, toQColor(theme_->warning));
    if (!row.differs) item->setForeground(column, toQColor(theme_->text2));
  }
  if (!row.differs) item->setForeground(0, toQColor(theme_->text2));
}

void ConfigDifferences::showSchedules() {
  const bool any = configs_.schedules.has_value();
  lanes_->setVisible(any);
  schedules_->setVisible(any);
  if (!any) return;
  lanes_->setLanes({configs_.letters, configs_.schedules->schedules, configs_.schedules->steps});
  schedules_->setText(scheduleSentence(*configs_.schedules));
}

void ConfigDifferences::showEdits() {
  QStringList lines;
  for (const ComparedConfigs::Edit& edit : configs_.edits)
    lines << QString("%1, iteration %2: %3, %4 → %5")
                 .arg(text(edit.letter))
                 .arg(edit.change.iteration)
                 .arg(text(edit.change.key), text(edit.change.old_value),
                      text(edit.change.new_value));
  edits_->setVisible(!lines.isEmpty());
  edits_->setText("Edits while running\n" + lines.join("\n"));
}

void ConfigDifferences::menuAt(QPoint place) {
  QMenu menu;
  if (const QTreeWidgetItem* item = tree_->itemAt(place)) {
    const QString key = item->data(0, key_role).toString();
    connect(menu.addAction("Ignore " + key), &QAction::triggered, this,
            [this, key] { ignore(key, true); });
  }
  for (const QString& key : ignored_)
    connect(menu.addAction("Count " + key + " again"), &QAction::triggered, this,
            [this, key] { ignore(key, false); });
  if (!menu.isEmpty()) menu.exec(tree_->viewport()->mapToGlobal(place));
}

void ConfigDifferences::ignore(const QString& key, bool on) {
  if (on == ignored_.contains(key)) return;
  if (on)
    ignored_ << key;
  else
    ignored_.removeAll(key);
  showRows();
  Q_EMIT ignoredChanged(ignored_);
}

}  // namespace treegrpo
