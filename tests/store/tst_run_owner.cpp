#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "base/clock.h"
#include "store/run_owner.h"

using namespace treegrpo;

class TestRunOwner : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void this_process_is_alive_however_old_its_heartbeat() { QVERIFY(is_alive(current_owner(), 0)); }

  void a_process_that_ended_is_dead_however_fresh_its_heartbeat() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    RunOwner owner = current_owner();
    owner.pid = child;
    QVERIFY(!is_alive(owner, unix_seconds()));
  }

  void another_process_of_the_same_number_is_not_the_owner() {
    RunOwner earlier = current_owner();
    earlier.started -= 1;
    QVERIFY(!is_alive(earlier, unix_seconds()));
  }

  void a_process_from_before_the_machine_started_is_dead() {
    RunOwner owner = current_owner();
    owner.boot_id = "another";
    QVERIFY(!is_alive(owner, unix_seconds()));
  }

  void on_another_host_the_heartbeat_decides() {
    RunOwner owner = current_owner();
    owner.host += "-elsewhere";
    QVERIFY(is_alive(owner, unix_seconds() - 30));
    QVERIFY(!is_alive(owner, unix_seconds() - 90));
  }
};

QTEST_GUILESS_MAIN(TestRunOwner)
#include "tst_run_owner.moc"
