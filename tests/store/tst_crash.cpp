// A writer that is killed at any moment loses no committed iteration.
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <csignal>

#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Writes iterations until it is killed; says after each how many are committed.
[[noreturn]] void write_for_ever(const std::filesystem::path& file, int report) {
  try {
    RunWriter writer(file);
    writer.create_run(creation());
    writer.set_status(RunStatus::running);
    for (std::int32_t i = 0;; ++i) {
      writer.write_iteration(plain_iteration(i),
                             std::vector{small_tree(i, 0, 9), small_tree(i, 1, 9)});
      if (::write(report, &i, sizeof i) != sizeof i) ::_exit(2);
    }
  } catch (const std::exception&) {
    ::_exit(1);
  }
}

// Starts such a writer, kills it in its work and returns the last iteration it said was committed.
std::int32_t killed_after(const std::filesystem::path& file, int microseconds) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_for_ever(file, ends[1]);
  }
  ::close(ends[1]);
  std::int32_t committed = -1;
  for (int i = 0; i < 5; ++i)
    if (::read(ends[0], &committed, sizeof committed) != sizeof committed) return -1;
  ::usleep(static_cast<useconds_t>(microseconds));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  while (::read(ends[0], &committed, sizeof committed) == sizeof committed) continue;
  ::close(ends[0]);
  return committed;
}

}  // namespace

class TestCrash : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_killed_writer_loses_no_committed_iteration() {
    for (int attempt = 0; attempt < 8; ++attempt) {
      const StoreFolder folder;
      const std::int32_t committed = killed_after(folder.file(), 700 * attempt);
      QVERIFY(committed >= 4);
      RunReader reader(folder.file());
      const RunSummary run = reader.runs().at(0);
      QVERIFY(run.status == RunStatus::interrupted);
      QVERIFY(run.iterations > committed);
      QCOMPARE(reader.iterations(run.run).size(), static_cast<std::size_t>(run.iterations));
      for (std::int32_t i = 0; i < run.iterations; ++i)
        for (const int prompt : {0, 1})
          QVERIFY(
              same(reader.tree(run.run, i, {prompt}).rewards, small_tree(i, prompt, 9).rewards));
    }
  }

  void a_killed_run_can_be_claimed_and_goes_on() {
    const StoreFolder folder;
    QVERIFY(killed_after(folder.file(), 0) >= 4);
    RunWriter writer(folder.file());
    RunReader reader(folder.file());
    QVERIFY(reader.runs()[0].status == RunStatus::interrupted);
    writer.claim_run({1});
    QVERIFY(reader.runs()[0].status == RunStatus::preparing);
    writer.write_iteration(plain_iteration(3), std::vector{small_tree(3, 0)});
    QCOMPARE(reader.prompts({1}, 3).size(), std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
