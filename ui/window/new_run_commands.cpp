#include "window/new_run_commands.h"

#include <QStringList>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "record/config_toml.h"
#include "views/new_run_dialog.h"
#include "views/prompt_set_dialog.h"
#include "window/read_only.h"
#include "workbench/config_presets.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_runs = 30;  // the newest, whose options are offered

}  // namespace

struct NewRunCommands::Runs {
  std::vector<RunTemplate> templates;  // the newest first
  QStringList names;                   // that are taken
};

NewRunCommands::NewRunCommands(const Parts& parts) : QObject(parts.window), parts_(parts) {
  connect(parts_.actions[u"run.new"], &QAction::triggered, this, [this] { ask(); });
  connect(parts_.actions[u"run.prompts"], &QAction::triggered, this, &NewRunCommands::askPrompts);
}

// A run's options as they are now, without its name: that is taken.
static RunTemplate templateOf(Workbench& store, const RunSummary& run) {
  RunConfig config = store.config(run.run, run.iterations);
  config.run.name.clear();
  return {.title = QString::fromStdString(run.name),
          .tooltip = QObject::tr("%1, %2 iterations")
                         .arg(QString::fromStdString(run.method))
                         .arg(run.iterations),
          .text = QString::fromStdString(config_toml(config))};
}

void NewRunCommands::ask(const QString& title, const QString& text) {
  if (parts_.history.run().value == 0) return open({}, title, text);
  parts_.session.ask<Runs>(
      [](Workbench& store) {
        Runs runs;
        const std::vector<RunSummary> all = store.runs();
        for (auto run = all.rbegin(); run != all.rend(); ++run) {
          runs.names << QString::fromStdString(run->name);
          if (runs.templates.size() < most_runs) runs.templates.push_back(templateOf(store, *run));
        }
        return runs;
      },
      this, [this, title, text](const Runs& runs) { open(runs, title, text); });
}

void NewRunCommands::askPrompts() {
  auto* dialog = new PromptSetDialog(parts_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setLooks(theme_);
  connect(dialog, &PromptSetDialog::fileMade, this, &NewRunCommands::askWithPrompts);
  const RunId run = parts_.history.run();
  if (run.value == 0) {
    dialog->showSource("scene:train");
  } else {
    parts_.session.ask<std::vector<Prompt>>(
        [run](Workbench& store) { return store.prompt_set(run, PromptPart::train); }, dialog,
        [this, dialog](std::vector<Prompt> prompts) {
          const QString name = QString::fromStdString(parts_.history.summary().name);
          dialog->showPrompts(std::move(prompts), tr("Prompts of %1").arg(name));
        });
  }
  dialog->open();
}

// The run that is shown, else the first preset, with those prompts.
void NewRunCommands::askWithPrompts(const QString& path) {
  try {
    RunConfig config = parts_.history.run().value > 0
                           ? parts_.history.config()
                           : parse_config(config_presets().front().text, "preset");
    config.run.name.clear();
    config.prompts.train = path.toStdString();
    ask(tr("Prompts as edited"), QString::fromStdString(config_toml(config)));
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void NewRunCommands::open(const Runs& runs, const QString& title, const QString& text) {
  std::vector<RunTemplate> presets;
  try {
    if (!text.isEmpty()) presets.push_back({title, tr("As it was drawn."), text});
    for (const ConfigPreset& preset : config_presets())
      presets.push_back({QString::fromStdString(preset.title),
                         QString::fromStdString(preset.sentence),
                         QString::fromStdString(preset.text)});
  } catch (const std::exception& error) {
    if (presets.empty() && runs.templates.empty())
      return Q_EMIT failed(QString::fromUtf8(error.what()));
  }
  auto* dialog = new NewRunDialog(presets, runs.templates, {}, parts_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setLooks(theme_);
  dialog->setTakenNames(runs.names);
  const auto obstacle = [this, dialog] {
    if (parts_.session.readOnly()) return dialog->setObstacle(readOnlyReason());
    dialog->setObstacle(!parts_.session.trainsHere()
                            ? QString()
                            : tr("A run is in progress; stop it to start another."));
  };
  connect(&parts_.session, &Session::stateChanged, dialog, obstacle);
  obstacle();
  connect(dialog, &NewRunDialog::startAsked, this, &NewRunCommands::startAsked);
  dialog->open();
}

}  // namespace treegrpo
