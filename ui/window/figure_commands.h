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
  // What the window shows, and where a figure begins.
  struct Shown {
    std::string run;  // name; empty: none
    std::int32_t iteration = 0, prompt = 0;
    std::string edges = "advantage";
    std::string x = "iteration";
  };
  struct Parts {
    Session& session;
    const Actions& actions;
    std::function<Shown()> shown;
    QWidget* window;
  };
  explicit FigureCommands(const Parts& parts);

  // Opens the dialog on the tree, or on the curves.
  void exportTree();
  void exportCurves();

 Q_SIGNALS:
  void refused(const QString& sentence);  // there is no run to draw

 private:
  void open(const PanelContent& content);
  void read(FigureDialog* dialog);
  void write(FigureDialog* dialog, FigureFormat format, bool csv);
  void save(FigureDialog* dialog);
  void openRecipe(FigureDialog* dialog);

  Parts parts_;
};

}  // namespace treegrpo
