#include "window/regrown_commands.h"

#include <algorithm>
#include <utility>

namespace treegrpo {

QString regrownWords(const Regrown& regrown) {
  const TreeRecord& tree = regrown.tree;
  const QString node =
      QString::fromStdString(nodeName(tree, treeFigures(tree), regrown.node)).section('.', 0, 0);
  const QString words = regrown.kind == RegrowKind::leaves
                            ? QObject::tr("%1 more leaves of %2")
                            : QObject::tr("%1 leaves regrown from %2");
  return words.arg(leaves(tree).size())
             .arg(QObject::tr("node %1 (%2)").arg(regrown.from.value).arg(node)) +
         QObject::tr(", seed %1").arg(regrown.seed);
}

std::set<std::int32_t> newNodes(const Regrown& regrown) {
  std::set<std::int32_t> nodes;
  const std::vector<TreeNode>& all = regrown.tree.nodes;
  for (std::size_t at = 0; at < all.size(); ++at)
    if (all[at].parent == regrown.node || nodes.contains(all[at].parent))
      nodes.insert(static_cast<std::int32_t>(at));
  return nodes;
}

RegrownCommands::RegrownCommands(const Parts& parts, QObject* parent)
    : QObject(parent), parts_(parts) {
  connect(&parts_.focus, &Focus::treeChanged, this, &RegrownCommands::follow);
  connect(&parts_.focus, &Focus::followingChanged, this, &RegrownCommands::follow);
  connect(&parts_.session, &Session::stateChanged, this, &RegrownCommands::follow);
  connect(&parts_.header, &CanvasHeader::regrownChosen, this, &RegrownCommands::choose);
  connect(parts_.actions[u"tree.trained"], &QAction::triggered, this, [this] { choose(-1); });
  showChoice();
}

// Of trees that come and go by themselves nothing is asked.
void RegrownCommands::follow() {
  const Place& place = parts_.focus.place();
  const bool passing = parts_.focus.following() && parts_.session.state() == RunState::running;
  if (parts_.focus.growing().on || passing || place.iteration < 0) {
    ++question_;
    place_ = {};
    all_.clear();
  } else if (place != place_) {
    all_.clear();
    refresh();
  }
  showChoice();
}

void RegrownCommands::refresh(std::int64_t show) {
  place_ = parts_.focus.place();
  if (place_.iteration < 0) return;
  const int question = ++question_;
  parts_.session.ask<std::vector<StoredRegrown>>(
      [place = place_](Workbench& store) -> std::vector<StoredRegrown> {
        // Of a tree that is whole before its iteration is stored nothing was regrown yet.
        if (store.prompts(place.run, place.iteration).empty()) return {};
        return store.regrown(place.run, place.iteration, place.prompt);
      },
      this,
      [this, question, show](std::vector<StoredRegrown> all) {
        if (question == question_) list(std::move(all), show);
      });
}

void RegrownCommands::list(std::vector<StoredRegrown> all, std::int64_t show) {
  all_.clear();
  for (StoredRegrown& one : all)
    all_.push_back(std::make_shared<const StoredRegrown>(std::move(one)));
  const auto asked = std::ranges::find(all_, show, [](const auto& one) { return one->id; });
  if (asked != all_.end()) return choose(static_cast<int>(asked - all_.begin()));
  showChoice();
}

void RegrownCommands::choose(int which) {
  const bool known = which >= 0 && which < static_cast<int>(all_.size());
  if (!known && !parts_.focus.regrown()) return;
  parts_.focus.showRegrown(known ? all_[static_cast<std::size_t>(which)] : nullptr);
}

void RegrownCommands::showChoice() {
  QStringList words;
  for (const auto& one : all_) words << regrownWords(one->regrown);
  const auto& shown = parts_.focus.regrown();
  const auto found =
      std::ranges::find_if(all_, [&](const auto& one) { return shown && one->id == shown->id; });
  parts_.header.setRegrown(words,
                           found == all_.end() ? -1 : static_cast<int>(found - all_.begin()));
  parts_.canvas.setRegrown(shown ? newNodes(shown->regrown) : std::set<std::int32_t>());
  parts_.actions[u"tree.trained"]->setEnabled(shown != nullptr);
}

}  // namespace treegrpo
