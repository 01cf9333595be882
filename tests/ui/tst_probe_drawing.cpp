#include <QtTest>
#include <algorithm>

#include "canvas/marks.h"
#include "canvas/probe_drawing.h"
#include "canvas_trees.h"
#include "probe_runs.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

Drawing draw(const ProbeStrip& strip, float width = 900, float height = 500) {
  return probeDrawing(strip, width, height, dark);
}

std::vector<ProbePlace> picturesIn(const ProbeStrip& strip, const Drawing& drawing) {
  std::vector<ProbePlace> places;
  for (const HitBox& hit : hitsOf(drawing, HitKind::node))
    places.push_back(pictureOf(strip, hit.target));
  return places;
}

Box boxOf(const ProbeStrip& strip, const Drawing& drawing, ProbePlace place) {
  for (const HitBox& hit : hitsOf(drawing, HitKind::node))
    if (pictureOf(strip, hit.target) == place) return hit.box;
  return {};
}

}  // namespace

class TestProbeDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_prompt_and_seed_is_a_row_and_every_probe_a_column() {
    ProbeStrip strip = probeStrip();
    QCOMPARE(probeRows(strip).size(), std::size_t{6});
    const Drawing drawing = draw(strip, 900, 700);
    QCOMPARE(picturesIn(strip, drawing).size(), std::size_t{24});
    QCOMPARE(itemsOf<ImageItem>(drawing).size(), std::size_t{24});
    for (const char* words : {"a red circle", "seed 0", "seed 1", "0", "20", "40", "60"})
      QVERIFY2(hasText(drawing, words), words);
    const Box first = boxOf(strip, drawing, {0, 0});
    QCOMPARE(boxOf(strip, drawing, {3, 0}).top, first.top);
    QCOMPARE(boxOf(strip, drawing, {0, 5}).left, first.left);
    strip.seed = 1;
    QCOMPARE(picturesIn(strip, draw(strip)).size(), std::size_t{12});
    QVERIFY(!hasText(draw(strip), "seed 1"));
  }

  void a_picture_is_drawn_in_whole_pixels_or_shrunk_smoothly() {
    ProbeStrip strip = probeStrip();
    strip.seed = 0;
    for (const ImageItem& image : itemsOf<ImageItem>(draw(strip))) {
      QVERIFY(!image.smooth);
      QCOMPARE(std::fmod(image.box.width, 32.f), 0.f);
    }
    const ProbeStrip large = probeStrip({.side = 200});
    for (const ImageItem& image : itemsOf<ImageItem>(draw(large))) {
      QVERIFY(image.smooth);
      QVERIFY(image.box.width <= 96);
    }
  }

  void lanes_hold_the_means_at_the_columns_of_the_pictures() {
    const ProbeStrip strip = probeStrip();
    const std::vector<ProbeLane> lanes = probeLanes(strip);
    QCOMPARE(lanes.size(), std::size_t{4});
    QCOMPARE(lanes[0].name, std::string("match"));
    QVERIFY(std::abs(lanes[0].lines[0].values[3] - .65) < 1e-12);
    QCOMPARE(lanes[3].name, std::string("diversity"));
    QCOMPARE(lanes[3].lines[0].values[0], probe_means(*strip.probes[0]).diversity);
    const Drawing drawing = draw(strip);
    for (const char* words : {"match", "clean", "KL", "diversity", "0.650", "0.500 to 0.650"})
      QVERIFY2(hasText(drawing, words), words);
    const auto lines = itemsOf<PolylineItem>(drawing);
    QCOMPARE(lines.size(), std::size_t{4});
    QVERIFY(lines[0].points.front().y > lines[0].points.back().y);  // it rises
    for (int probe = 0; probe < 4; ++probe)
      QCOMPARE(lines[0].points[static_cast<std::size_t>(probe)].x,
               boxOf(strip, drawing, {probe, 0}).centre().x);
  }

  void what_a_run_cannot_know_says_why() {
    ProbeStrip strip = probeStrip({.seeds = 1, .knows_kl = false});
    const Drawing drawing = draw(strip);
    QVERIFY(hasText(drawing, "KL: not known, the run keeps no reference (objective.kl_beta = 0)"));
    QVERIFY(hasText(drawing, "diversity: not known of a single seed (probe.seeds)"));
    QCOMPARE(itemsOf<PolylineItem>(drawing).size(), std::size_t{2});
  }

  void a_number_that_is_missing_leaves_a_gap() {
    ProbeStrip strip = probeStrip();
    ProbeRecord hole = *strip.probes[1];
    for (ProbedPrompt& prompt : hole.prompts)
      for (ProbePicture& picture : prompt.pictures) picture.kl = no_value;
    strip.probes[1] = std::make_shared<const ProbeRecord>(hole);
    const Drawing drawing = draw(strip);
    QCOMPARE(itemsOf<PolylineItem>(drawing)[2].points.size(), std::size_t{2});  // 40 and 60
    QVERIFY(hasText(drawing, "–"));
  }

  void a_picture_that_is_not_stored_has_corner_marks() {
    ProbeStrip strip = probeStrip({.probes = 1, .prompts = 1, .seeds = 1});
    ProbeRecord bare = *strip.probes[0];
    bare.prompts[0].pictures[0].image = {};
    strip.probes[0] = std::make_shared<const ProbeRecord>(bare);
    const Drawing drawing = draw(strip);
    QVERIFY(itemsOf<ImageItem>(drawing).empty());
    QCOMPARE(picturesIn(strip, drawing).size(), std::size_t{1});
  }

  void the_selected_picture_has_a_ring() {
    ProbeStrip strip = probeStrip();
    strip.selected = {2, 1};
    const Drawing drawing = draw(strip);
    const Box box = boxOf(strip, drawing, {2, 1});
    const auto boxes = itemsOf<BoxItem>(drawing);
    QVERIFY(std::ranges::any_of(boxes, [&](const BoxItem& item) {
      return item.pen.color == dark.ring && item.box == grown(box, 3);
    }));
  }

  void what_does_not_fit_is_counted_and_scrolled() {
    ProbeStrip strip = probeStrip({.probes = 40, .prompts = 12});
    const ProbeRoom room = probeRoom(strip, 500, 400);
    QVERIFY(room.columns < 40 && room.rows < 24);
    QVERIFY(hasText(draw(strip, 500, 400), std::to_string(40 - room.columns) + " →"));
    QVERIFY(hasText(draw(strip, 500, 400), "↓ " + std::to_string(24 - room.rows)));
    strip.first_probe = strip.first_row = 1000;
    const Drawing last = draw(strip, 500, 400);
    const auto places = picturesIn(strip, last);
    QCOMPARE(places.size(), static_cast<std::size_t>(room.columns * room.rows));
    QVERIFY(places.back() == (ProbePlace{39, 23}));
    for (const HitBox& hit : hitsOf(last, HitKind::node))
      QVERIFY(hit.box.right() <= 500 && hit.box.left >= 0);
  }

  void any_size_and_any_strip_can_be_drawn() {
    QVERIFY(probeDrawing({}, 300, 200, dark).items.empty());
    for (const float width : {1.f, 160.f, 2000.f})
      for (const float height : {1.f, 120.f, 1500.f})
        QVERIFY(!draw(probeStrip(), width, height).items.empty());
    QVERIFY(pictureAt(probeStrip(), {99, 0}) == nullptr);
    QVERIFY(pictureAt(probeStrip(), {0, 99}) == nullptr);
    ProbeStrip none = probeStrip();
    none.seed = 44;
    QVERIFY(picturesIn(none, draw(none)).empty());
  }
};

QTEST_APPLESS_MAIN(TestProbeDrawing)
#include "tst_probe_drawing.moc"
