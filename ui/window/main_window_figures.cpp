#include "comparison/compare_page.h"
#include "views/canvas_header.h"
#include "views/message_strip.h"
#include "views/run_curves.h"
#include "views/tree_canvas.h"
#include "window/figure_commands.h"
#include "window/main_window.h"
#include "window/menus.h"
#include "window/shown_panels.h"

namespace treegrpo {

void MainWindow::wireFigures() {
  const auto shown = [this] {
    FigureCommands::Shown what;
    what.run = history_.summary().name;
    what.iteration = std::max(0, focus_.place().iteration);
    what.prompt = focus_.place().prompt.value;
    TreeView view = canvas_->view();
    if (focus_.regrown()) {  // no figure has it: the tree itself is, whose nodes are others
      view.hoisted = -1;
      view.collapsed.clear();
    }
    what.tree = shownTree(what.run, what.iteration, what.prompt, view);
    what.curves = shownCurves(what.run, *curves_);
    what.compared = shownComparison(*compare_page_);
    what.compared_curves = shownComparedCurves(*compare_page_);
    return what;
  };
  auto* figures = new FigureCommands({session_, actions_, shown, this});
  connect(figures, &FigureCommands::refused, this,
          [this](const QString& sentence) { strip_->say(MessageStrip::Kind::warning, sentence); });
  header_->addButton(iconButton(actions_[u"file.export_figure"]));
  curves_->addButton(iconButton(actions_[u"file.export_curves"]));
  compare_page_->addViewButton(iconButton(actions_[u"compare.export_figure"]));
  compare_page_->addCurvesButton(iconButton(actions_[u"compare.export_curves"]));
  curves_->setContextMenuPolicy(Qt::ActionsContextMenu);
  curves_->addAction(actions_[u"file.export_curves"]);
}

}  // namespace treegrpo
