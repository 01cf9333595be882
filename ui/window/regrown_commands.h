// What was grown again from the tree that is looked at: read from the store, listed in the header
// of the canvas, shown in place of the tree.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <vector>

#include "actions.h"
#include "focus.h"
#include "session.h"
#include "views/canvas_header.h"
#include "views/tree_canvas.h"

namespace treegrpo {

class RegrownCommands : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    Session& session;
    Focus& focus;
    const Actions& actions;
    CanvasHeader& header;
    TreeCanvas& canvas;
  };
  RegrownCommands(const Parts& parts, QObject* parent);

  // Reads the list anew, as after another was stored; then shows that one, if it is of this tree.
  void refresh(std::int64_t show = 0);

 private:
  void follow();
  void list(std::vector<StoredRegrown> all, std::int64_t show);
  void choose(int which);
  void showChoice();

  Parts parts_;
  Place place_;       // whose list it is
  int question_ = 0;  // to the store, the newest
  std::vector<std::shared_ptr<const StoredRegrown>> all_;
};

// "3 leaves from t4.2, seed 1" or "from t4.2, seed 1: 27 leaves".
QString regrownWords(const Regrown& regrown);

// The nodes that are new: all below the one that it was grown from.
std::set<std::int32_t> newNodes(const Regrown& regrown);

}  // namespace treegrpo
