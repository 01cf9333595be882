#include "window/explore_commands.h"

#include <utility>

#include "views/regrown_dialog.h"
#include "window/weights_commands.h"

namespace treegrpo {

ExploreCommands::ExploreCommands(Session& session, const Focus& focus, const Actions& actions,
                                 QWidget* window)
    : QObject(window), session_(session), focus_(focus), actions_(actions), window_(window) {
  connect(actions_[u"tree.regrow"], &QAction::triggered, this,
          [this] { regrow(focus_.selected()); });
  connect(actions_[u"tree.more_leaves"], &QAction::triggered, this,
          [this] { moreLeaves(focus_.selected()); });
  connect(&focus_, &Focus::selectionChanged, this, &ExploreCommands::enable);
  connect(&focus_, &Focus::treeChanged, this, &ExploreCommands::enable);
  connect(&session_, &Session::computingChanged, this, &ExploreCommands::enable);
  enable();
}

// Of a whole tree that trained, from a node that is no leaf, while the engine does no other work.
void ExploreCommands::enable() {
  const std::int32_t node = focus_.selected();
  const bool can = node >= 0 && !focus_.growing().on && !focus_.regrown() &&
                   !session_.computing() && !focus_.tree()->is_leaf(static_cast<std::size_t>(node));
  for (const auto name : {u"tree.regrow", u"tree.more_leaves"})
    actions_[QStringView(name)]->setEnabled(can);
}

void ExploreCommands::grow(std::int32_t node, RegrowKind kind) {
  const Place& place = focus_.place();
  if (node < 0 || place.iteration < 0) return;
  if (focus_.regrown())
    return Q_EMIT refused(
        tr("What is shown was grown again; go back to the trained tree to grow from its nodes."));
  if (session_.computing())
    return Q_EMIT refused(tr("The engine is at other work for the window; wait for its end."));
  if (session_.trainsHere() && session_.run() != place.run)
    return Q_EMIT refused(
        tr("Another run is in progress and its weights alone are in memory; stop it to grow from "
           "the trees of this one."));
  const RegrowAsked asked{.run = place.run,
                          .iteration = place.iteration,
                          .prompt = place.prompt,
                          .node = {node},
                          .kind = kind};
  session_.ask<RegrowOptions>(
      [asked](Workbench& store) { return store.regrow_options(asked); }, this,
      [this, run = place.run](RegrowOptions options) { compute(run, std::move(options)); });
}

void ExploreCommands::compute(RunId run, RegrowOptions options) {
  const QString what = (options.kind == RegrowKind::leaves ? tr("Grow more leaves from node %1")
                                                           : tr("Regrow from node %1"))
                           .arg(options.node.value);
  const bool started = session_.compute<Regrown>(
      [run, config = options.config](Workbench& workbench) {
        return workbench.stored_model(run, config);
      },
      [options](ModelWork& model, const Proceed& proceed) {
        return model.regrow(options, proceed);
      },
      this, [this, run](Regrown regrown) { store(run, std::move(regrown)); }, what);
  if (!started) Q_EMIT refused(tr("The engine is at other work for the window; wait for its end."));
}

void ExploreCommands::store(RunId run, Regrown regrown) {
  session_.ask<StoredRegrown>(
      [run, regrown = std::move(regrown)](Workbench& workbench) {
        return workbench.add_regrown(run, regrown);
      },
      this,
      [this, run](const StoredRegrown& stored) {
        const Regrown& made = stored.regrown;
        auto* dialog =
            new RegrownDialog(made, wordsOf(made.weights), commandLine(run, made), window_);
        connect(dialog, &RegrownDialog::showAsked, this,
                [this, id = stored.id] { Q_EMIT showAsked(id); });
        dialog->show();
        Q_EMIT this->stored(stored.id);
      });
}

// Whose weights is left to the last checkpoint where those of the moment are in no file.
QString ExploreCommands::commandLine(RunId run, const Regrown& regrown) const {
  QString line = QStringLiteral("treegrpo regrow %1 --iteration %2 --prompt %3 --node %4")
                     .arg(run.value)
                     .arg(regrown.tree.iteration)
                     .arg(regrown.tree.prompt.value)
                     .arg(regrown.from.value);
  if (regrown.kind == RegrowKind::leaves)
    line += QStringLiteral(" --leaves %1").arg(leaves(regrown.tree).size());
  return line + QStringLiteral(" --seed %1 --store '%2'")
                    .arg(regrown.seed)
                    .arg(QString::fromStdString(session_.store().string()));
}

QString ExploreCommands::commandOf(std::int32_t node) const {
  const Place& place = focus_.place();
  if (focus_.regrown()) return commandLine(place.run, focus_.regrown()->regrown);
  if (node < 0 || place.iteration < 0 || focus_.tree()->is_leaf(static_cast<std::size_t>(node)))
    return {};
  Regrown regrown;
  regrown.tree.iteration = place.iteration;
  regrown.tree.prompt = place.prompt;
  regrown.from = {node};
  return commandLine(place.run, regrown);
}

}  // namespace treegrpo
