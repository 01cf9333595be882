#include <QTest>
#include <cmath>

#include "record/probe_record.h"

using namespace treegrpo;

namespace {

// A picture of one colour.
ProbePicture plain(std::uint8_t level, int side = 2) {
  ProbePicture picture{.rewards = {}, .image = {.width = side, .height = side, .rgb = {}}};
  picture.image.rgb.assign(static_cast<std::size_t>(side * side) * 3, level);
  return picture;
}

}  // namespace

class TestProbeRecord : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void diversity_is_the_mean_over_pairs_of_the_rms_distance() {
    QCOMPARE(picture_diversity(std::vector{plain(0), plain(255)}), 1.);
    QCOMPARE(picture_diversity(std::vector{plain(51), plain(51)}), 0.);
    // Pairs 51, 102 and 153 levels apart: (0.2 + 0.4 + 0.6) / 3.
    QCOMPARE(picture_diversity(std::vector{plain(0), plain(51), plain(153)}), .4);
    ProbePicture half = plain(0);
    std::fill_n(half.image.rgb.begin(), 6, std::uint8_t{255});
    QCOMPARE(picture_diversity(std::vector{plain(0), half}), std::sqrt(.5));
  }

  void diversity_is_not_known_of_one_picture_or_of_different_sizes() {
    QVERIFY(std::isnan(picture_diversity({})));
    QVERIFY(std::isnan(picture_diversity(std::vector{plain(0)})));
    QVERIFY(std::isnan(picture_diversity(std::vector{plain(0), plain(0, 3)})));
    QVERIFY(std::isnan(picture_diversity(std::vector{ProbePicture{}, ProbePicture{}})));
  }

  void means_leave_out_what_is_missing() {
    ProbeRecord record;
    record.prompts = {{.text = "a",
                       .diversity = .2,
                       .pictures = {{.rewards = {{"x", 1}, {"y", no_value}}, .image = {}},
                                    {.rewards = {{"x", 3}}, .kl = .5, .image = {}}}},
                      {.text = "b", .pictures = {{.rewards = {{"x", no_value}}, .image = {}}}}};
    const ProbeMeans means = probe_means(record);
    QCOMPARE(means.rewards.size(), std::size_t{2});
    QCOMPARE(means.rewards[0].name, std::string("x"));
    QCOMPARE(means.rewards[0].value, 2.);
    QVERIFY(std::isnan(means.rewards[1].value));
    QCOMPARE(means.kl, .5);
    QCOMPARE(means.diversity, .2);
    QVERIFY(std::isnan(probe_means({}).kl));
  }
};

QTEST_APPLESS_MAIN(TestProbeRecord)
#include "tst_probe_record.moc"
