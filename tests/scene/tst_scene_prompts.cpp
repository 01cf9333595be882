#include <QtTest>
#include <algorithm>
#include <map>
#include <set>

#include "scene/caption.h"
#include "scene/scene_prompts.h"

using namespace treegrpo;

class TestScenePrompts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void train_and_held_out_are_the_grammar_without_overlap() {
    const std::vector<std::string> train = scene_prompts(false);
    const std::vector<std::string> held_out = scene_prompts(true);
    std::set<std::string> all(train.begin(), train.end());
    all.insert(held_out.begin(), held_out.end());
    QCOMPARE(all.size(), train.size() + held_out.size());
    QCOMPARE(all.size(), all_captions().size());
    QVERIFY(std::none_of(train.begin(), train.end(), is_held_out));
    QVERIFY(std::all_of(held_out.begin(), held_out.end(), is_held_out));
    const double share = static_cast<double>(held_out.size()) / static_cast<double>(all.size());
    QVERIFY(share > .17 && share < .23);
  }

  void every_task_has_both_sides() {
    std::map<SceneTask, std::array<int, 2>> counts;
    for (const SceneSpec& spec : all_captions()) {
      ++counts[spec.task][is_held_out(caption(spec)) ? 1 : 0];
    }
    QCOMPARE(counts.size(), std::size_t{scene_task_count});
    for (const auto& [task, sides] : counts) QVERIFY(sides[0] > 0 && sides[1] > 0);
    QCOMPARE(counts[SceneTask::single][1], 1);
  }

  void captions_of_one_meaning_fall_on_one_side() {
    for (const char* shape : {"circle", "triangle", "cross"}) {
      const std::string one = shape;
      QCOMPARE(is_held_out("a " + one + " left of a square"),
               is_held_out("a square right of a " + one));
      QCOMPARE(is_held_out("a red " + one + " below a blue square"),
               is_held_out("a blue square above a red " + one));
      QCOMPARE(is_held_out("a " + one + " and a square"), is_held_out("a square and a " + one));
    }
  }

  void a_balanced_list_goes_round_the_tasks() {
    const std::vector<std::string> prompts = balanced_held_out(210);
    QCOMPARE(prompts.size(), std::size_t{210});
    std::map<SceneTask, int> counts;
    for (const std::string& prompt : prompts) {
      QVERIFY(is_held_out(prompt));
      ++counts[parse_caption(prompt).task];
    }
    for (const auto& [task, count] : counts) QCOMPARE(count, 30);
    QVERIFY(balanced_held_out(210) == prompts);
    const std::vector<std::string> train = balanced_prompts(false, 14);
    QVERIFY(std::none_of(train.begin(), train.end(), is_held_out));
  }
};

QTEST_GUILESS_MAIN(TestScenePrompts)
#include "tst_scene_prompts.moc"
