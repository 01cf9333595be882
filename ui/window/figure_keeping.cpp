#include "window/figure_keeping.h"

#include "base/error.h"
#include "views/figure_dialog.h"
#include "views/figure_shelf.h"

namespace treegrpo {

FigureKeeping::FigureKeeping(Session& session, FigureDialog& dialog)
    : QObject(&dialog), session_(session), dialog_(dialog) {
  FigureShelf& shelf = dialog.shelf();
  connect(&dialog, &FigureDialog::dataAsked, this, &FigureKeeping::read);
  connect(&shelf, &FigureShelf::saveAsked, this, [this](const QString& name) {
    const FigureRecipe recipe = dialog_.recipe();
    change(
        [name = name.toStdString(), recipe](Workbench& workbench, const std::string& run) {
          workbench.put_figure({.run = workbench.find_run(run).run,
                                .name = name,
                                .recipe = jsonOf(recipe),
                                .created = {}});
        },
        [this, name, recipe] {
          if (recipe == dialog_.recipe()) dialog_.setKept(name);
          dialog_.say(
              tr("Saved with %1 as %2.").arg(QString::fromStdString(firstRunOf(recipe)), name));
        });
  });
  connect(&shelf, &FigureShelf::openAsked, this, [this](const StoredFigure& figure) {
    const QString name = QString::fromStdString(figure.name);
    try {
      dialog_.setRecipe(recipeFrom(figure.recipe, figure.name));
      dialog_.setKept(name);
    } catch (const Error& error) {
      dialog_.say(QString::fromStdString(error.what()));
    }
  });
  connect(&shelf, &FigureShelf::renameAsked, this, [this](const QString& name, const QString& to) {
    const bool shown = dialog_.shelf().shown() == name;
    change(
        [name = name.toStdString(), to = to.toStdString()](Workbench& workbench,
                                                           const std::string& run) {
          workbench.rename_figure(workbench.find_run(run).run, name, to);
        },
        [this, shown, to] {
          if (shown) dialog_.setKept(to);
        });
  });
  connect(&shelf, &FigureShelf::removeAsked, this, [this](const QString& name) {
    change(
        [name = name.toStdString()](Workbench& workbench, const std::string& run) {
          workbench.remove_figure(workbench.find_run(run).run, name);
        },
        [this, name] { dialog_.say(tr("Deleted: %1.").arg(name)); });
  });
  connect(&shelf, &FigureShelf::restoreAsked, this, [this](const StoredFigure& figure) {
    change([figure](Workbench& workbench, const std::string&) { workbench.put_figure(figure); });
  });
}

void FigureKeeping::read() {
  struct Kept {
    QString run;
    std::vector<StoredFigure> figures;
  };
  const std::string name = firstRunOf(dialog_.recipe());
  session_.ask<Kept>(
      [name](Workbench& workbench) {
        Kept kept;
        try {
          const RunSummary run = workbench.find_run(name);
          kept = {QString::fromStdString(run.name), workbench.figures(run.run)};
        } catch (const Error&) {
          // A run that is gone: the preview says so.
        }
        return kept;
      },
      this,
      [this, name](Kept kept) {
        if (name != firstRunOf(dialog_.recipe())) return;
        dialog_.shelf().setProblem(
            session_.readOnly()  ? tr("This workspace can only be read: no figure can be saved in "
                                       "it. 'Save recipe' writes a file of its own.")
            : kept.run.isEmpty() ? tr("A figure is kept with the first run that it shows, and "
                                      "there is none.")
                                 : QString());
        dialog_.shelf().setFigures(kept.run, std::move(kept.figures));
      });
}

void FigureKeeping::change(std::function<void(Workbench&, const std::string&)> work,
                           std::function<void()> then) {
  session_.ask<QString>(
      [work = std::move(work), run = firstRunOf(dialog_.recipe())](Workbench& workbench) {
        try {
          work(workbench, run);
          return QString();
        } catch (const Error& error) {
          return QString::fromStdString(error.what());
        }
      },
      this,
      [this, then = std::move(then)](const QString& problem) {
        if (!problem.isEmpty())
          dialog_.say(problem);
        else if (then)
          then();
        read();
      });
}

}  // namespace treegrpo
