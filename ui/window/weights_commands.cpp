#include "window/weights_commands.h"

#include "views/file_choice.h"
#include "views/sample_dialog.h"

namespace treegrpo {
namespace {

// What was computed, and with whose weights.
template <class Result>
struct Looked {
  WeightsOrigin origin;
  Result result;
};

}  // namespace

QString wordsOf(const WeightsOrigin& origin) {
  const QString words = origin.iterations == 1
                            ? QObject::tr("weights after 1 iteration")
                            : QObject::tr("weights after %1 iterations").arg(origin.iterations);
  if (origin.averaged) return QObject::tr("averaged %1").arg(words);
  if (origin.updating) return QObject::tr("%1 and a part of the next update").arg(words);
  return words;
}

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
  connect(actions_[u"file.export_model"], &QAction::triggered, this, &WeightsCommands::exportModel);
  connect(&session_, &Session::stateChanged, this, &WeightsCommands::enable);
  connect(&session_, &Session::computingChanged, this, &WeightsCommands::enable);
  connect(&session_, &Session::runStarted, this, &WeightsCommands::enable);
  connect(&session_, &Session::runResumed, this, &WeightsCommands::enable);
  connect(&history_, &History::runRead, this, &WeightsCommands::enable);
  enable();
}

// While a run is in progress its weights alone are in memory: those of another run must wait.
void WeightsCommands::enable() {
  const bool at_hand = !session_.trainsHere() || history_.run() == session_.run();
  for (const auto name : {u"run.sample", u"run.evaluate"})
    actions_[QStringView(name)]->setEnabled(at_hand && !session_.computing());
  actions_[u"file.export_model"]->setEnabled(!session_.trainsHere() && !session_.computing() &&
                                             history_.run().value > 0);
}

Session::OpenModel WeightsCommands::openModel() const {
  return [run = history_.run(), config = history_.config()](Workbench& workbench) {
    return workbench.stored_model(run, config);
  };
}

void WeightsCommands::sample() {
  const bool idle = !session_.trainsHere();
  auto* dialog = new SampleDialog(
      prompt_(),
      idle ? tr("With the last checkpoint of the run that is shown.")
           : tr("With the weights of the run in progress, as they are at its next step."),
      window_);
  connect(dialog, &SampleDialog::sampleAsked, this,
          [this, dialog](const QString& prompt, int count, quint64 seed) {
            draw(dialog, prompt, count, seed);
          });
  connect(dialog, &QDialog::finished, this, [this, dialog] {
    if (dialog->isBusy()) session_.cancelComputing();
  });
  connect(&session_, &Session::computingChanged, dialog, [dialog](bool computing) {
    if (!computing && dialog->isBusy())
      dialog->setBusy(false, tr("Draw again with another seed or prompt."));
  });
  connect(&session_, &Session::failed, dialog,
          [dialog](const QString& sentence) { dialog->setBusy(false, sentence); });
  dialog->show();
}

void WeightsCommands::draw(SampleDialog* dialog, const QString& prompt, int count, quint64 seed) {
  const RunConfig& config = history_.config();
  const SampleOptions options{.prompts = {prompt.toStdString()},
                              .count = count,
                              .seed = seed,
                              .steps = config.sampler.steps,
                              .shift = config.sampler.shift,
                              .guidance_scale = config.model.guidance_scale};
  using Images = Looked<std::vector<Image>>;
  dialog->setBusy(true, tr("Drawing…"));
  const bool started = session_.compute<Images>(
      openModel(),
      [options](ModelWork& model, const Proceed& proceed) -> Images {
        return {model.origin(), model.sample(options, proceed)};
      },
      dialog,
      [dialog](const Images& images) {
        dialog->setImages(images.result);
        dialog->setBusy(false, tr("Drawn with %1.").arg(wordsOf(images.origin)));
      },
      count == 1 ? tr("Sample an image") : tr("Sample %1 images").arg(count));
  if (!started) dialog->setBusy(false, tr("The engine is at other work; wait for its end."));
}

void WeightsCommands::evaluate() {
  using Scores = Looked<EvaluationRecord>;
  session_.compute<Scores>(
      openModel(),
      [](ModelWork& model, const Proceed& proceed) -> Scores {
        return {model.origin(), model.evaluate(proceed)};
      },
      this,
      [this](const Scores& scores) { Q_EMIT evaluated(scores.result, wordsOf(scores.origin)); },
      tr("Evaluate on held-out prompts"));
}

void WeightsCommands::exportModel() {
  const QString name = QString::fromStdString(history_.summary().name);
  const QString file = fileToSave(window_, tr("Export model"), name + ".safetensors",
                                  tr("Model files (*.safetensors)"));
  if (!file.isEmpty()) writeModel(file);
}

void WeightsCommands::writeModel(const QString& file) {
  session_.computeWithFiles<WeightsOrigin>(
      [run = history_.run(), out = file.toStdString()](Workbench& workbench, const Proceed&) {
        return workbench.export_model(run, {}, out);
      },
      this,
      [this, file](const WeightsOrigin& origin) {
        Q_EMIT exported(tr("Model with %1 written to '%2'.").arg(wordsOf(origin), file));
      },
      tr("Export the model"));
}

}  // namespace treegrpo
