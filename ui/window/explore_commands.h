// Regrow and more leaves: what else could have grown from the selected node, at any time. With the
// weights of the run in progress, also while it is paused; between runs with those of the last
// checkpoint. The result is stored beside the tree, then shown.
#pragma once

#include <QObject>
#include <cstdint>

#include "actions.h"
#include "focus.h"
#include "session.h"

namespace treegrpo {

class ExploreCommands : public QObject {
  Q_OBJECT

 public:
  ExploreCommands(Session& session, const Focus& focus, const Actions& actions, QWidget* window);

  // Each grows from that node of the tree that is looked at.
  void regrow(std::int32_t node) { grow(node, RegrowKind::subtree); }
  void moreLeaves(std::int32_t node) { grow(node, RegrowKind::leaves); }

  // The command line that grows from the node, empty at a leaf; of what was grown again, the one
  // that grows it.
  QString commandOf(std::int32_t node) const;

 Q_SIGNALS:
  void refused(const QString& sentence);
  void stored(std::int64_t id);     // beside the tree that was looked at
  void showAsked(std::int64_t id);  // on the canvas

 private:
  void grow(std::int32_t node, RegrowKind kind);
  void compute(RunId run, RegrowOptions options);
  void store(RunId run, Regrown regrown);
  void enable();
  QString commandLine(RunId run, const Regrown& regrown) const;

  Session& session_;
  const Focus& focus_;
  const Actions& actions_;
  QWidget* window_;
};

}  // namespace treegrpo
