#include "views/new_run_dialog.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "base/error.h"
#include "base/paths.h"
#include "record/config_toml.h"
#include "views/file_choice.h"
#include "views/prompt_set_dialog.h"

namespace treegrpo {
namespace {

const ConfigField& fieldOf(const char* key) {
  return *find_field(run_fields(), nullptr, key).field;
}

}  // namespace

NewRunDialog::NewRunDialog(const std::vector<RunTemplate>& presets,
                           const std::vector<RunTemplate>& runs,
                           const QHash<QString, QStringList>& suggestions, QWidget* parent)
    : QDialog(parent),
      source_(new QComboBox),
      editor_(new ConfigEditor(suggestions)),
      obstacle_(new QLabel),
      start_(new QPushButton(tr("&Start"))),
      start_paused_(new QPushButton(tr("Start &paused"))) {
  setObjectName("new_run");
  setWindowTitle(tr("New run"));
  source_->setObjectName("new_run_source");
  obstacle_->setObjectName("new_run_obstacle");
  obstacle_->setWordWrap(true);
  obstacle_->setTextFormat(Qt::PlainText);
  obstacle_->setProperty("tone", "error");
  start_->setObjectName("new_run_start");
  start_->setDefault(true);
  start_paused_->setObjectName("new_run_start_paused");
  start_paused_->setToolTip(tr("Set up, then wait before the first step: S takes one at a time"));
  fillSources(presets, runs);
  layOut();
  resize(1100, 760);
  connect(source_, &QComboBox::activated, this, &NewRunDialog::begin);
  connect(editor_, &ConfigEditor::changed, this, &NewRunDialog::refresh);
  connect(start_, &QPushButton::clicked, this, [this] { start(false); });
  connect(start_paused_, &QPushButton::clicked, this, [this] { start(true); });
  begin(source_->currentIndex());
  prominent_["run.name"]->setFocus();
}

void NewRunDialog::fillSources(const std::vector<RunTemplate>& presets,
                               const std::vector<RunTemplate>& runs) {
  const auto add = [this](const RunTemplate& source, const QString& title) {
    source_->addItem(title, source.text);
    source_->setItemData(source_->count() - 1, source.tooltip, Qt::ToolTipRole);
  };
  for (const RunTemplate& preset : presets) add(preset, tr("Preset %1").arg(preset.title));
  for (const RunTemplate& run : runs) add(run, tr("As run %1").arg(run.title));
}

void NewRunDialog::addProminent(QFormLayout* form, const char* key, const QString& label) {
  const ConfigField& field = fieldOf(key);
  auto* editor = new FieldEditor(field, key, {});
  editor->control()->setObjectName(QString("new_run.") + key);
  editor->control()->setProperty("small", false);
  editor->setToolTip(QString(key) + "\n" + fieldHelp(field));
  editor->setMaximumWidth(24 * fontMetrics().horizontalAdvance('m'));
  connect(editor, &FieldEditor::edited, &editor_->draft(), &ConfigDraft::setField);
  prominent_[key] = editor;
  auto* name = new QLabel(label);
  name->setBuddy(editor->control());
  form->addRow(name, editor);
}

void NewRunDialog::layOut() {
  auto* file = new QPushButton(tr("From a &file…"));
  file->setObjectName("new_run_file");
  connect(file, &QPushButton::clicked, this, [this] {
    const QString path = fileToOpen(this, tr("Begin with a config"), tr("Configs (*.toml)"));
    if (!path.isEmpty()) loadFile(path);
  });
  auto* source = new QHBoxLayout;
  source->addWidget(source_);
  source->addWidget(file);
  auto* prompts = new QPushButton(tr("&Prompts…"));
  prompts->setObjectName("new_run_prompts");
  prompts->setToolTip(tr("Edits the prompts that it trains on and saves them as a file"));
  prompts->setAutoDefault(false);
  connect(prompts, &QPushButton::clicked, this, &NewRunDialog::editPrompts);
  source->addWidget(prompts);
  source->addStretch(1);
  auto* form = new QFormLayout;
  auto* from = new QLabel(tr("&Begin with"));
  from->setBuddy(source_);
  form->addRow(from, source);
  addProminent(form, "run.name", tr("&Name"));
  addProminent(form, "run.seed", tr("S&eed"));
  addProminent(form, "run.iterations", tr("&Iterations"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(10);
  column->addLayout(form);
  column->addWidget(editor_, 1);
  column->addLayout(buttons());
}

QHBoxLayout* NewRunDialog::buttons() {
  auto* save = new QPushButton(tr("Sa&ve as file…"));
  save->setObjectName("new_run_save");
  save->setAutoDefault(false);
  connect(save, &QPushButton::clicked, this, [this] {
    const QString path = fileToSave(this, tr("Save the config"), {}, tr("Configs (*.toml)"));
    if (!path.isEmpty()) saveFile(path);
  });
  auto* cancel = new QPushButton(tr("Cancel"));
  cancel->setObjectName("new_run_cancel");
  cancel->setAutoDefault(false);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  auto* row = new QHBoxLayout;
  row->addWidget(save);
  row->addWidget(obstacle_, 1);
  row->addWidget(cancel);
  row->addWidget(start_paused_);
  row->addWidget(start_);
  return row;
}

void NewRunDialog::setLooks(const Theme& theme) {
  theme_ = theme;
  editor_->setLooks(theme);
}

void NewRunDialog::editPrompts() {
  auto* dialog = new PromptSetDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setLooks(theme_);
  dialog->showSource(QString::fromStdString(editor_->draft().config().prompts.train));
  connect(dialog, &PromptSetDialog::fileMade, this,
          [this](const QString& path) { editor_->draft().setField("prompts.train", path); });
  dialog->open();
}

void NewRunDialog::begin(int source) {
  file_problem_.clear();
  editor_->setText(source_->itemData(source).toString(), source_->itemText(source));
}

bool NewRunDialog::loadFile(const QString& path) {
  try {
    const std::string text = read_config_file(path.toStdString());
    file_problem_.clear();
    source_->setCurrentIndex(-1);
    source_->setPlaceholderText(path);
    editor_->setText(QString::fromStdString(text), path);
    return true;
  } catch (const Error& error) {
    file_problem_ = QString::fromStdString(error.what());
    refresh();
    return false;
  }
}

bool NewRunDialog::saveFile(const QString& path) {
  try {
    write_file_atomically(path.toStdString(), editor_->draft().text().toStdString());
    file_problem_.clear();
  } catch (const Error& error) {
    file_problem_ = QString::fromStdString(error.what());
  }
  refresh();
  return file_problem_.isEmpty();
}

void NewRunDialog::setObstacle(const QString& sentence) {
  outer_obstacle_ = sentence;
  refresh();
}

void NewRunDialog::setTakenNames(const QStringList& names) {
  taken_ = names;
  refresh();
}

// Why it cannot start; a failed file is said beside the button, too, and stops nothing.
QString NewRunDialog::obstacle() {
  if (const auto& problem = editor_->draft().problem()) return problem->sentence;
  const QString name = QString::fromStdString(editor_->draft().config().run.name);
  if (taken_.contains(name))
    return tr("A run of this workspace is called %1; choose another name, or none").arg(name);
  return outer_obstacle_;
}

void NewRunDialog::refresh() {
  ConfigDraft& draft = editor_->draft();
  for (auto field = prominent_.begin(); field != prominent_.end(); ++field) {
    const auto refused = draft.refused(field.key());
    const std::string value = get_field(draft.config(), field.key().toStdString());
    const bool wrong = draft.problem() && draft.problem()->keys.contains(field.key());
    field.value()->setValue(refused ? refused->value : QString::fromStdString(value));
    field.value()->setMarks(refused.has_value() || wrong, false);
  }
  const QString why = obstacle();
  obstacle_->setText(why.isEmpty() ? file_problem_ : why);
  start_->setEnabled(why.isEmpty());
  start_paused_->setEnabled(why.isEmpty());
}

void NewRunDialog::start(bool paused) {
  if (!obstacle().isEmpty()) return;
  Q_EMIT startAsked(editor_->draft().config(), paused);
  accept();
}

}  // namespace treegrpo
