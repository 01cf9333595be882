#include <QTest>
#include <array>
#include <random>

#include "run_state.h"

using namespace treegrpo;

namespace {

constexpr std::array requests = {RunRequest::start, RunRequest::pause, RunRequest::resume,
                                 RunRequest::step, RunRequest::stop};

RunState after(RunState state, std::initializer_list<RunRequest> asked) {
  for (const RunRequest request : asked) state = afterRequest(state, request);
  return state;
}

}  // namespace

class TestRunState : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_is_trained_paused_stepped_and_stopped() {
    RunState state = after(RunState::idle, {RunRequest::start});
    QVERIFY(state == RunState::preparing);
    state = afterEvent(state, RunStarted{});
    QVERIFY(state == RunState::running);
    state = afterRequest(state, RunRequest::pause);
    QVERIFY(state == RunState::pausing);
    state = afterEvent(state, RunPaused{});
    QVERIFY(state == RunState::paused);
    state = afterRequest(state, RunRequest::step);
    QVERIFY(state == RunState::stepping);
    state = afterEvent(state, RunResumed{});
    QVERIFY(state == RunState::stepping);
    state = afterEvent(state, RunPaused{});
    QVERIFY(state == RunState::paused);
    state = after(state, {RunRequest::stop});
    QVERIFY(state == RunState::stopping);
    QVERIFY(after(state, {RunRequest::stop}) == RunState::stopping_now);
    QVERIFY(afterEvent(state, RunFinished{}) == RunState::idle);
  }

  void what_is_not_allowed_changes_nothing() {
    for (int s = 0; s <= static_cast<int>(RunState::stopping_now); ++s)
      for (const RunRequest request : requests) {
        const auto state = static_cast<RunState>(s);
        if (!isAllowed(state, request)) QVERIFY(afterRequest(state, request) == state);
        if (isAllowed(state, request)) QVERIFY(afterRequest(state, request) != state);
      }
  }

  void a_stop_is_not_undone_by_what_comes_late() {
    for (const RunState state : {RunState::stopping, RunState::stopping_now}) {
      QVERIFY(afterEvent(state, RunPaused{}) == state);
      QVERIFY(afterEvent(state, RunResumed{}) == state);
      QVERIFY(afterEvent(state, RunStarted{}) == state);
      for (const RunRequest request : {RunRequest::start, RunRequest::pause, RunRequest::resume})
        QVERIFY(afterRequest(state, request) == state);
    }
  }

  void what_others_take_back_is_not_waited_for_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<bool>("stepping");
    QTest::addColumn<int>("becomes");
    const auto row = [](const char* name, RunState state, RunHold hold, RunState becomes) {
      QTest::newRow(name) << static_cast<int>(state) << hold.paused << hold.stepping
                          << static_cast<int>(becomes);
    };
    row("pause on its way", RunState::pausing, {.paused = true}, RunState::pausing);
    row("pause undone", RunState::pausing, {}, RunState::running);
    row("pause became a step", RunState::pausing, {.stepping = true}, RunState::pausing);
    row("step on its way", RunState::stepping, {.stepping = true}, RunState::stepping);
    row("step undone", RunState::stepping, {}, RunState::running);
    row("held", RunState::paused, {}, RunState::paused);  // its event is on its way
    row("a stop", RunState::stopping, {}, RunState::stopping);
    row("nothing", RunState::idle, {}, RunState::idle);
  }
  void what_others_take_back_is_not_waited_for() {
    QFETCH(int, state);
    QFETCH(bool, paused);
    QFETCH(bool, stepping);
    QFETCH(int, becomes);
    const RunState after = reconciled(static_cast<RunState>(state), {paused, stepping});
    QCOMPARE(static_cast<int>(after), becomes);
  }

  void from_everywhere_there_is_a_way_to_the_end() {
    std::mt19937 random(1);
    for (int round = 0; round < 500; ++round) {
      RunState state = RunState::idle;
      for (int click = 0; click < 20; ++click)
        state = random() % 3 == 0 ? afterEvent(state, RunPaused{})
                                  : afterRequest(state, requests[random() % requests.size()]);
      if (state != RunState::idle)
        QVERIFY(isAllowed(state, RunRequest::stop) || state == RunState::stopping_now);
      QVERIFY(afterEvent(state, RunFailed{}) == RunState::idle);
    }
  }

  void every_state_has_a_name() {
    for (int s = 0; s <= static_cast<int>(RunState::stopping_now); ++s)
      QVERIFY(!nameOf(static_cast<RunState>(s)).empty());
  }
};

QTEST_APPLESS_MAIN(TestRunState)
#include "tst_run_state.moc"
