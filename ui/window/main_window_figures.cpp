#include "canvas/tree_view.h"
#include "views/message_strip.h"
#include "views/run_curves.h"
#include "views/tree_canvas.h"
#include "window/figure_commands.h"
#include "window/main_window.h"

namespace treegrpo {
namespace {

// As a recipe writes an overlay; what it does not know is drawn as advantages.
std::string edgesOf(Overlay overlay) {
  constexpr const char* words[] = {"advantage", "log_prob", "ratio", "kl",
                                   "reward",    "value",    "none"};
  const auto at = static_cast<std::size_t>(overlay);
  return at < std::size(words) ? words[at] : words[0];
}

}  // namespace

void MainWindow::wireFigures() {
  const auto shown = [this] {
    FigureCommands::Shown what;
    what.run = history_.summary().name;
    what.iteration = std::max(0, focus_.place().iteration);
    what.prompt = focus_.place().prompt.value;
    what.edges = edgesOf(canvas_->view().overlay);
    return what;
  };
  auto* figures = new FigureCommands({session_, actions_, shown, this});
  connect(figures, &FigureCommands::refused, this,
          [this](const QString& sentence) { strip_->say(MessageStrip::Kind::warning, sentence); });
  curves_->setContextMenuPolicy(Qt::ActionsContextMenu);
  curves_->addAction(actions_[u"file.export_curves"]);
}

}  // namespace treegrpo
