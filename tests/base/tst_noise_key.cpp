#include <QtTest>
#include <set>
#include <string>
#include <vector>

#include "base/noise_key.h"

using namespace treegrpo;
using Words = std::array<std::uint32_t, 4>;

class TestNoiseKey : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Known answers of Random123's kat_vectors for philox4x32, 10 rounds.
  void philox_gives_the_known_answers() {
    QVERIFY(philox4x32_10({0, 0, 0, 0}, {0, 0}) ==
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    QVERIFY(philox4x32_10({ones, ones, ones, ones}, {ones, ones}) ==
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    QVERIFY(
        philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
  }

  void every_part_of_a_key_changes_the_counter() {
    const std::vector<std::int32_t> path = {0, 2, 1};
    const NoiseKey key{.seed = 7,
                       .stream = NoiseStream::train,
                       .iteration = 3,
                       .prompt_hash = 5,
                       .tree = 1,
                       .path = path};
    std::vector<NoiseKey> others(6, key);
    const std::vector<std::int32_t> other_path = {0, 2, 0};
    others[0].seed = 8;
    others[1].stream = NoiseStream::probe;
    others[2].iteration = 4;
    others[3].prompt_hash = 6;
    others[4].tree = 2;
    others[5].path = other_path;
    for (const NoiseKey& other : others) QVERIFY(noise_counter(other) != noise_counter(key));
    QVERIFY(noise_counter(key) == noise_counter(key));
  }

  void the_order_and_length_of_a_path_count() {
    const std::vector<std::vector<std::int32_t>> paths = {
        {}, {0}, {0, 0}, {0, 0, 0}, {1}, {0, 1}, {1, 0}, {1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
    std::set<std::vector<std::uint32_t>> seen;
    for (const auto& path : paths) {
      const NoiseCounter counter = noise_counter({.seed = 1, .path = path});
      seen.insert(
          {counter.key[0], counter.key[1], counter.high[0], counter.high[1], counter.high[2]});
    }
    QCOMPARE(seen.size(), paths.size());
  }

  void ten_thousand_nodes_have_ten_thousand_counters() {
    std::set<std::array<std::uint32_t, 3>> seen;
    for (std::uint32_t iteration = 0; iteration < 10; ++iteration)
      for (std::uint32_t tree = 0; tree < 10; ++tree)
        for (std::int32_t node = 0; node < 100; ++node) {
          const std::vector<std::int32_t> path = {node / 10, node % 10};
          seen.insert(noise_counter({.iteration = iteration, .tree = tree, .path = path}).high);
        }
    QCOMPARE(seen.size(), std::size_t{10000});
  }

  void uniform_numbers_lie_in_zero_to_one_and_average_a_half() {
    const NoiseCounter counter = noise_counter({.seed = 42});
    double sum = 0;
    for (std::uint32_t index = 0; index < 20000; ++index) {
      const double number = uniform(counter, index);
      QVERIFY(number >= 0 && number < 1);
      sum += number;
    }
    QVERIFY(std::abs(sum / 20000 - .5) < .01);  // five standard errors
  }

  void prompts_that_differ_in_a_letter_hash_apart() {
    QVERIFY(prompt_hash("a red circle") != prompt_hash("a red circles"));
    QVERIFY(prompt_hash("") != prompt_hash(" "));
    QVERIFY(prompt_hash("a red circle") == prompt_hash(std::string("a red circle")));
  }
};

QTEST_GUILESS_MAIN(TestNoiseKey)
#include "tst_noise_key.moc"
