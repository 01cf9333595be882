// Runs the command line program as a process of its own.
#pragma once

#include <signal.h>

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <nlohmann/json.hpp>
#include <vector>

namespace treegrpo::test {

inline const QString program = QStringLiteral(TREEGRPO_BINARY_DIR "/bin/treegrpo");
inline const QString tiny_config =
    QStringLiteral(TREEGRPO_SOURCE_DIR "/experiments/tiny/treegrpo.toml");

struct Finished {
  int code = -1;
  QByteArray out;
  QByteArray err;

  // The lines of stdout as JSON.
  std::vector<nlohmann::json> json() const {
    std::vector<nlohmann::json> objects;
    for (const QByteArray& line : out.split('\n'))
      if (!line.isEmpty()) objects.push_back(nlohmann::json::parse(line.toStdString()));
    return objects;
  }
  bool complains_in_one_line() const {
    return err.startsWith("treegrpo: ") && err.count('\n') == 1 && err.endsWith('\n');
  }
};

// With the given store as the default one.
inline void set_store(QProcess& process, const QString& store) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("TREEGRPO_STORE", store);
  process.setProcessEnvironment(environment);
}

inline Finished run_cli(const QStringList& arguments, const QString& store,
                        int longest_milliseconds = 60000) {
  QProcess process;
  set_store(process, store);
  process.start(program, arguments);
  if (!process.waitForFinished(longest_milliseconds)) process.kill();
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          process.readAllStandardOutput(), process.readAllStandardError()};
}

// A command that goes on while the test watches its JSON lines; killed where it outlives the test.
class RunningCli {
 public:
  RunningCli(const QStringList& arguments, const QString& store) {
    set_store(process_, store);
    process_.start(program, arguments);
  }
  ~RunningCli() {
    process_.kill();
    process_.waitForFinished();
  }

  // Waits until that many events of a kind were told; false if the process ended before.
  bool wait_for(const QByteArray& event, qsizetype count = 1) {
    while (told(event) < count) {
      if (process_.bytesAvailable() == 0 && !process_.waitForReadyRead(60000)) return false;
      out_ += process_.readAllStandardOutput();
    }
    return true;
  }
  qsizetype told(const QByteArray& event) const {
    return out_.count("\"event\":\"" + event + "\"");
  }

  // Without effect once it has ended: the number of no process would mean this test's whole group.
  void signal(int number) {
    if (process_.processId() > 0) ::kill(static_cast<pid_t>(process_.processId()), number);
  }

  // Waits for its end; code -1: it was killed, or hung.
  Finished end() {
    const bool ended = process_.state() == QProcess::NotRunning || process_.waitForFinished(120000);
    out_ += process_.readAllStandardOutput();
    const bool exited = ended && process_.exitStatus() == QProcess::NormalExit;
    return {exited ? process_.exitCode() : -1, out_, process_.readAllStandardError()};
  }

 private:
  QProcess process_;
  QByteArray out_;
};

inline std::vector<std::string> keys(const nlohmann::json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;  // sorted: nlohmann::json keeps them so
}

}  // namespace treegrpo::test
