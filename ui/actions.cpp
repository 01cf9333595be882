#include "actions.h"

#include <QWidget>
#include <algorithm>

#include "base/error.h"
#include "style/icons.h"

namespace treegrpo {
namespace {

constexpr auto tree = ActionScope::tree;
constexpr auto window = ActionScope::window;

// name, menu, text, tooltip, keys, icon
constexpr ActionRow rows[] = {
    {"file.new_store", "File", "New workspace…", "Makes an empty workspace file (.tgws)", "Ctrl+N",
     ""},
    {"file.open", "File", "Open workspace…", "Opens a workspace file (.tgws)", "Ctrl+O", "folder"},
    {"file.free_space", "File", "Free space…",
     "Removes pictures beyond a budget, files that nobody knows and, if wanted, the trash", "", ""},
    {"file.check_store", "File", "Check and repair",
     "Looks at all of the workspace and mends what can be mended without loss", "", "check"},
    {"file.save_image", "File", "Save image of the selected node…",
     "Writes the selected node's picture as a PNG file", "", "image"},
    {"file.import", "File", "Import runs…", "Copies runs of another workspace into this one", "",
     "folder"},
    {"file.export_model", "File", "Export model…",
     "Writes the run's model with the weights of its last checkpoint (safetensors)", "", "export"},
    {"file.export_figure", "File", "Export figure…",
     "The tree as it is shown, as a figure for a paper: PDF, SVG, PNG or PGF", "Ctrl+Shift+E",
     "export"},
    {"file.export_curves", "File", "Export figure of the curves…",
     "The curves as they are shown, as a figure for a paper", "", "export"},
    {"file.preferences", "File", "Preferences…", "Device, threads, disk budget, looks", "Ctrl+,",
     "settings"},
    {"file.shortcuts", "File", "Change shortcuts…",
     "Every command with its keys: gives it others, says which command has a key", "", ""},
    {"file.quit", "File", "Quit", "Closes the window; a run is stopped with a checkpoint", "Ctrl+Q",
     ""},

    {"edit.copy_node", "Edit", "Copy node id", "Copies the selected node's id", "Ctrl+C", "copy"},
    {"edit.copy_command", "Edit", "Copy command", "Copies the command that makes this node again",
     "Ctrl+Shift+C", "copy"},
    {"edit.copy_image", "Edit", "Copy image", "Copies the selected node's picture", "", "image"},
    {"edit.find", "Edit", "Find…", "Finds nodes by id, number, kind or prompt", "Ctrl+F", "search"},
    {"edit.find_next", "Edit", "Find next", "Goes to the next node that was found", "F3", "next"},
    {"edit.find_previous", "Edit", "Find previous", "Goes to the node before that was found",
     "Shift+F3", "prev"},
    {"edit.back", "Edit", "Back", "The selection before this one", "Alt+Left", "prev"},
    {"edit.forward", "Edit", "Forward", "The selection after this one", "Alt+Right", "next"},

    {"view.palette", "View", "Command palette…", "Every command by name", "Ctrl+P", "search"},
    {"view.log", "View", "Show the log", "Brings the events of the run to the front", "", ""},
    {"view.probes", "View", "Probe strip…",
     "The same pictures at every checkpoint, with rewards, KL and diversity below", "", "image"},
    {"view.queue", "View", "Show the queue",
     "Runs, sampling and other work, here and in other processes, with a button that cancels",
     "Ctrl+J", "table"},
    {"view.tree_table", "View", "Tree as table", "The nodes of the tree with their numbers as rows",
     "Ctrl+Shift+T", "table"},
    {"view.layout_explore", "View|Layout", "Explore", "Tree, path, curves and inspector",
     "Ctrl+Shift+1", "", window, true},
    {"view.layout_train", "View|Layout", "Train", "Large curves beside a small tree",
     "Ctrl+Shift+2", "", window, true},
    {"view.layout_compare", "View|Layout", "Compare", "Runs side by side: trees, pictures, curves",
     "Ctrl+Shift+3", "", window, true},
    {"view.layout_figure", "View|Layout", "Figure", "The tree alone", "Ctrl+Shift+4", "", window,
     true},
    {"view.reset_layout", "View|Layout", "Reset layout", "Puts every dock back in its place", "",
     ""},
    {"view.theme_dark", "View|Theme", "Dark", "Light text on dark ground", "", "", window, true},
    {"view.theme_light", "View|Theme", "Light", "Dark text on light ground", "", "", window, true},
    {"view.theme_contrast", "View|Theme", "High contrast",
     "White text and lines on black: text of 7:1, lines of 3:1 at least", "", "", window, true},
    {"view.zoom_in", "View|Text size", "Larger", "All of the window larger, up to 200 %",
     "Ctrl+=; Ctrl++; Ctrl+Shift+=", "plus"},
    {"view.zoom_out", "View|Text size", "Smaller", "All of the window smaller, down to 80 %",
     "Ctrl+-; Ctrl+Shift+-", "minus"},
    {"view.zoom_reset", "View|Text size", "100 %", "All of the window at its own size", "Ctrl+0",
     ""},
    {"view.full_screen", "View", "Full screen", "The window without its frame", "F11", "", window,
     true},

    {"run.toggle", "Run", "Run", "Trains, pauses and goes on", "Space", "run"},
    {"run.pause", "Run", "Pause", "Holds the run at its next safe point; the model stays loaded",
     "", "pause"},
    {"run.step", "Run", "Step", "From a pause to the next denoising step", "S", "step"},
    {"run.step_tree", "Run|Step", "One tree", "From a pause until the trees have rewards", "", ""},
    {"run.step_update", "Run|Step", "One update", "From a pause to the optimiser's next step", "",
     ""},
    {"run.step_iteration", "Run|Step", "One iteration", "From a pause to the end of the iteration",
     "", ""},
    {"run.stop", "Run", "Stop", "Ends the run with a checkpoint; a second time ends it at once",
     "Ctrl+.", "stop"},
    {"run.sample", "Run", "Sample now…", "Draws images of any prompt with the weights as they are",
     "Ctrl+T", "sample"},
    {"run.evaluate", "Run", "Evaluate now", "Scores the weights as they are on held-out prompts",
     "Ctrl+E", "check"},
    {"run.new", "Run", "New run…",
     "Trains with the options of a method, of another run or of a file, changed as you like",
     "Ctrl+R", "plus"},
    {"run.schedule", "Run", "Branching schedule…",
     "Draws what each denoising step does, with its cost, for the run in progress or a new one",
     "Ctrl+B", "branch"},
    {"run.prompts", "Run", "Prompt set…",
     "Edits the prompts of the run that is shown, as a file for a new run", "", ""},
    {"run.resume", "Run", "Resume run", "Goes on with the run that is shown, from its checkpoint",
     "", "run"},

    {"tree.parent", "Tree|Walk", "Parent", "Goes to the parent", "Left", "", tree},
    {"tree.child", "Tree|Walk", "Child", "Goes to the child walked last, else the best", "Right",
     "", tree},
    {"tree.previous_sibling", "Tree|Walk", "Sibling above",
     "Goes to the sibling above, at the ends to the nearest cousin", "Up", "", tree},
    {"tree.next_sibling", "Tree|Walk", "Sibling below",
     "Goes to the sibling below, at the ends to the nearest cousin", "Down", "", tree},
    {"tree.previous_branching", "Tree|Walk", "Branching node before",
     "Goes to the nearest ancestor that branches", "Ctrl+Left", "", tree},
    {"tree.next_branching", "Tree|Walk", "Branching node after",
     "Goes to the next node that branches", "Ctrl+Right", "", tree},
    {"tree.root", "Tree|Walk", "Root", "Goes to the root", "Home", "", tree},
    {"tree.best_leaf_below", "Tree|Walk", "Best leaf below",
     "Goes to the leaf of the highest reward below the node", "End", "", tree},
    {"tree.best_leaf", "Tree|Walk", "Best leaf", "Goes to the leaf of the highest reward", "B", "",
     tree},
    {"tree.worst_leaf", "Tree|Walk", "Worst leaf", "Goes to the leaf of the lowest reward",
     "Shift+B", "", tree},
    {"tree.next_largest", "Tree|Walk", "Next largest |A|",
     "Goes to the edge of the next largest advantage", "N; F2", "", tree},
    {"tree.previous_largest", "Tree|Walk", "Larger |A|",
     "Goes to the edge of the next larger advantage", "Shift+N; Shift+F2", "", tree},
    {"tree.collapse", "Tree", "Collapse or open", "Hides or shows what lies below the node", "C",
     "collapse", tree},
    {"tree.collapse_others", "Tree", "Collapse all but the path",
     "Hides what does not lead to the node", "Shift+C", "", tree},
    {"tree.hoist", "Tree", "Hoist", "Shows the node's subtree alone", "H", "", tree},
    {"tree.unhoist", "Tree", "Show the whole tree", "Ends hoisting", "Shift+H", "", tree},
    {"tree.reference", "Tree", "Set as reference", "Numbers and images are compared with this node",
     "R", "", tree},
    {"tree.bookmark", "Tree", "Bookmark", "Sets or removes a bookmark", "M", "bookmark", tree},
    {"tree.next_bookmark", "Tree", "Next bookmark", "Goes to the next bookmarked node", "'", "",
     tree},
    {"tree.regrow", "Tree", "Regrow from here",
     "Grows the node's subtree again from other noise; never trained", "", "regrow"},
    {"tree.more_leaves", "Tree", "More leaves from here",
     "Samples eight more leaves below the node; never trained", "", ""},
    {"tree.trained", "Tree", "Back to the trained tree",
     "Shows the tree itself in place of what was grown again from it", "", ""},
    {"tree.fit", "Tree|Zoom", "Fit tree", "Shows the whole tree", "F", "fit", tree},
    {"tree.fit_subtree", "Tree|Zoom", "Fit subtree", "Shows the selected node's subtree", "Z", "",
     tree},
    {"tree.zoom_100", "Tree|Zoom", "100 %", "Shows the tree at its own size", "0", "", tree},
    {"tree.zoom_in", "Tree|Zoom", "Zoom in", "Shows the tree larger", "+; =", "plus", tree},
    {"tree.zoom_out", "Tree|Zoom", "Zoom out", "Shows the tree smaller", "-", "minus", tree},
    {"tree.order_value", "Tree", "Order by value", "Best siblings first", "", "", tree, true},
    {"tree.overlay_advantage", "Tree|Edges show", "Advantage",
     "Edges coloured by their step-specific advantage", "O, A", "", tree, true},
    {"tree.overlay_log_prob", "Tree|Edges show", "Log-probability",
     "Edges coloured by the log-probability of their step", "O, L", "", tree, true},
    {"tree.overlay_ratio", "Tree|Edges show", "Ratio",
     "Edges coloured by the ratio of new to old policy", "O, R", "", tree, true},
    {"tree.overlay_kl", "Tree|Edges show", "KL",
     "Edges coloured by their divergence from the reference weights", "O, K", "", tree, true},
    {"tree.overlay_reward", "Tree|Edges show", "Reward",
     "Edges coloured by the mean reward of the leaves below", "O, W", "", tree, true},
    {"tree.overlay_value", "Tree|Edges show", "Value", "Edges coloured by the backed-up value",
     "O, V", "", tree, true},
    {"tree.overlay_none", "Tree|Edges show", "Nothing", "Edges without colour", "O, N", "", tree,
     true},
    {"tree.live", "Tree", "Back to live", "Follows the run again", "L", "pin"},
    {"tree.previous_iteration", "Tree", "Previous iteration", "Shows the iteration before", "[",
     "prev"},
    {"tree.next_iteration", "Tree", "Next iteration", "Shows the iteration after", "]", "next"},
    {"tree.previous_prompt", "Tree", "Previous prompt", "Shows the prompt before", "PgUp", "prev"},
    {"tree.next_prompt", "Tree", "Next prompt", "Shows the prompt after", "PgDown", "next"},

    {"compare.runs", "Compare", "Compare runs",
     "Shows the runs that are selected in the list side by side", "Ctrl+Return", "compare"},
    {"compare.library", "Compare", "Run library…",
     "All runs in one table: filter, group, rename, tag, choose what to compare", "Ctrl+L",
     "table"},

    {"compare.export_figure", "Compare", "Export figure of the comparison…",
     "The trees, pictures or probes as they are shown side by side, as a figure for a paper", "",
     "export"},
    {"compare.export_curves", "Compare", "Export figure of the compared curves…",
     "The curves of the compared runs as they are shown, as a figure for a paper", "", "export"},

    {"help.guide", "Help", "What am I looking at?", "A page on every view", "F1", "info"},
    {"help.keys", "Help", "Keyboard shortcuts", "Every key; hold ? over the tree for its own",
     "Ctrl+/", ""},
    {"help.about", "Help", "About TreeGRPO Studio", "Version and what it was built with", "", ""},
};

}  // namespace

std::span<const ActionRow> actionRows() { return rows; }

Actions::Actions(QObject* parent) : QObject(parent) {
  for (const ActionRow& row : rows) {
    auto* action = new QAction(QString::fromUtf8(row.text), parent);
    action->setObjectName(QString::fromUtf8(row.name));
    action->setCheckable(row.checkable);
    action->setShortcutContext(row.scope == ActionScope::tree ? Qt::WidgetShortcut
                                                              : Qt::WindowShortcut);
    action->setStatusTip(QString::fromUtf8(row.tooltip));
    actions_.push_back(action);
    by_name_.emplace(action->objectName(), action);
  }
  setKeys({});
}

void Actions::setKeys(const KeyChoice& choice) {
  for (std::size_t i = 0; i < actions_.size(); ++i) {
    actions_[i]->setShortcuts(keysOf(rows[i], choice));
    const QString key = actions_[i]->shortcut().toString(QKeySequence::NativeText);
    const QString tip = QString::fromUtf8(rows[i].tooltip);
    actions_[i]->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key));
  }
  Q_EMIT keysChanged();
}

