// Comparing two runs on a display, by mouse and keys, with the window's program as a process.
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>

#include "app/cli_process.h"

using namespace treegrpo::test;

namespace {

const QString studio = QStringLiteral(TREEGRPO_BINARY_DIR "/bin/treegrpo-studio");
constexpr int patience = 120000;  // milliseconds: machines may be busy

QImage screen() { return QGuiApplication::primaryScreen()->grabWindow(0).toImage(); }

bool xdotool(const QStringList& arguments) { return QProcess::execute("xdotool", arguments) == 0; }
bool click(QPoint at) {
  return xdotool({"mousemove", QString::number(at.x()), QString::number(at.y()), "click", "1"});
}

// How many pixels of a part of the screen differ by more than a little.
int changed(const QImage& before, const QImage& after, QRect part) {
  int count = 0;
  for (int y = part.top(); y <= part.bottom(); ++y)
    for (int x = part.left(); x <= part.right(); ++x) {
      const QRgb a = before.pixel(x, y), b = after.pixel(x, y);
      if (std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) > 60) ++count;
    }
  return count;
}

// Whether nothing on the screen moves any more.
bool settled() {
  const QImage before = screen();
  QTest::qWait(700);
  return screen() == before;
}

// Where things are in a window that fills 1600 × 1000.
constexpr QRect second_tree(715, 190, 510, 480), pair(1245, 180, 350, 320);
constexpr QPoint pictures_tab(94, 90);

void keep(const QString& name) {
  const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_VIEWS");
  if (!folder.isEmpty()) screen().save(folder + "/" + name + ".png");
}

// A user's home with a store of two runs of one seed: the same prompts from the same noise.
class Home {
 public:
  QString store() const { return folder_.filePath("two.tgws"); }

  Finished train(const QString& name, const QString& rate) const {
    QProcess process;
    start(process, program,
          {"train", tiny_config, "--store", store(), "--name", name, "--iterations", "2", "--set",
           "prompts.per_iteration=2", "--set", "evaluation.every=0", "--set",
           "optimizer.learning_rate=" + rate});
    if (!process.waitForFinished(patience)) process.kill();
    process.waitForFinished();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
  }

  void start(QProcess& process, const QString& executable, const QStringList& arguments) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("TREEGRPO_STORE");
    environment.insert("HOME", folder_.path());
    environment.insert("XDG_CONFIG_HOME", folder_.filePath("config"));
    environment.insert("XDG_DATA_HOME", folder_.filePath("data"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder_.path());
    process.start(executable, arguments);
  }

 private:
  QTemporaryDir folder_;
};

}  // namespace

class TestStudioCompare : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void two_runs_are_compared_node_by_node_and_as_pictures() {
    const Home home;
    for (const auto& [name, rate] : {std::pair{"slow", "1e-5"}, std::pair{"fast", "1e-3"}}) {
      const Finished trained = home.train(name, rate);
      QVERIFY2(trained.code == 0, trained.err.constData());
    }
    QProcess window;
    home.start(window, studio, {home.store(), "--software-canvas"});
    QVERIFY(xdotool({"search", "--sync", "--onlyvisible", "--name", "TreeGRPO Studio",
                     "windowfocus", "--sync"}));
    QTest::qWait(2000);
    const QImage before = screen();
    QVERIFY(xdotool({"key", "ctrl+Return"}));
    QTRY_VERIFY_WITH_TIMEOUT(settled() && changed(before, screen(), before.rect()) > 10000,
                             patience);
    keep("journey-compared");

    // A node of the left tree by the keyboard; the right one goes along and comes back with it.
    QVERIFY(click({500, 400}));
    QVERIFY(xdotool({"key", "b"}));
    QVERIFY(xdotool({"mousemove", "20", "990"}));
    QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
    const QImage leaf = screen();
    QVERIFY(xdotool({"key", "Left"}));
    QTRY_VERIFY_WITH_TIMEOUT(changed(leaf, screen(), second_tree) > 100, patience);
    keep("journey-parent");
    QVERIFY(xdotool({"key", "Right"}));
    QTRY_COMPARE_WITH_TIMEOUT(changed(leaf, screen(), second_tree), 0, patience);

    // The grid: a row a prompt, a column a run. The pair at the right shows what is chosen there.
    QVERIFY(click(pictures_tab));
    QTRY_VERIFY_WITH_TIMEOUT(settled() && changed(leaf, screen(), second_tree) > 10000, patience);
    const QImage grid = screen();
    QVERIFY(click({100, 260}));
    QVERIFY(xdotool({"key", "Down"}));
    QTRY_VERIFY_WITH_TIMEOUT(settled() && changed(grid, screen(), pair) > 1000, patience);
    keep("journey-pictures");
    window.terminate();
    QVERIFY(window.waitForFinished(patience));
  }
};

QTEST_MAIN(TestStudioCompare)
#include "tst_studio_compare.moc"
