// Exporting figures: the dialog, the data that it asks for from the store, and the files it writes.
#pragma once

#include <QObject>
#include <functional>

#include "actions.h"
#include "figure/figure_files.h"
#include "session.h"

namespace treegrpo {

class FigureDialog;

class FigureCommands : public QObject {
  Q_OBJECT

 public:
  // What the window shows, and where a figure begins: as panels, what each view shows of it.
  struct Shown {
    std::string run;  // name; empty: none
    std::int32_t iteration = 0, prompt = 0;
    std::vector<FigurePanel> tree, curves, compared, compared_curves;
  };
  struct Parts {
    Session& session;
    const Actions& actions;
    std::function<Shown()> shown;
    QWidget* window;
  };
  explicit FigureCommands(const Parts& parts);

  // Opens the dialog on what a view shows.
  void exportTree() { open(&Shown::tree); }
  void exportCurves() { open(&Shown::curves); }
  void exportCompared() { open(&Shown::compared); }
  void exportComparedCurves() { open(&Shown::compared_curves); }

 Q_SIGNALS:
  void refused(const QString& sentence);  // there is no run to draw

 private:
  void open(std::vector<FigurePanel> Shown::*panels);
  void read(FigureDialog* dialog);
  void write(FigureDialog* dialog, FigureFormat format, bool csv);
  void save(FigureDialog* dialog);
  void openRecipe(FigureDialog* dialog);

  Parts parts_;
};

}  // namespace treegrpo
