#include <QTest>
#include <thread>

#include "workbench/event_stream.h"

using namespace treegrpo;

class TestEventStream : public QObject {
  Q_OBJECT

  static Warning warning(int number) { return {std::to_string(number)}; }

 private Q_SLOTS:
  void drained_events_come_in_order_and_only_once() {
    EventStream stream;
    stream.publish(RunId{1}, warning(0));
    stream.publish(RunId{1}, warning(1));
    const auto events = stream.drain();
    QCOMPARE(events.size(), 2U);
    QCOMPARE(std::get<Warning>(events[1].event).sentence, std::string("1"));
    QCOMPARE(*events[1].number, std::uint64_t{1});
    QVERIFY(stream.drain().empty());
  }

  void a_growing_tree_has_no_number() {
    EventStream stream;
    stream.publish(RunId{1}, TreeGrown{});
    stream.publish(RunId{1}, warning(0));
    const auto events = stream.drain();
    QVERIFY(!events[0].number);
    QCOMPARE(*events[1].number, std::uint64_t{0});
  }

  void without_room_growing_trees_are_dropped_before_committed_events() {
    EventStream stream(3);
    stream.publish(RunId{1}, warning(0));
    stream.publish(RunId{1}, TreeGrown{});
    stream.publish(RunId{1}, warning(1));
    stream.publish(RunId{1}, warning(2));
    const auto events = stream.drain();
    QCOMPARE(events.size(), 3U);
    for (std::uint64_t number = 0; number < 3; ++number) QCOMPARE(*events[number].number, number);
  }

  void a_consumer_that_is_too_slow_sees_a_gap_in_the_numbers() {
    EventStream stream(4);
    for (int i = 0; i < 10; ++i) stream.publish(RunId{1}, warning(i));
    const auto events = stream.drain();
    QCOMPARE(events.size(), 4U);
    QCOMPARE(*events.front().number, std::uint64_t{6});
  }

  void many_publishers_and_a_consumer_lose_nothing() {
    constexpr int publishers = 4;
    constexpr int each = 500;
    EventStream stream(publishers * each);
    std::vector<std::jthread> threads;
    for (int i = 0; i < publishers; ++i)
      threads.emplace_back([&stream, i] {
        for (int event = 0; event < each; ++event) stream.publish(RunId{i}, warning(event));
      });
    std::uint64_t expected = 0;
    while (expected < publishers * each) {
      const auto events = stream.wait_and_drain(std::chrono::milliseconds(1000));
      QVERIFY(!events.empty());
      for (const StreamedEvent& event : events) QCOMPARE(*event.number, expected++);
    }
  }

  void waiting_ends_when_something_is_published() {
    EventStream stream;
    std::jthread publisher([&stream] { stream.publish(RunId{1}, warning(0)); });
    QCOMPARE(stream.wait_and_drain(std::chrono::seconds(30)).size(), 1U);
  }
};

QTEST_APPLESS_MAIN(TestEventStream)
#include "tst_event_stream.moc"
