#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <map>
#include <set>

#include "base/error.h"
#include "scene/caption.h"
#include "scene/scene_prompts.h"
#include "train/prompt_source.h"

using namespace treegrpo;

namespace {

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

class TestPromptSource : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  std::string file_of(const std::string& text) {
    const std::string path = folder_.filePath("prompts.txt").toStdString();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

 private Q_SLOTS:
  void an_iteration_draws_the_same_prompts_whatever_ran_before() {
    const PromptSource one("scene:train", 7);
    const PromptSource other("scene:train", 7);
    for (int iteration = 0; iteration < 5; ++iteration) one.next(iteration, 8);
    QVERIFY(one.next(12, 8) == other.next(12, 8));
    QVERIFY(one.next(12, 8) != one.next(13, 8));
    QVERIFY(one.next(12, 8) != PromptSource("scene:train", 8).next(12, 8));
  }

  void an_iteration_holds_no_prompt_twice() {
    const PromptSource source("scene:train", 1);
    for (int iteration = 0; iteration < 60; ++iteration) {
      const auto prompts = source.next(iteration, 16);
      QCOMPARE(prompts.size(), std::size_t{16});
      QCOMPARE(std::set<std::string>(prompts.begin(), prompts.end()).size(), std::size_t{16});
    }
  }

  void scenes_are_drawn_in_equal_shares_of_their_tasks() {
    const PromptSource source("scene:train", 3);
    std::map<SceneTask, int> drawn;
    for (int iteration = 0; iteration < 70; ++iteration)
      for (const std::string& prompt : source.next(iteration, 8))
        ++drawn[parse_caption(prompt).task];
    QCOMPARE(drawn.size(), std::size_t{scene_task_count});
    for (const auto& [task, count] : drawn) QVERIFY(std::abs(count - 80) <= 8);
  }

  void training_prompts_are_never_held_out() {
    const PromptSource source("scene:train", 3);
    for (int iteration = 0; iteration < 20; ++iteration)
      for (const std::string& prompt : source.next(iteration, 8)) QVERIFY(!is_held_out(prompt));
    for (const std::string& prompt : held_out_prompts("scene:held_out", 70))
      QVERIFY(is_held_out(prompt));
    QCOMPARE(held_out_prompts("scene:held_out", 70).size(), std::size_t{70});
  }

  void a_file_holds_a_prompt_a_line() {
    const PromptSource source(
        file_of("\xef\xbb\xbf# words\n\n  a red circle \r\na cat\na cat\nder Bär"), 0);
    QCOMPARE(source.size(), std::size_t{3});
    QVERIFY(source.first(2) == (std::vector<std::string>{"a red circle", "a cat"}));
    std::set<std::string> seen;
    for (const auto& prompt : source.next(0, 3)) seen.insert(prompt);
    QVERIFY(seen == (std::set<std::string>{"a red circle", "a cat", "der Bär"}));
  }

  void a_file_of_json_lines_or_csv_is_read_by_its_name() {
    const auto named = [this](const char* name, const std::string& text) {
      const std::string path = folder_.filePath(name).toStdString();
      std::ofstream(path, std::ios::binary) << text;
      return path;
    };
    const std::vector<std::string> wanted = {"a cat", "two, dogs"};
    const std::string json =
        named("p.jsonl", "{\"prompt\":\"a cat\"}\n{\"prompt\":\"two, dogs\"}\n");
    QVERIFY(PromptSource(json, 0).first(9) == wanted);
    const std::string csv = named("p.csv", "task,prompt\nx,a cat\n,\"two, dogs\"\n");
    QVERIFY(PromptSource(csv, 0).first(9) == wanted);
    const std::string bad = named("bad.jsonl", "{\"prompt\":\"a\"}\nb\n");
    QVERIFY(message_of([&] { PromptSource(bad, 0); }).find("line 2") != std::string::npos);
  }

  void a_file_is_gone_through_before_a_prompt_returns() {
    const PromptSource source(file_of("a\nb\nc\nd\ne\nf\n"), 5);
    std::map<std::string, int> drawn;
    for (int iteration = 0; iteration < 3; ++iteration)
      for (const auto& prompt : source.next(iteration, 2)) ++drawn[prompt];
    QCOMPARE(drawn.size(), std::size_t{6});
  }

  void what_is_wrong_with_a_file_is_said() {
    const auto open = [](const std::string& path) {
      return message_of([&] { PromptSource(path, 0); });
    };
    QVERIFY(open("/no/such/file").find("no such file") != std::string::npos);
    QVERIFY(open(file_of("# nothing\n\n")).find("holds no prompt") != std::string::npos);
    QVERIFY(open(file_of("good\nbad \xff\n")).find("line 2") != std::string::npos);
    QVERIFY(open("scene:test").find("scene:train") != std::string::npos);
    const PromptSource few(file_of("one\ntwo\n"), 0);
    QVERIFY(message_of([&] { few.next(0, 3); }).find("prompts.per_iteration") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestPromptSource)
#include "tst_prompt_source.moc"
