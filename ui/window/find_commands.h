// Finding: what is typed into the bar is looked for in the tree that is shown, marked there, and
// walked through; words that only another prompt has lead to its tree.
#pragma once

#include <QObject>
#include <functional>

#include "actions.h"
#include "canvas/tree_find.h"
#include "focus.h"

namespace treegrpo {

class FindBar;
class TreeCanvas;

class FindCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Focus& focus;
    const Actions& actions;
    FindBar& bar;
    TreeCanvas& canvas;
    std::function<int(const QString& words)> prompt_with;  // of this iteration; -1: none has them
  };
  FindCommands(const Parts& parts, QObject* parent);

 private:
  void search();
  void go(int by);
  void showPlace();
  void close();
  int current() const;  // of the matches, the one that is selected; -1: none

  Parts parts_;
  TreeMatches matches_;
};

}  // namespace treegrpo
