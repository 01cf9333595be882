#include <QtTest>
#include <set>

#include "base/error.h"
#include "scene/caption.h"

using namespace treegrpo;

namespace {

QString refusal(const char* text) {
  try {
    parse_caption(text);
  } catch (const Error& error) {
    return error.kind() == ErrorKind::configuration ? QString(error.what()) : "wrong kind";
  }
  return "not refused";
}

}  // namespace

class TestCaption : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_caption_reads_back_as_the_spec_it_was_written_from() {
    for (const SceneSpec& spec : all_captions()) {
      QVERIFY2(parse_caption(caption(spec)) == spec, caption(spec).c_str());
    }
  }

  void no_caption_occurs_twice_and_every_task_occurs() {
    std::set<std::string> captions;
    std::array<int, scene_task_count> by_task{};
    const std::vector<SceneSpec> specs = all_captions();
    for (const SceneSpec& spec : specs) {
      captions.insert(caption(spec));
      ++by_task[static_cast<std::size_t>(spec.task)];
    }
    QCOMPARE(captions.size(), specs.size());
    const std::array<int, scene_task_count> expected{4, 12, 96, 28, 48, 504, 2016};
    QVERIFY(by_task == expected);
  }

  void captions_read_as_english() {
    QCOMPARE(caption(parse_caption("  an orange   cross ")), std::string("an orange cross"));
    QVERIFY(parse_caption("three green triangles").objects.front().count == 3);
    const SceneSpec spec = parse_caption("a red circle left of a blue square");
    QVERIFY(spec.task == SceneTask::posattr);
    QVERIFY(spec.relation == Relation::left_of);
    QVERIFY(spec.objects[1].color == Color::blue && spec.objects[1].shape == Shape::square);
    QVERIFY(parse_caption("two crosses").task == SceneTask::count);
    QVERIFY(parse_caption("a circle and a red circle").task == SceneTask::attr);
  }

  void what_cannot_be_read_is_named_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("empty") << ""
                           << "ends where an article or a number";
    QTest::newRow("unknown shape") << "a red star"
                                   << "\"star\"";
    QTest::newRow("unknown colour") << "a pink circle"
                                    << "\"pink\"";
    QTest::newRow("no article") << "circle"
                                << "\"circle\"";
    QTest::newRow("article") << "a orange circle"
                             << "\"a\" before \"orange\"";
    QTest::newRow("other article") << "an red circle"
                                   << "\"an\" before \"red\"";
    QTest::newRow("singular") << "two circle"
                              << "\"circle\"";
    QTest::newRow("plural") << "a circles"
                            << "\"circles\"";
    QTest::newRow("half a relation") << "a circle left a square"
                                     << "lacks \"of\"";
    QTest::newRow("no second object") << "a circle and"
                                      << "ends where";
    QTest::newRow("third object") << "a circle and a cross and a square"
                                  << "goes on after \"a circle and a cross\"";
    QTest::newRow("counted pair") << "two circles and a square"
                                  << "counts one of two";
  }
  void what_cannot_be_read_is_named() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const QString message = refusal(text.toUtf8().constData());
    QVERIFY2(message.contains(part), message.toUtf8().constData());
  }

  void captions_are_drawn_by_the_mix() {
    Random random{5};
    constexpr int draws = 20000;
    std::array<int, scene_task_count> drawn{};
    for (int i = 0; i < draws; ++i) {
      ++drawn[static_cast<std::size_t>(draw_caption(pretraining_mix, random).task)];
    }
    for (std::size_t task = 0; task < drawn.size(); ++task) {
      const double share = static_cast<double>(drawn[task]) / draws;
      QVERIFY(std::abs(share - pretraining_mix[task]) < .012);
    }
    const TaskMix only_color{0, 0, 0, 1, 0, 0, 0};
    for (int i = 0; i < 100; ++i) {
      QVERIFY(draw_caption(only_color, random).task == SceneTask::color);
    }
  }
};

QTEST_GUILESS_MAIN(TestCaption)
#include "tst_caption.moc"
