#include "window/find_commands.h"

#include <algorithm>

#include "views/find_bar.h"
#include "views/tree_canvas.h"

namespace treegrpo {

FindCommands::FindCommands(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(parts_.actions[u"edit.find"], &QAction::triggered, this, [this] {
    parts_.bar.open();
    search();
  });
  connect(parts_.actions[u"edit.find_next"], &QAction::triggered, this, [this] { go(1); });
  connect(parts_.actions[u"edit.find_previous"], &QAction::triggered, this, [this] { go(-1); });
  connect(&parts_.bar, &FindBar::queryChanged, this, &FindCommands::search);
  connect(&parts_.bar, &FindBar::nextAsked, this, [this] { go(1); });
  connect(&parts_.bar, &FindBar::previousAsked, this, [this] { go(-1); });
  connect(&parts_.bar, &FindBar::closed, this, &FindCommands::close);
  connect(&parts_.focus, &Focus::treeChanged, this, [this] {
    if (parts_.bar.isVisible()) search();
  });
  connect(&parts_.focus, &Focus::selectionChanged, this, &FindCommands::showPlace);
}

void FindCommands::search() {
  matches_ = {};
  if (parts_.focus.tree())
    matches_ =
        findNodes(*parts_.focus.tree(), *parts_.focus.figures(), parts_.bar.query().toStdString());
  parts_.canvas.setFound({matches_.nodes.begin(), matches_.nodes.end()});
  showPlace();
}

int FindCommands::current() const {
  const auto at = std::ranges::find(matches_.nodes, parts_.focus.selected());
  return at == matches_.nodes.end() ? -1 : static_cast<int>(at - matches_.nodes.begin());
}

void FindCommands::showPlace() {
  parts_.bar.setResult(current(), static_cast<int>(matches_.nodes.size()),
                       QString::fromStdString(matches_.problem));
}

// Around at the ends; from a node between two matches to the next one in node order.
void FindCommands::go(int by) {
  if (!parts_.bar.isVisible()) {
    parts_.bar.open();
    search();
  }
  const auto count = static_cast<int>(matches_.nodes.size());
  if (count == 0) {
    const int prompt = matches_.of_prompt ? parts_.prompt_with(parts_.bar.query().trimmed()) : -1;
    if (prompt >= 0) parts_.focus.choosePrompt({prompt});
    return;
  }
  int at = current();
  if (at < 0) {
    const auto after = std::ranges::upper_bound(matches_.nodes, parts_.focus.selected());
    at = static_cast<int>(after - matches_.nodes.begin()) - (by > 0 ? 1 : 0);
  }
  parts_.focus.select(matches_.nodes[static_cast<std::size_t>((at + by + count) % count)]);
}

void FindCommands::close() {
  parts_.bar.hide();
  parts_.canvas.setFound({});
  parts_.canvas.setFocus();
}

}  // namespace treegrpo
