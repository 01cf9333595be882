#include "window/fault_commands.h"

#include <QAction>
#include <algorithm>
#include <filesystem>
#include <ranges>
#include <utility>

#include "base/byte_size.h"
#include "views/file_choice.h"
#include "views/free_space_dialog.h"
#include "views/message_strip.h"
#include "workbench/schedule_preview.h"

namespace treegrpo {
namespace {

QString text(const std::string& words) { return QString::fromStdString(words); }

// Rows of the widest forward pass; 0: not known.
std::int64_t rowsOfAPass(const RunConfig& config, std::int32_t iteration) {
  if (config.sampler.micro_batch > 0) return config.sampler.micro_batch;
  try {
    const std::int64_t latents = preview_schedule(config, iteration).counts.frontier_peak;
    return latents * config.prompts.per_iteration * (config.model.guidance_scale == 1 ? 1 : 2);
  } catch (const Error&) {
    return 0;
  }
}

SpaceUse spaceOf(Workbench& store) {
  SpaceUse use;
  std::error_code none;
  use.store_bytes = static_cast<std::int64_t>(std::filesystem::file_size(store.store(), none));
  for (const RunSummary& run : store.runs()) {
    use.picture_bytes += run.image_bytes;
    use.most_pictures = std::max(use.most_pictures, run.image_bytes);
  }
  for (const RunSummary& run : store.trashed_runs()) {
    use.picture_bytes += run.image_bytes;
    use.trash_bytes += run.image_bytes;
    ++use.trash_runs;
  }
  return use;
}

// Bytes freed, and those the store has now.
std::pair<std::int64_t, std::int64_t> freed(Workbench& store, int budget_mb, bool empty_trash) {
  std::int64_t bytes = 0;
  if (empty_trash)
    for (const RunSummary& run : store.trashed_runs()) bytes += store.purge_run(run.run);
  const CompactReport report = store.compact_store({.budget_mb = budget_mb});
  bytes += report.folder_bytes + report.bytes_before - report.bytes_after;
  return {bytes, report.bytes_after};
}

struct Mended {
  std::vector<std::string> done;
  std::vector<std::string> left;
};

Mended mended(Workbench& store) {
  Mended result;
  const StoreCheck check = store.check_store();
  const bool mendable = std::ranges::any_of(
      check.findings, [](const StoreFinding& one) { return one.remedy == Remedy::repair; });
  if (mendable) result.done = store.repair_store();
  const StoreCheck after = mendable ? store.check_store() : check;
  for (const StoreFinding& finding : after.findings) result.left.push_back(finding.sentence);
  return result;
}

}  // namespace

FaultCommands::FaultCommands(const Parts& parts) : QObject(parts.window), parts_(parts) {
  connect(parts_.actions[u"file.free_space"], &QAction::triggered, this, &FaultCommands::askSpace);
  connect(parts_.actions[u"file.check_store"], &QAction::triggered, this,
          &FaultCommands::checkStore);
}

// A stored run that could not even begin is the one that was asked for.
Fault FaultCommands::completed(Fault fault) const {
  if (!fault.of_run || fault.run.value > 0 || !parts_.runs.lastAttempt()) return fault;
  if (const auto* request = std::get_if<ResumeRequest>(&parts_.runs.lastAttempt()->what))
    fault.run = request->run;
  return fault;
}

std::optional<FaultCommands::StoredRun> FaultCommands::storedRun(Workbench& store,
                                                                 const Fault& fault) {
  try {
    StoredRun stored;
    stored.iterations = store.find_run(std::to_string(fault.run.value)).iterations;
    stored.config = store.config(fault.run, stored.iterations);
    // What comes after weights that have gone wrong is no better: the checkpoint before is meant.
    const bool before = fault.kind == ErrorKind::not_finite && fault.place.image >= 0;
    for (const CheckpointRow& row : store.checkpoints(fault.run))
      if (!before || row.iterations < fault.place.iteration) stored.checkpoint = row.iterations;
    return stored;
  } catch (const std::exception&) {
    return {};  // the store may be what failed
  }
}

void FaultCommands::tell(const QString& sentence, const Fault& told) {
  const Fault fault = completed(told);
  told_ = sentence;
  parts_.strip.say(MessageStrip::Kind::error, sentence);
  if (fault.run.value == 0) return show(sentence, fault, {});
  parts_.session.ask<std::optional<StoredRun>>(
      [fault](Workbench& store) { return storedRun(store, fault); }, this,
      [this, sentence, fault](const std::optional<StoredRun>& stored) {
        if (parts_.strip.sentence() == sentence) show(sentence, fault, stored);
      });
}

FaultFacts FaultCommands::factsOf(const Fault& fault,
                                  const std::optional<StoredRun>& stored) const {
  FaultFacts facts;
  facts.stored = stored.has_value();
  const std::optional<RunAttempt>& attempt = parts_.runs.lastAttempt();
  facts.attempted = attempt.has_value();
  const auto* config = attempt ? std::get_if<RunConfig>(&attempt->what) : nullptr;
  facts.new_run = config != nullptr;
  facts.own_model = config && !config->model.path.empty();
  facts.shown = stored && stored->iterations > 0 && fault.place.prompt >= 0;
  if (stored)
    facts.halvable = rowsOfAPass(stored->config, fault.place.iteration) > 1;
  else if (config && fault.run.value == 0)
    facts.halvable = rowsOfAPass(*config, 0) > 1;
  return facts;
}

void FaultCommands::show(const QString& sentence, const Fault& fault,
                         const std::optional<StoredRun>& stored) {
  for (QAction* action : std::exchange(own_, {})) action->deleteLater();
  QList<QAction*> buttons;
  for (const FaultRemedy remedy : remediesOf(fault, factsOf(fault, stored)))
    buttons.push_back(button(remedy, fault, stored.value_or(StoredRun{})));
  parts_.strip.say(MessageStrip::Kind::error, sentence, buttons);
}

QAction* FaultCommands::button(FaultRemedy remedy, const Fault& fault, const StoredRun& stored) {
  switch (remedy) {
    case FaultRemedy::resume:
      return resumeButton(fault, stored);
    case FaultRemedy::half_rows:
      return halfRowsButton(fault, stored);
    case FaultRemedy::try_again:
      return own("try_again", tr("Try again"),
                 [this] { parts_.runs.attempt(*parts_.runs.lastAttempt()); });
    case FaultRemedy::show_place:
      return placeButton(fault, stored);
    case FaultRemedy::free_space:
      return parts_.actions[u"file.free_space"];
    case FaultRemedy::check_store:
      return parts_.actions[u"file.check_store"];
    case FaultRemedy::open_store:
      return own("open_store", tr("Open another workspace…"),
                 [this] { parts_.actions[u"file.open"]->trigger(); });
    case FaultRemedy::new_store:
      return parts_.actions[u"file.new_store"];
    case FaultRemedy::choose_model:
      return own("choose_model", tr("Choose a model file…"), [this] { chooseModel(); });
    case FaultRemedy::bundled_model:
      return own("bundled_model", tr("Use the bundled model"), [this] { useModel({}); });
    case FaultRemedy::new_run:
      return parts_.actions[u"run.new"];
    case FaultRemedy::show_log:
      return parts_.actions[u"view.log"];
  }
  return nullptr;
}

QAction* FaultCommands::own(const char* name, const QString& text, std::function<void()> work) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  connect(action, &QAction::triggered, this, std::move(work));
  own_.push_back(action);
  return action;
}

