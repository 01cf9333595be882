// The window's program as a process with a user's home of its own, driven by xdotool on a display.
#pragma once

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_process.h"

namespace treegrpo::test {

inline const QString studio = QStringLiteral(TREEGRPO_BINARY_DIR "/bin/treegrpo-studio");
inline constexpr int patience = 120000;  // milliseconds: machines may be busy

// The home of a user: settings, workspace and working directory of the programs started in it.
class Home {
 public:
  Home() { QDir(folder_.path()).mkdir("work"); }

  QString file(const QString& name) const { return folder_.filePath(name); }
  QString work() const { return file("work"); }
  void write(const QString& name, const QByteArray& bytes) const {
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
  }

  void start(QProcess& process, const QString& executable, const QStringList& arguments,
             bool display = true) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("TREEGRPO_STORE");
    environment.insert("HOME", folder_.path());
    environment.insert("XDG_CONFIG_HOME", file("config"));
    environment.insert("XDG_DATA_HOME", file("data"));
    if (!display) environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(work());
    process.start(executable, arguments);
  }

  Finished run(const QString& executable, const QStringList& arguments, bool display = true) const {
    QProcess process;
    start(process, executable, arguments, display);
    if (!process.waitForFinished(patience)) process.kill();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  // The runs of the user's workspace; none before it is there.
  std::vector<nlohmann::json> runs() const {
    const Finished finished = run(program, {"runs", "--json"}, false);
    return finished.code == 0 ? finished.json() : std::vector<nlohmann::json>();
  }
  std::string status() const {
    const auto all = runs();
    return all.empty() ? "" : all.back()["status"].get<std::string>();
  }
  int iterations() const {
    const auto all = runs();
    return all.empty() ? -1 : all.back()["iterations"].get<int>();
  }

 private:
  QTemporaryDir folder_;
};

inline bool xdotool(const QStringList& arguments) {
  return QProcess::execute("xdotool", arguments) == 0;
}

// The right part of the screen, where the node inspector is.
inline QImage inspector() {
  const QImage screen = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
  return screen.copy(screen.width() - 320, 150, 310, 380);
}

}  // namespace treegrpo::test
