#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/paths.h"
#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/schema.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

// A store with one run of one iteration.
void make_store(const fs::path& file) {
  RunWriter writer(file);
  writer.create_run(creation("first"));
  writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
  writer.set_status(RunStatus::finished);
}

// Runs a function in a process of its own; true if it returns true there.
template <typename Function>
bool in_child(Function&& function) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      ::_exit(function() ? 0 : 1);
    } catch (const std::exception& failure) {
      std::fprintf(stderr, "%s\n", failure.what());
      ::_exit(2);
    }
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

// root may write anywhere: the rights of files are tried as somebody else.
void become_nobody() {
  if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) ::_exit(3);
}

std::string pragma(const fs::path& file, const std::string& name) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  return database.execAndGet("PRAGMA " + name).getString();
}

}  // namespace

// Whether a process started from here finds a lock on a file.
bool isLockedByAnother(const fs::path& file) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int descriptor = ::open(file.c_str(), O_RDWR);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool told = descriptor >= 0 && ::fcntl(descriptor, F_GETLK, &lock) == 0;
    ::_exit(told && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 1;
}

class TestDatabase : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_store_is_made_with_its_folder_and_its_settings() {
    const StoreFolder folder;
    const fs::path file = folder.path() / "new" / "deep" / "runs.tgws";
    make_store(file);
    QCOMPARE(pragma(file, "journal_mode"), std::string("wal"));
    QCOMPARE(pragma(file, "auto_vacuum"), std::string("2"));
    QCOMPARE(pragma(file, "user_version"), std::to_string(schema_version));
    QCOMPARE(pragma(file, "application_id"), std::to_string(0x74675753));
    QCOMPARE(pragma(file, "integrity_check"), std::string("ok"));
  }

  void a_missing_or_empty_store_is_nothing_to_read() {
    const StoreFolder folder;
    VERIFY_SAYS(RunReader(folder.file()), "there is no store");
    QVERIFY(!fs::exists(folder.file()));
    std::ofstream(folder.file()).flush();
    VERIFY_SAYS(RunReader(folder.file()), "is empty");
    VERIFY_SAYS(RunReader(folder.path()), "is a folder");
  }

  // Else another process that reads the store takes its log away, and with it what is written next.
  void a_reader_that_comes_and_goes_leaves_the_writer_its_locks() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation());
    RunReader(folder.file()).runs();
    QVERIFY(isLockedByAnother(folder.file()));
  }

  void a_foreign_file_is_refused_and_left_alone() {
    const StoreFolder folder;
    const std::string text = "not a database, " + std::string(2000, 'x');
    std::ofstream(folder.file()) << text;
    VERIFY_SAYS(RunReader(folder.file()), "not an SQLite file");
    VERIFY_SAYS(RunWriter(folder.file()), "not an SQLite file");
    QCOMPARE(read_file(folder.file()), text);
  }

  void the_database_of_another_program_is_refused_and_left_alone() {
    const StoreFolder folder;
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE bookmarks(url TEXT)");
    const std::string before = read_file(folder.file());
    VERIFY_SAYS(RunReader(folder.file()), "no store of this program");
    VERIFY_SAYS(RunWriter(folder.file()), "no store of this program");
    QCOMPARE(read_file(folder.file()), before);
  }

  void a_newer_store_is_refused() {
    const StoreFolder folder;
    make_store(folder.file());
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA user_version = " + std::to_string(schema_version + 1));
    VERIFY_SAYS(RunReader(folder.file()), "newer version of this program");
    VERIFY_SAYS(RunWriter(folder.file()), "newer version of this program");
  }

  void an_older_store_that_cannot_be_written_is_no_riddle() {
    const StoreFolder folder;
    make_store(folder.file());
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1");
    ::chmod(folder.path().c_str(), 0555);
    ::chmod(folder.file().c_str(), 0444);
    QVERIFY(in_child([&] {
      become_nobody();
      const QString sentence = sentence_of([&] { RunReader reader(folder.file()); });
      return sentence.contains("of an older version") && sentence.contains("read-only");
    }));
    ::chmod(folder.path().c_str(), 0755);
  }

  void a_store_that_was_cut_short_is_refused() {
    for (const std::uintmax_t size : {10, 100, 600, 9000}) {
      const StoreFolder folder;
      make_store(folder.file());
      fs::resize_file(folder.file(), size);
      const QString reading = sentence_of([&] { RunReader(folder.file()).runs(); });
      const QString writing = sentence_of([&] { RunWriter writer(folder.file()); });
      for (const QString& sentence : {reading, writing})
        QVERIFY2(sentence.contains("cut short"), qPrintable(sentence));
    }
  }

  void a_locked_store_is_an_error_only_after_the_time_out() {
    const StoreFolder folder;
    RunWriter writer(folder.file(), {.busy_timeout_ms = 150});
    writer.create_run(creation());
    SQLite::Database other(folder.file(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    QElapsedTimer timer;
    timer.start();
    VERIFY_SAYS(writer.heartbeat(), "is locked");
    QVERIFY(timer.elapsed() >= 100);
    RunReader reader(folder.file());  // readers need not wait
    QCOMPARE(reader.runs().size(), std::size_t{1});
    other.exec("ROLLBACK");
    writer.heartbeat();
  }

  void a_reader_sees_nothing_of_what_is_not_committed() {
    const StoreFolder folder;
    make_store(folder.file());
    RunReader reader(folder.file());
    SQLite::Database other(folder.file(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    other.exec("UPDATE run SET name = 'second'");
    other.exec("DELETE FROM tree");
    QCOMPARE(reader.runs()[0].name, std::string("first"));
    QVERIFY(same(reader.tree({1}, 0, {0}), small_tree(0, 0)));
    QVERIFY(!reader.changed());
    other.exec("COMMIT");
    QVERIFY(reader.changed());
    QCOMPARE(reader.runs()[0].name, std::string("second"));
  }

  void a_read_only_folder_can_be_read_and_not_written() {
    const StoreFolder folder;
    make_store(folder.file());
    ::chmod(folder.path().c_str(), 0555);
    ::chmod(folder.file().c_str(), 0444);
    QVERIFY(in_child([&] {
      become_nobody();
      RunReader reader(folder.file());
      return reader.runs().size() == 1 && same(reader.tree({1}, 0, {0}), small_tree(0, 0));
    }));
    QVERIFY(in_child([&] {
      become_nobody();
      return sentence_of([&] { RunWriter writer(folder.file()); }).contains("read-only");
    }));
    ::chmod(folder.path().c_str(), 0755);
  }

  void a_run_that_is_being_written_can_be_read_from_a_read_only_folder() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation("live"));
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path()))
      ::chmod(entry.path().c_str(), 0444);
    ::chmod(folder.path().c_str(), 0555);
    QVERIFY(in_child([&] {
      become_nobody();
      return RunReader(folder.file()).runs().size() == 1;
    }));
    ::chmod(folder.path().c_str(), 0755);
  }

  void a_limit_on_the_size_of_files_is_a_sentence_and_loses_nothing() {
    const StoreFolder folder;
    make_store(folder.file());
    QVERIFY(in_child([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{.rlim_cur = 800'000, .rlim_max = 800'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      RunWriter writer(folder.file());
      writer.create_run(creation("second"));
      const QString sentence = sentence_of([&] {
        for (std::int32_t i = 0; i < 200; ++i)
          writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0, 9, 32)});
      });
      return sentence.contains("committed before is kept");
    }));
    RunReader reader(folder.file());
    QVERIFY(same(reader.tree({1}, 0, {0}), small_tree(0, 0)));
    const RunSummary second = reader.find_run("second");
    QVERIFY(second.iterations > 0);
    QCOMPARE(reader.iterations(second.run).size(), static_cast<std::size_t>(second.iterations));
  }

  void a_path_with_odd_letters_is_a_path_like_any_other() {
    const StoreFolder folder;
    const fs::path file = folder.path() / "a b%41?#é.tgws";
    make_store(file);
    QVERIFY(fs::exists(file));
    ::chmod(folder.path().c_str(), 0555);
    QVERIFY(in_child([&] {
      become_nobody();
      return RunReader(file).runs().size() == 1;
    }));
    ::chmod(folder.path().c_str(), 0755);
  }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
