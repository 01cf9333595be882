// Figures kept with runs: what the export dialog asks of the store, and what it is told of it.
#pragma once

#include <QObject>
#include <functional>

#include "session.h"

namespace treegrpo {

class FigureDialog;

// Belongs to the dialog and goes with it.
class FigureKeeping : public QObject {
  Q_OBJECT

 public:
  FigureKeeping(Session& session, FigureDialog& dialog);

  // Reads what is kept with the first run of the dialog's recipe.
  void read();

 private:
  // Does it on the store's thread; then reads again, and does `then` where it did not fail. What
  // failed is said in the dialog.
  void change(std::function<void(Workbench&, const std::string& run)> work,
              std::function<void()> then = {});

  Session& session_;
  FigureDialog& dialog_;
};

}  // namespace treegrpo