QString Actions::howTo(QStringView name) const {
  const QAction* action = (*this)[name];
  const QString key = action->shortcut().toString(QKeySequence::NativeText);
  if (!key.isEmpty()) return tr("press %1").arg(key);
  const auto row = std::ranges::find_if(
      rows, [&](const ActionRow& one) { return name == QLatin1String(one.name); });
  return tr("choose %1 in the menu %2")
      .arg(QString::fromUtf8(row->text),
           QString::fromUtf8(row->menu).replace('|', QStringLiteral(" › ")));
}

QAction* Actions::operator[](QStringView name) const {
  const auto found = by_name_.find(name.toString());
  if (found == by_name_.end())
    throw Error("there is no action '" + name.toString().toStdString() +
                "'; View, Command palette lists them");
  return found->second;
}

void Actions::addTo(QWidget* widget, ActionScope scope) const {
  for (std::size_t i = 0; i < actions_.size(); ++i)
    if (rows[i].scope == scope) widget->addAction(actions_[i]);
}

void Actions::setTheme(const Theme& theme) {
  for (std::size_t i = 0; i < actions_.size(); ++i)
    if (*rows[i].icon) actions_[i]->setIcon(icon(QString::fromUtf8(rows[i].icon), theme));
}

}  // namespace treegrpo
