#include <QtTest>
#include <set>

#include "base/error.h"
#include "scene/caption.h"
#include "scene/vocabulary.h"

using namespace treegrpo;

namespace {

QString refusal(const char* text) {
  try {
    tokenize(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "not refused";
}

}  // namespace

class TestVocabulary : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_caption_has_tokens_of_its_own() {
    std::set<std::array<std::int64_t, caption_tokens>> seen;
    const std::vector<SceneSpec> specs = all_captions();
    for (const SceneSpec& spec : specs) seen.insert(tokenize(caption(spec)));
    QCOMPARE(seen.size(), specs.size());
  }

  void tokens_are_the_places_of_the_words_and_the_rest_is_padding() {
    const auto tokens = tokenize("three green triangles");
    QCOMPARE(vocabulary()[0], std::string_view());
    QCOMPARE(vocabulary()[static_cast<std::size_t>(tokens[0])], std::string_view("three"));
    QCOMPARE(vocabulary()[static_cast<std::size_t>(tokens[2])], std::string_view("triangles"));
    for (std::size_t i = 3; i < tokens.size(); ++i) QCOMPARE(tokens[i], std::int64_t{0});
    QVERIFY(tokenize("") == (std::array<std::int64_t, caption_tokens>{}));
  }

  // Trained models depend on these numbers.
  void the_order_of_the_words_does_not_change() {
    const std::array<std::int64_t, caption_tokens> expected{1, 12, 19, 5, 4, 1, 17, 20};
    QVERIFY(tokenize("a red circle left of a blue square") == expected);
    QCOMPARE(vocabulary().size(), std::size_t{27});
    QCOMPARE(vocabulary().back(), std::string_view("crosses"));
  }

  void an_unknown_word_is_named_with_the_known_ones() {
    const QString message = refusal("a pink circle");
    QVERIFY(message.contains("\"pink\""));
    QVERIFY(message.contains("purple, circle"));
  }

  void too_many_words_are_counted() {
    QVERIFY(refusal("a red circle left of a very blue square").contains("9 words; at most 8"));
  }
};

QTEST_GUILESS_MAIN(TestVocabulary)
#include "tst_vocabulary.moc"