QAction* FaultCommands::resumeButton(const Fault& fault, const StoredRun& stored) {
  const std::int32_t from = stored.checkpoint.value_or(0);
  return own(
      "resume", from > 0 ? tr("Resume from checkpoint %1").arg(from) : tr("Start again"),
      [this, run = fault.run, from] { parts_.runs.resumeRun({.run = run, .checkpoint = from}); });
}

QAction* FaultCommands::halfRowsButton(const Fault& fault, const StoredRun& stored) {
  const std::optional<RunAttempt>& last = parts_.runs.lastAttempt();
  const bool is_stored = fault.run.value > 0;
  const RunConfig config = is_stored ? stored.config : std::get<RunConfig>(last->what);
  const auto rows = static_cast<int>(rowsOfAPass(config, std::max(0, fault.place.iteration)));
  const int half = std::max(1, rows / 2);
  QAction* action = own(
      "half_rows",
      is_stored ? tr("Resume with half the rows a pass") : tr("Start with half the rows a pass"),
      [this, run = fault.run, is_stored, half] {
        if (is_stored)
          return parts_.runs.resumeRun(
              {.run = run, .sets = {"sampler.micro_batch=" + std::to_string(half)}});
        RunAttempt again = *parts_.runs.lastAttempt();
        std::get<RunConfig>(again.what).sampler.micro_batch = half;
        parts_.runs.attempt(std::move(again));
      });
  action->setToolTip(tr("sampler.micro_batch %1 → %2: most rows of one forward pass. Slower, with "
                        "less memory; the images are the same but for rounding")
                         .arg(rows)
                         .arg(half));
  return action;
}

