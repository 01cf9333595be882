#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "base/error.h"
#include "base/paths.h"

namespace fs = std::filesystem;
using treegrpo::Error;

class TestPaths : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path folder() const { return temporary_.path().toStdString(); }

  static std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

 private Q_SLOTS:
  void cleanup() {
    for (const char* name : {"TREEGRPO_STORE", "TREEGRPO_RESOURCES", "XDG_DATA_HOME"})
      qunsetenv(name);
  }

  void the_default_store_follows_its_variable_then_the_data_folder_then_home() {
    qputenv("HOME", "/home/somebody");
    QCOMPARE(treegrpo::default_store_path(),
             fs::path("/home/somebody/.local/share/treegrpo/default.tgws"));
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(treegrpo::default_store_path(), fs::path("/data/treegrpo/default.tgws"));
    qputenv("TREEGRPO_STORE", "/elsewhere/runs.tgws");
    QCOMPARE(treegrpo::default_store_path(), fs::path("/elsewhere/runs.tgws"));
  }

  void resources_are_found_where_the_variable_points() {
    std::ofstream(folder() / "marker") << "x";
    qputenv("TREEGRPO_RESOURCES", temporary_.path().toUtf8());
    QCOMPARE(treegrpo::resource_path("marker"), folder() / "marker");
  }

  void a_missing_resource_names_the_places_that_were_searched() {
    try {
      treegrpo::resource_path("no/such/thing");
      QFAIL("nothing thrown");
    } catch (const Error& error) {
      const QString sentence = error.what();
      QVERIFY(sentence.contains("no/such/thing"));
      QVERIFY(sentence.contains("TREEGRPO_RESOURCES"));
      QVERIFY(sentence.contains("/resources"));
    }
  }

  void a_file_is_written_whole_and_leaves_nothing_beside_it() {
    const fs::path file = folder() / "new" / "deep" / "file.txt";
    treegrpo::write_file_atomically(file, std::string_view("first"));
    treegrpo::write_file_atomically(file, std::string_view("second"));
    QCOMPARE(treegrpo::read_file(file), std::string("second"));
    QCOMPARE(entries(file.parent_path()), std::size_t{1});
  }

  void a_write_that_fails_keeps_the_old_file_and_says_why() {
    const fs::path file = folder() / "limited" / "file.txt";
    treegrpo::write_file_atomically(file, std::string_view("old"));
    const pid_t child = ::fork();
    if (child == 0) {  // the limit holds for a whole process
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{.rlim_cur = 100, .rlim_max = 100};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      try {
        treegrpo::write_file_atomically(file, std::string(1000, 'x'));
        ::_exit(1);
      } catch (const Error& error) {
        ::_exit(std::string(error.what()).find("limit on the size") == std::string::npos ? 2 : 0);
      }
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QCOMPARE(treegrpo::read_file(file), std::string("old"));
    QCOMPARE(entries(file.parent_path()), std::size_t{1});
  }

  void a_path_through_a_file_is_refused_with_a_sentence() {
    std::ofstream(folder() / "plain") << "x";
    try {
      treegrpo::write_file_atomically(folder() / "plain" / "file", std::string_view("x"));
      QFAIL("nothing thrown");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("not a folder"), error.what());
    }
  }

  void a_folder_takes_the_place_of_none_and_of_an_older_one() {
    const fs::path place = folder() / "replaced" / "place";
    for (const char* text : {"first", "second"}) {
      const fs::path finished = folder() / "replaced" / "finished";
      fs::create_directories(finished);
      std::ofstream(finished / text) << text;
      treegrpo::replace_folder(finished, place);
      QVERIFY(!fs::exists(finished));
      QCOMPARE(treegrpo::read_file(place / text), std::string(text));
      QCOMPARE(entries(place), std::size_t{1});
    }
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::replace_folder(folder() / "nothing", place));
    QCOMPARE(entries(place), std::size_t{1});
  }

  void reading_what_is_not_there_names_it() {
    try {
      treegrpo::read_file(folder() / "absent");
      QFAIL("nothing thrown");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).endsWith("absent': there is no such file"), error.what());
    }
    QVERIFY_THROWS_EXCEPTION(Error, treegrpo::read_file(folder()));
  }

  void now_is_written_as_iso_8601() {
    const QString now = QString::fromStdString(treegrpo::utc_now());
    QVERIFY(QDateTime::fromString(now, Qt::ISODate).isValid());
    QVERIFY(now.endsWith('Z'));
    QVERIFY(treegrpo::monotonic_seconds() <= treegrpo::monotonic_seconds());
    QVERIFY(treegrpo::unix_seconds() > 1.6e9);
  }
};

QTEST_GUILESS_MAIN(TestPaths)
#include "tst_paths.moc"
