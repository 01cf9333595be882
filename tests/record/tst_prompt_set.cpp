#include <QTest>

#include "record/prompt_set.h"
#include "support/property.h"

using namespace treegrpo;

namespace {

std::vector<Prompt> any_prompts() {
  static const std::vector<std::string> letters = {"a", "b", ",", "\"", "é", "円", "{", "'", "\\"};
  const auto text = [] {
    std::string word = "x";
    for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9)))
      word += letters[static_cast<std::size_t>(i)];
    return word;
  };
  std::vector<Prompt> prompts(*rc::gen::inRange<std::size_t>(0, 6));
  for (Prompt& prompt : prompts) {
    prompt.text = text();
    if (*rc::gen::arbitrary<bool>()) prompt.task = text();
  }
  return prompts;
}

QString sentences(const std::vector<PromptProblem>& problems) {
  QStringList all;
  for (const PromptProblem& problem : problems)
    all << QString("%1: %2").arg(problem.line).arg(QString::fromStdString(problem.sentence));
  return all.join('\n');
}

}  // namespace

class TestPromptSet : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lines_are_prompts_but_for_empty_ones_and_comments() {
    const PromptsRead read =
        read_prompts("\xef\xbb\xbf a circle \r\n\n# no\ntwo squares", PromptFormat::lines);
    QCOMPARE(read.prompts, (std::vector<Prompt>{{"a circle", {}}, {"two squares", {}}}));
    QCOMPARE(read.lines, (std::vector<std::size_t>{1, 4}));
    QVERIFY(read.problems.empty());
  }
  void what_is_written_reads_back() {
    QVERIFY(test::holds("read(write(set)) == set", [] {
      const std::vector<Prompt> prompts = any_prompts();
      for (const PromptFormat format : {PromptFormat::csv, PromptFormat::jsonl}) {
        const PromptsRead read = read_prompts(write_prompts(prompts, format), format);
        RC_ASSERT(read.problems.empty());
        RC_ASSERT(read.prompts == prompts);
      }
    }));
  }
  void a_csv_may_have_its_columns_anywhere_and_lines_in_cells() {
    const PromptsRead read = read_prompts(
        "id,task,prompt\n1,count,\"two, \"\"red\"\"\"\n\n2,,\"a\nb\"\n3\n", PromptFormat::csv);
    QCOMPARE(read.prompts,
             (std::vector<Prompt>{{"two, \"red\"", "count"}, {"a\nb", ""}, {"", ""}}));
    QCOMPARE(read.lines, (std::vector<std::size_t>{2, 4, 6}));
    QCOMPARE(sentences(prompt_problems(read.prompts)),
             QString("2: the prompt has several lines; make it one\n"
                     "3: the prompt is empty; write what the image is to show"));
  }
  void bad_lines_are_named_and_the_others_kept() {
    const PromptsRead json = read_prompts(
        "{\"prompt\":\"a\"}\nx\n{\"text\":1}\n{\"prompt\":\"b\",\"task\":7}\n\xff\n{\"prompt\":"
        "\"c\"}\n",
        PromptFormat::jsonl);
    QCOMPARE(json.prompts.size(), std::size_t{2});
    const QString said = sentences(json.problems);
    QVERIFY(said.contains("2: no JSON object") && said.contains("3: has no \"prompt\""));
    QVERIFY(said.contains("4: has a \"task\"") && said.contains("5: not UTF-8"));
    QCOMPARE(read_prompts("a,b\n1,2\n", PromptFormat::csv).problems.front().line, std::size_t{1});
    QCOMPARE(read_prompts("ok\n\xff\xfe\n", PromptFormat::lines).problems.front().line,
             std::size_t{2});
  }
  void a_set_says_what_is_wrong_with_it_by_number() {
    const std::vector<Prompt> prompts = {
        {"a", {}}, {"  ", {}}, {" a", {}}, {std::string(2001, 'x'), {}}, {"\xff", {}}};
    QCOMPARE(sentences(prompt_problems(prompts)),
             QString("2: the prompt is empty; write what the image is to show\n"
                     "3: the same prompt as number 1; it counts once\n"
                     "4: the prompt has 2001 bytes; use at most 2000\n"
                     "5: the prompt is not UTF-8 text; write it again"));
  }
  void prompts_are_counted_by_task() {
    const std::vector<Prompt> prompts = {{"a", "two"}, {"b", ""}, {"c", "two"}};
    const auto counts = count_by_task(prompts);
    QCOMPARE(counts.size(), std::size_t{2});
    QCOMPARE(counts[0], (std::pair<std::string, std::size_t>("two", 2)));
    QCOMPARE(counts[1], (std::pair<std::string, std::size_t>("", 1)));
  }
  void the_end_of_the_name_is_the_format() {
    QCOMPARE(prompt_format("a.csv"), PromptFormat::csv);
    QCOMPARE(prompt_format("a.jsonl"), PromptFormat::jsonl);
    QCOMPARE(prompt_format("a.txt"), PromptFormat::lines);
  }
};

QTEST_GUILESS_MAIN(TestPromptSet)
#include "tst_prompt_set.moc"
