// What a user can type to find nodes.
#include <QTest>

#include "canvas/tree_find.h"
#include "ui/canvas_trees.h"

using namespace treegrpo;

class TestTreeFind : public QObject {
  Q_OBJECT

  const TreeRecord record_ = [] {
    TreeRecord record = test::creditedTree(test::mockupSchedule());
    record.text = "two green circles and a cross";
    return record;
  }();
  const TreeFigures figures_ = treeFigures(record_);

  std::vector<std::int32_t> found(const char* query) const {
    return findNodes(record_, figures_, query).nodes;
  }
  template <class Holds>
  std::vector<std::int32_t> those(const Holds& holds) const {
    std::vector<std::int32_t> nodes;
    for (std::size_t node = 0; node < record_.nodes.size(); ++node)
      if (holds(record_.nodes[node], node)) nodes.push_back(static_cast<std::int32_t>(node));
    return nodes;
  }

 private Q_SLOTS:
  void a_node_by_number_id_and_key() {
    QCOMPARE(found("12"), std::vector<std::int32_t>{12});
    const std::string name = nodeName(record_, figures_, 12);
    QCOMPARE(found(name.c_str()), std::vector<std::int32_t>{12});
    std::string key;
    for (const std::int32_t child : path(record_, 12))
      key += (key.empty() ? "" : ".") + std::to_string(child);
    QVERIFY(key.find('.') != std::string::npos);
    QCOMPARE(found(key.c_str()), std::vector<std::int32_t>{12});
    QVERIFY(found("99999").empty());
    QVERIFY(found("t5.999").empty());
  }

  void kinds() {
    QCOMPARE(found("leaf"), leaves(record_));
    QCOMPARE(found(" LEAF "), leaves(record_));
    QCOMPARE(found("root").size(), std::size_t{1});
    QCOMPARE(found("sde"),
             those([](const TreeNode& node, std::size_t) { return node.kind == NodeKind::sde; }));
    QVERIFY(found("broken").empty());
  }

  void numbers_are_compared() {
    const auto good = those([](const TreeNode& node, std::size_t) { return node.advantage > .5; });
    QVERIFY(!good.empty());
    QCOMPARE(found("a>0.5"), good);
    QCOMPARE(found("adv > .5"), good);
    QCOMPARE(found("Advantage > +0.5"), good);
    QCOMPARE(found("r < 0.2"),
             those([&](const TreeNode&, std::size_t node) { return figures_.reward[node] < .2; }));
    QCOMPARE(found("t == 4"), found("step=4"));
    QCOMPARE(found("t!=4").size() + found("t==4").size(), record_.nodes.size());
    QCOMPARE(found("t<=3").size() + found("t>3").size(), record_.nodes.size());
    QVERIFY(found("kl>-1").empty());  // none has one
  }

  void all_of_it_holds() {
    const auto both = found("adv < -0.5 and t == 4");
    QCOMPARE(both, those([](const TreeNode& node, std::size_t) {
               return node.advantage < -.5 && node.step == 4;
             }));
    QVERIFY(found("leaf and root").empty());
  }

  void words_are_the_prompts() {
    for (const char* words : {"green", "GREEN circles", "circles and a cross"}) {
      const TreeMatches matches = findNodes(record_, figures_, words);
      QVERIFY2(matches.of_prompt, words);
      QCOMPARE(matches.nodes, std::vector<std::int32_t>{0});
    }
    QVERIFY(found("blue").empty());
    QVERIFY(found("  ").empty());
  }

  void what_cannot_be_read_says_why() {
    for (const char* query : {"foo > 1", "a > x", "a >", "a <> 1", "leaf and a >"}) {
      const TreeMatches matches = findNodes(record_, figures_, query);
      QVERIFY2(!matches.problem.empty(), query);
      QVERIFY2(matches.nodes.empty(), query);
    }
  }
};

QTEST_APPLESS_MAIN(TestTreeFind)
#include "tst_tree_find.moc"
