// Runs the command line program as a process of its own.
#pragma once

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

inline std::vector<std::string> keys(const nlohmann::json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;  // sorted: nlohmann::json keeps them so
}

}  // namespace treegrpo::test
