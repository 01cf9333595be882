#include <QTest>

#include "store/run_commands.h"
#include "store/run_writer.h"
#include "store/sample_records.h"
#include "store/store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestRunCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void commands_are_taken_once_and_in_order() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    QVERIFY(writer.take_commands().empty());
    StoreConnection other(folder.file(), StoreAccess::write);
    give_command(other, run, {"pause", ""});
    give_command(other, run, {"set", "method.window=4"});
    const std::vector<CommandRow> taken = writer.take_commands();
    QCOMPARE(taken.size(), std::size_t{2});
    QCOMPARE(taken[0].command, std::string("pause"));
    QCOMPARE(taken[1].argument, std::string("method.window=4"));
    QVERIFY(writer.take_commands().empty());
  }

  void a_run_that_nobody_trains_takes_no_commands() {
    const StoreFolder folder;
    RunId run;
    {
      RunWriter writer(folder.file());
      run = writer.create_run(creation());
      writer.set_status(RunStatus::stopped);
    }
    StoreConnection other(folder.file(), StoreAccess::write);
    VERIFY_SAYS(give_command(other, run, {"pause", ""}), "is not being trained");
    VERIFY_SAYS(give_command(other, {9}, {"pause", ""}), "is not being trained");
  }

  void what_was_meant_for_the_process_before_is_forgotten() {
    const StoreFolder folder;
    RunId run;
    {
      RunWriter writer(folder.file());
      run = writer.create_run(creation());
      StoreConnection other(folder.file(), StoreAccess::write);
      give_command(other, run, {"stop", ""});
    }
    RunWriter writer(folder.file());
    writer.claim_run(run);
    QVERIFY(writer.take_commands().empty());
  }
};

QTEST_GUILESS_MAIN(TestRunCommands)
#include "tst_run_commands.moc"
