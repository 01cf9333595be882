#include "studio/options.h"

#include <QCommandLineParser>

#include "base/error.h"
#include "workbench/provenance.h"

namespace treegrpo::studio {
namespace {

Error usage(const QString& sentence) {
  return Error(sentence.toStdString() + "; 'treegrpo-studio --help' shows what there is",
               ErrorKind::usage);
}

int numberOf(const QString& text, const char* option, int least) {
  bool is_number = false;
  const int number = text.toInt(&is_number);
  if (!is_number || number < least)
    throw usage(QStringLiteral("%1 takes a whole number from %2 on, not '%3'")
                    .arg(QLatin1String(option))
                    .arg(least)
                    .arg(text));
  return number;
}

void declare(QCommandLineParser& parser) {
  parser.setApplicationDescription("Shows the denoising search tree of a run, live.");
  parser.addPositionalArgument("WORKSPACE", "Workspace file (.tgws)", "[WORKSPACE]");
  const auto option = [&](const char* name, const char* help, const char* value = "") {
    parser.addOption(
        QCommandLineOption(QLatin1String(name), QLatin1String(help), QLatin1String(value)));
  };
  option("store", "Workspace file (default: $TREEGRPO_STORE, else the last one)", "FILE");
  option("run", "Trains with a config file at once", "CONFIG");
  option("iterations", "Iterations of that run in total", "N");
  option("start-paused", "Holds that run before its first iteration");
  option("layout", "explore, train, compare or figure", "NAME");
  option("theme", "dark, light or contrast", "NAME");
  option("screenshot", "Writes a PNG of the window and ends", "FILE");
  option("after-ms", "Milliseconds before the screenshot (default: 1000)", "N");
  option("after-event", "iteration:N, before the screenshot", "EVENT");
  option("script",
         "File of actions, one a line, 'wait MS' or 'until running|paused|idle' between them; then "
         "ends",
         "FILE");
  option("export-figure",
         "Writes the figure of a recipe, a file or RUN/NAME of one kept with a run, to --out and "
         "ends; needs no display",
         "RECIPE");
  option("out", "File of --export-figure: .pdf, .svg, .png, .pgf or .csv", "FILE");
  option("timings", "Prints 'painted' and 'node' once the window and a first node are painted");
  option("gl-canvas", "Paints on GL, even where it is done in software");
  option("software-canvas", "Paints without GL");
  parser.addHelpOption();
  parser.addVersionOption();
}

void readScreenshot(const QCommandLineParser& parser, Options& options) {
  options.screenshot = parser.value("screenshot");
  options.after_ms =
      parser.isSet("after-ms") ? numberOf(parser.value("after-ms"), "--after-ms", 0) : 1000;
  if (!parser.isSet("after-event")) return;
  const QString event = parser.value("after-event");
  if (!event.startsWith("iteration:"))
    throw usage("--after-event takes iteration:N, not '" + event + "'");
  options.after_iteration = numberOf(event.mid(10), "--after-event iteration:N", 0);
}

}  // namespace

Options parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  declare(parser);
  if (!parser.parse(arguments)) throw usage(parser.errorText());
  if (parser.isSet("help")) parser.showHelp();
  if (parser.isSet("version")) parser.showVersion();
  Options options;
  options.store = parser.value("store");
  if (options.store.isEmpty() && !parser.positionalArguments().isEmpty())
    options.store = parser.positionalArguments().first();
  options.config = parser.value("run");
  if (parser.isSet("iterations"))
    options.iterations = numberOf(parser.value("iterations"), "--iterations", 1);
  options.start_paused = parser.isSet("start-paused");
  options.layout = parser.value("layout");
  options.theme = parser.value("theme");
  if (!options.theme.isEmpty() && options.theme != "dark" && options.theme != "light" &&
      options.theme != "contrast")
    throw usage("--theme is dark, light or contrast, not '" + options.theme + "'");
  readScreenshot(parser, options);
  options.script = parser.value("script");
  options.figure = parser.value("export-figure");
  options.out = parser.value("out");
  if (options.figure.isEmpty() != options.out.isEmpty())
    throw usage("--export-figure and --out go together");
  options.timings = parser.isSet("timings");
  if (parser.isSet("gl-canvas")) options.canvas = CanvasKind::gl;
  if (parser.isSet("software-canvas")) options.canvas = CanvasKind::software;
  return options;
}

}  // namespace treegrpo::studio
