#include "studio/automation.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <iterator>
#include <memory>

#include "canvas/canvas_view.h"

namespace treegrpo::studio {
namespace {

constexpr int state_milliseconds = 50;  // between two looks at a state that is waited for

struct NamedState {
  QString name;
  RunState state;
};
const NamedState states[] = {
    {"running", RunState::running}, {"paused", RunState::paused}, {"idle", RunState::idle}};

QString stateNames() {
  QStringList names;
  for (const NamedState& one : states) names << one.name;
  return names.join(", ");
}

void fail(MainWindow& window, const QString& sentence) {
  std::fprintf(stderr, "treegrpo-studio: %s\n", qPrintable(sentence));
  window.setProperty("exit_code", 1);
  window.closeWithoutAsking();
}

// What the window looks like once it shows all that it knows, with its dialogs and the docks that
// float over it.
QPixmap picture(MainWindow& window) {
  window.focus().catchUp();
  QPixmap shown = window.grab();
  QPainter painter(&shown);
  for (QWidget* above : QApplication::topLevelWidgets())
    if (above != &window && above->isVisible() && above->windowType() != Qt::ToolTip)
      painter.drawPixmap(above->pos() - window.pos(), above->grab());
  return shown;
}

void takeScreenshot(MainWindow& window, const QString& file) {
  if (!picture(window).save(file, "PNG"))
    return fail(window, "'" + file + "' cannot be written; choose another folder");
  window.closeWithoutAsking();
}

// The lines of a script, run one after another.
class Script : public QObject {
 public:
  Script(MainWindow& window, QStringList lines, std::function<void()> done)
      : QObject(&window), window_(window), lines_(std::move(lines)), done_(std::move(done)) {}

  void next() {
    while (!lines_.isEmpty()) {
      const QString line = lines_.takeFirst().trimmed();
      if (line.isEmpty() || line.startsWith('#')) continue;
      if (line.startsWith("wait ")) {
        QTimer::singleShot(line.mid(5).toInt(), this, &Script::next);
        return;
      }
      if (line.startsWith("until ")) return waitUntil(line.mid(6));
      if (line.startsWith("screenshot ")) {
        if (!picture(window_).save(line.mid(11), "PNG"))
          return fail(window_, "'" + line.mid(11) + "' cannot be written");
        continue;
      }
      try {
        window_.actions()[line]->trigger();
      } catch (const std::exception& error) {
        return fail(window_, QString::fromUtf8(error.what()));
      }
    }
    done_();
  }

 private:
  // Goes on once the run that is shown live is in a state: "running", "paused", "idle".
  void waitUntil(const QString& state) {
    const auto wanted = std::ranges::find(states, state, &NamedState::name);
    if (wanted == std::end(states))
      return fail(window_, "'until " + state + "' waits for no state; there are " + stateNames());
    auto* timer = new QTimer(this);
    QObject::connect(timer, &QTimer::timeout, this, [this, timer, is = wanted->state] {
      if (window_.session().state() != is) return;
      timer->deleteLater();
      next();
    });
    timer->start(state_milliseconds);
  }

  MainWindow& window_;
  QStringList lines_;
  std::function<void()> done_;
};

void afterIteration(MainWindow& window, int iteration, const std::function<void()>& work) {
  QObject::connect(&window.session(), &Session::iterationFinished, &window,
                   [work, iteration](RunId, const IterationFinished& finished) {
                     // Once its tree has been painted.
                     if (finished.record->iteration == iteration) QTimer::singleShot(500, work);
                   });
}

}  // namespace

void tellTimings(MainWindow& window) {
  const auto tell = [](const char* what) {
    std::puts(what);
    std::fflush(stdout);
  };
  const auto* canvas = window.findChild<CanvasView*>("treeCanvas");
  QObject::connect(canvas, &CanvasView::painted, &window,
                   [&window, tell, painted = false, node = false]() mutable {
                     if (!painted) tell("painted");
                     painted = true;
                     const auto& tree = window.focus().tree();
                     if (node || !tree || tree->nodes.empty()) return;
                     tell("node");
                     node = true;
                   });
}

void automate(MainWindow& window, const Options& options) {
  std::function<void()> end;
  if (!options.screenshot.isEmpty())
    end = [&window, file = options.screenshot] { takeScreenshot(window, file); };
  else if (!options.script.isEmpty())
    end = [&window] { window.closeWithoutAsking(); };
  if (!end) return;
  std::function<void()> work = end;
  if (!options.script.isEmpty()) {
    QFile file(options.script);
    if (!file.open(QIODevice::ReadOnly))
      return fail(window, "there is no script '" + options.script + "' that can be read");
    auto* script = new Script(window, QString::fromUtf8(file.readAll()).split('\n'), end);
    work = [script] { script->next(); };
  }
  if (options.after_iteration >= 0)
    afterIteration(window, options.after_iteration, work);
  else
    QTimer::singleShot(options.screenshot.isEmpty() ? 0 : options.after_ms, &window, work);
}

}  // namespace treegrpo::studio
