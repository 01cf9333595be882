#include "window/weights_commands.h"

#include "views/sample_dialog.h"
#include "workbench/config_paths.h"

namespace treegrpo {
namespace {

// The last checkpoint of a run, or the bundled model where nothing is shown or none is written.
ModelFiles weightsOf(Workbench& workbench, RunId run, const RunConfig& config) {
  if (run.value > 0 && !workbench.checkpoints(run).empty()) return workbench.model_of(run, {});
  return {.model = model_path(config), .weights = {}};
}

}  // namespace

WeightsCommands::WeightsCommands(Session& session, const History& history, const Actions& actions,
                                 std::function<QString()> prompt, QWidget* window)
    : QObject(window),
      session_(session),
      history_(history),
      actions_(actions),
      prompt_(std::move(prompt)),
      window_(window) {
  connect(actions_[u"run.sample"], &QAction::triggered, this, &WeightsCommands::sample);
  connect(actions_[u"run.evaluate"], &QAction::triggered, this, &WeightsCommands::evaluate);
  connect(&session_, &Session::stateChanged, this, &WeightsCommands::enable);
  connect(&session_, &Session::computingChanged, this, &WeightsCommands::enable);
  enable();
}

void WeightsCommands::enable() {
  const bool can = session_.state() == RunState::idle && !session_.computing();
  for (const auto name : {u"run.sample", u"run.evaluate"})
    actions_[QStringView(name)]->setEnabled(can);
}

void WeightsCommands::sample() {
  auto* dialog = new SampleDialog(
      prompt_(), tr("With the last checkpoint of the run that is shown."), window_);
  connect(dialog, &SampleDialog::sampleAsked, this,
          [this, dialog](const QString& prompt, int count, quint64 seed) {
            SampleRequest request;
            request.prompts = {prompt.toStdString()};
            request.count = count;
            request.seed = seed;
            const RunConfig& config = history_.config();
            request.steps = config.sampler.steps;
            request.shift = config.sampler.shift;
            request.guidance_scale = config.model.guidance_scale;
            request.threads = config.run.threads;
            dialog->setBusy(true, tr("Drawing…"));
            const bool started = session_.compute<std::vector<Image>>(
                [request, run = history_.run(), config](Workbench& workbench) mutable {
                  request.model = weightsOf(workbench, run, config);
                  return workbench.sample(request);
                },
                dialog, [dialog](const std::vector<Image>& images) { dialog->setImages(images); });
            if (!started)
              dialog->setBusy(false, tr("The engine is at work; stop the run or wait."));
          });
  connect(&session_, &Session::computingChanged, dialog, [dialog](bool computing) {
    if (!computing) dialog->setBusy(false, tr("Draw again with another seed or prompt."));
  });
  connect(&session_, &Session::failed, dialog,
          [dialog](const QString& sentence) { dialog->setBusy(false, sentence); });
  dialog->show();
}

void WeightsCommands::evaluate() {
  session_.compute<EvaluationRecord>(
      [run = history_.run(), config = history_.config()](Workbench& workbench) {
        return workbench.evaluate({.model = weightsOf(workbench, run, config), .config = config});
      },
      this, [this](const EvaluationRecord& record) { Q_EMIT evaluated(record); });
}

}  // namespace treegrpo
