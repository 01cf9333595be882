#include "window/figure_commands.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>

#include "base/error.h"
#include "views/figure_dialog.h"
#include "views/file_choice.h"
#include "window/figure_keeping.h"
#include "workbench/provenance.h"

namespace treegrpo {
namespace {

struct Answer {
  FigureData data;
  QString problem;
};

constexpr const char* formats[] = {"PDF (*.pdf)", "SVG (*.svg)", "PNG (*.png)",
                                   "PGF for LaTeX (*.pgf)"};  // as FigureFormat
constexpr const char* recipes = "Figure recipes (*.figure.json *.json)";

// The file of the figure's numbers, beside it.
QString csvBeside(const QString& file) {
  const QFileInfo info(file);
  return info.path() + "/" + info.completeBaseName() + ".csv";
}

QString sentenceOf(const Error& error) { return QString::fromStdString(error.what()); }

}  // namespace

FigureCommands::FigureCommands(const Parts& parts) : QObject(parts.window), parts_(parts) {
  const auto bind = [this](QStringView name, void (FigureCommands::*work)()) {
    connect(parts_.actions[name], &QAction::triggered, this, work);
  };
  bind(u"file.export_figure", &FigureCommands::exportTree);
  bind(u"file.export_curves", &FigureCommands::exportCurves);
  bind(u"compare.export_figure", &FigureCommands::exportCompared);
  bind(u"compare.export_curves", &FigureCommands::exportComparedCurves);
}

void FigureCommands::open(std::vector<FigurePanel> Shown::*panels) {
  const Shown shown = parts_.shown();
  FigureRecipe recipe;
  recipe.panels = shown.*panels;
  if (shown.run.empty() || recipe.panels.empty())
    return Q_EMIT refused(
        shown.run.empty() ? tr("A figure shows a stored run, and there is none yet: %1 to train "
                               "one, or open a workspace.")
                                .arg(parts_.actions.howTo(u"run.toggle"))
                          : tr("Nothing is shown there that a figure could be of: choose runs to "
                               "compare first."));
  parts_.session.ask<QStringList>(
      [](Workbench& workbench) {
        QStringList names;
        for (const RunSummary& run : workbench.runs()) names << QString::fromStdString(run.name);
        return names;
      },
      this,
      [this, recipe, shown](const QStringList& runs) {
        auto* dialog = new FigureDialog(recipe, runs, parts_.window);
        dialog->setPlace(shown.run, shown.iteration, shown.prompt);
        dialog->setStore(QString::fromStdString(parts_.session.store().string()));
        connect(dialog, &FigureDialog::dataAsked, this, [this, dialog] { read(dialog); });
        connect(dialog, &FigureDialog::exportAsked, this,
                [this, dialog](FigureFormat format, bool csv) { write(dialog, format, csv); });
        connect(dialog, &FigureDialog::saveAsked, this, [this, dialog] { save(dialog); });
        connect(dialog, &FigureDialog::openAsked, this, [this, dialog] { openRecipe(dialog); });
        new FigureKeeping(parts_.session, *dialog);
        dialog->show();
      });
}

// On the store's thread; an answer to a recipe that has changed since is passed over.
void FigureCommands::read(FigureDialog* dialog) {
  const FigureRecipe recipe = dialog->recipe();
  parts_.session.ask<Answer>(
      [recipe](Workbench& workbench) {
        try {
          return Answer{figureData(recipe, workbench), {}};
        } catch (const Error& error) {
          return Answer{{}, sentenceOf(error)};
        }
      },
      dialog,
      [dialog, recipe](Answer answer) {
        if (!(dialog->recipe() == recipe)) return;
        if (!answer.problem.isEmpty()) return dialog->setProblem(answer.problem);
        dialog->setFigure(makeFigure(recipe, std::move(answer.data), program_version()));
      });
}

void FigureCommands::write(FigureDialog* dialog, FigureFormat format, bool csv) {
  const char* filter = formats[static_cast<std::size_t>(format)];
  const QString file = fileToSave(dialog, tr("Export figure"), {}, tr(filter));
  if (file.isEmpty() || !dialog->figure()) return;
  try {
    writeFigure(*dialog->figure(), file);
    if (csv) writeFigure(*dialog->figure(), csvBeside(file));
    dialog->say(tr("Written: %1").arg(file));
  } catch (const Error& error) {
    dialog->say(sentenceOf(error));
  }
}

void FigureCommands::save(FigureDialog* dialog) {
  const QString path = fileToSave(dialog, tr("Save recipe"), {}, tr(recipes));
  if (path.isEmpty()) return;
  QSaveFile file(path);
  const QByteArray json = QByteArray::fromStdString(jsonOf(dialog->recipe()));
  const bool written =
      file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit();
  dialog->say(written ? tr("Written: %1").arg(path)
                      : tr("'%1' could not be written (%2); choose another folder.")
                            .arg(path, file.errorString()));
}

void FigureCommands::openRecipe(FigureDialog* dialog) {
  const QString path = fileToOpen(dialog, tr("Open recipe"), tr(recipes));
  if (path.isEmpty()) return;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return dialog->say(tr("'%1' could not be read (%2).").arg(path, file.errorString()));
  try {
    dialog->setRecipe(recipeFrom(file.readAll().toStdString(), path.toStdString()));
  } catch (const Error& error) {
    dialog->say(sentenceOf(error));
  }
}

}  // namespace treegrpo