// The iteration that failed is not stored: what can be shown of it is the one before.
QAction* FaultCommands::placeButton(const Fault& fault, const StoredRun& stored) {
  const std::int32_t iteration = std::min(fault.place.iteration, stored.iterations - 1);
  QAction* action =
      own("show_place", tr("Show iteration %1, prompt %2").arg(iteration).arg(fault.place.prompt),
          [this, run = fault.run, iteration, prompt = fault.place.prompt] {
            Q_EMIT placeAsked(run, iteration, prompt);
          });
  if (iteration < fault.place.iteration)
    action->setToolTip(
        tr("The last stored iteration before %1, where it happened").arg(fault.place.iteration));
  return action;
}

void FaultCommands::chooseModel() {
  const QString file =
      fileToOpen(parts_.window, tr("Choose a model file"), tr("Models (*.safetensors)"));
  if (!file.isEmpty()) useModel(file.toStdString());
}

// Empty: the bundled one. A new run takes any; a stored one takes its own, wherever it lies now.
void FaultCommands::useModel(const std::filesystem::path& model) {
  RunAttempt again = *parts_.runs.lastAttempt();
  if (auto* config = std::get_if<RunConfig>(&again.what)) {
    config->model.path = model.string();
    config->model.fingerprint.clear();
  } else {
    std::get<ResumeRequest>(again.what).model = model;
  }
  parts_.runs.attempt(std::move(again));
}

void FaultCommands::askSpace() {
  parts_.session.ask<SpaceUse>(spaceOf, this, [this](const SpaceUse& use) {
    auto* dialog = new FreeSpaceDialog(use, parts_.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { freeSpace(dialog->budgetMb(), dialog->emptiesTrash()); });
    dialog->open();
  });
}

void FaultCommands::freeSpace(int budget_mb, bool empty_trash) {
  using Freed = std::pair<std::int64_t, std::int64_t>;
  // A fault's other buttons stay: with room again, the run can be gone on with.
  const bool of_fault = parts_.strip.sentence() == told_;
  parts_.session.ask<Freed>(
      [budget_mb, empty_trash](Workbench& store) { return freed(store, budget_mb, empty_trash); },
      this,
      [this, of_fault](const Freed& bytes) {
        const QString sentence =
            bytes.first > 0
                ? tr("Freed %1; the workspace has %2 now.")
                      .arg(text(byte_size_text(bytes.first)), text(byte_size_text(bytes.second)))
                : tr("Nothing could be freed: take a smaller budget, or "
                     "delete runs and empty the trash.");
        Q_EMIT logged("store", sentence);
        parts_.strip.say(MessageStrip::Kind::info, sentence, of_fault ? own_ : QList<QAction*>());
        Q_EMIT storeChanged();
      });
}

void FaultCommands::checkStore() {
  parts_.session.ask<Mended>(mended, this, [this](const Mended& result) {
    for (const std::string& sentence : result.done) Q_EMIT logged("store", text(sentence));
    for (const std::string& sentence : result.left) Q_EMIT logged("warning", text(sentence));
    const auto left = static_cast<int>(result.left.size());
    const auto done = static_cast<int>(result.done.size());
    if (left > 0)
      parts_.strip.say(
          MessageStrip::Kind::warning,
          left == 1 ? text(result.left.front())
                    : tr("%1 and %n more.", nullptr, left - 1).arg(text(result.left.front())),
          {parts_.actions[u"view.log"], parts_.actions[u"file.open"]});
    else
      parts_.strip.say(
          MessageStrip::Kind::info,
          done == 0 ? tr("All of the workspace was read: nothing is wrong with it.")
                    : tr("Mended: %1. Nothing else is wrong.").arg(text(result.done.front())),
          done == 0 ? QList<QAction*>() : QList<QAction*>{parts_.actions[u"view.log"]});
    Q_EMIT storeChanged();
  });
}

}  // namespace treegrpo
