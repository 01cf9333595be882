// treegrpo-studio: the window.
#include <sys/socket.h>
#include <unistd.h>

#include <QApplication>
#include <QSettings>
#include <QSocketNotifier>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string_view>

#include "base/paths.h"
#include "engine/engine_loader.h"
#include "studio/automation.h"
#include "studio/figure_export.h"
#include "studio/options.h"
#include "style/resources.h"
#include "style/studio_style.h"
#include "window/main_window.h"
#include "workbench/failure.h"
#include "workbench/provenance.h"

namespace treegrpo::studio {
namespace {

std::array<int, 2> signal_pipe{};  // a signal handler may write to a socket and do little else

void onSignal(int) {
  const char byte = 1;
  [[maybe_unused]] const ssize_t written = ::write(signal_pipe[0], &byte, 1);
}

// The windows of the program: one, and another one after it where another workspace is opened.
class Program {
 public:
  explicit Program(Options options) : options_(std::move(options)) {}

  void open(const QString& store, bool first) {
    Preferences preferences = loadPreferences(desktop_theme_);
    preferences.theme = themeNamed(options_.theme.toStdString(), preferences.theme);
    window_ = std::make_unique<MainWindow>(store.toStdString(), load_engine, preferences,
                                           options_.canvas);
    QObject::connect(window_.get(), &MainWindow::storeChosen, window_.get(),
                     [this](const QString& file) { change(file); });
    if (!options_.layout.isEmpty()) window_->useLayout(options_.layout);
    window_->show();
    if (!first || options_.config.isEmpty()) return window_->openStore(first);
    window_->commands().trainFile(options_.config, options_.iterations, options_.start_paused);
  }

  MainWindow& window() { return *window_; }
  int exitCode() const { return window_->property("exit_code").toInt(); }

 private:
  // Later: the window that asks for it goes.
  void change(const QString& file) {
    QMetaObject::invokeMethod(
        qApp,
        [this, file] {
          const std::unique_ptr<MainWindow> old = std::move(window_);
          open(file, false);
          old->close();
        },
        Qt::QueuedConnection);
  }

  Options options_;
  const ThemeKind desktop_theme_ = desktopTheme(qApp->palette());  // before a theme replaces it
  std::unique_ptr<MainWindow> window_;
};

// SIGTERM, SIGINT and SIGHUP close the window as a user would, without asking.
void closeOnSignals(QApplication& application, Program& program) {
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signal_pipe.data()) != 0) return;
  auto* notifier = new QSocketNotifier(signal_pipe[1], QSocketNotifier::Read, &application);
  QObject::connect(notifier, &QSocketNotifier::activated, &application, [&program] {
    char byte = 0;
    [[maybe_unused]] const ssize_t got = ::read(signal_pipe[1], &byte, 1);
    program.window().closeWithoutAsking();
  });
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::signal(number, onSignal);
  ::signal(SIGXFSZ, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
}

QString storeOf(const Options& options) {
  if (!options.store.isEmpty()) return options.store;
  const QString last = QSettings().value("recent/stores").toStringList().value(0);
  if (qEnvironmentVariableIsEmpty("TREEGRPO_STORE") && !last.isEmpty()) return last;
  return QString::fromStdString(default_store_path().string());
}

int run(QApplication& application) {
  const Options options = parseOptions(application.arguments());
  if (!options.figure.isEmpty()) {
    exportFigure(options.figure, storeOf(options), options.out);
    return 0;
  }
  Program program(options);
  program.open(storeOf(options), true);
  if (options.timings) tellTimings(program.window());
  closeOnSignals(application, program);
  // Once events are handled: a window that is closed before ends no program.
  QMetaObject::invokeMethod(
      &program.window(), [&] { automate(program.window(), options); }, Qt::QueuedConnection);
  const int code = application.exec();
  return code != 0 ? code : program.exitCode();
}

}  // namespace
}  // namespace treegrpo::studio

int main(int argc, char** argv) {
  // A figure needs no display; which platform Qt uses is asked before there is a parser.
  const bool figure = std::any_of(argv, argv + argc, [](const char* word) {
    return std::string_view(word).starts_with("--export-figure");
  });
  if (figure) qputenv("QT_QPA_PLATFORM", "offscreen");
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);  // docking keeps each GL context
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName("treegrpo");
  QCoreApplication::setApplicationName("studio");
  QCoreApplication::setApplicationVersion(QString::fromStdString(treegrpo::program_version()));
  treegrpo::openResources();
  try {
    return treegrpo::studio::run(application);
  } catch (...) {
    const treegrpo::Error failure = treegrpo::current_failure();
    std::fprintf(stderr, "treegrpo-studio: %s\n", failure.what());
    return failure.kind() == treegrpo::ErrorKind::usage ? 2 : 1;
  }
}
