#include "image/codec.h"
#include "sample_records.h"
#include "store/image_policy.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestImagePolicy : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void small_pictures_are_exact_and_larger_ones_become_thumbnails() {
    RandomRecords random(1);
    const Image small = random.image(64);
    const StoredImage kept = stored_image(small, {.size = 64});
    QCOMPARE(kept.codec, std::string("png"));
    QVERIFY(decode_image(kept.bytes) == small);
    const StoredImage thumbnail = stored_image(random.image(200), {.size = 128});
    QCOMPARE(thumbnail.codec, std::string("webp"));
    QCOMPARE(thumbnail.width, 128);
    QCOMPARE(decode_image(thumbnail.bytes).height, 128);
    QCOMPARE(stored_image(random.image(200), {.size = 64}).codec, std::string("png"));
  }

  void inner_nodes_keep_pictures_in_the_first_every_nth_and_the_last_iterations() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunCreation made = creation();
    made.config.images.every = 10;
    const RunId run = writer.create_run(made);
    constexpr std::int32_t total = 45;
    for (std::int32_t i = 0; i < total; ++i)
      writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0)});
    RunReader reader(folder.file());
    std::int64_t bytes = 0;
    for (std::int32_t i = 0; i < total; ++i) {
      const bool kept = i % 10 == 0 || i >= total - recent_iterations;
      QCOMPARE(reader.image(run, i, {0}, {0}).has_value(), kept);
      QVERIFY(reader.image(run, i, {0}, {1}).has_value());
      const TreeRecord tree = reader.tree(run, i, {0});
      for (const TreeNode& node : tree.nodes)
        if (!node.image.empty()) bytes += static_cast<std::int64_t>(encode_png(node.image).size());
    }
    QCOMPARE(reader.runs()[0].image_bytes, bytes);
  }

  void no_nth_iteration_keeps_only_the_first() {
    QVERIFY(keeps_inner_images({.every = 0}, 0));
    QVERIFY(!keeps_inner_images({.every = 0}, 10));
    QVERIFY(keeps_inner_images({.every = 10}, 10));
  }

  void the_last_of_the_planned_iterations_wants_them_too() {
    const ImageSection policy{.every = 0};
    QVERIFY(wants_inner_images(policy, 0, 100));
    QVERIFY(!wants_inner_images(policy, 98, 100));
    QVERIFY(wants_inner_images(policy, 99, 100));
  }

  void beyond_the_budget_numbers_are_kept_and_pictures_are_not() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunCreation made = creation();
    made.config.images.budget_mb = 0;
    const RunId run = writer.create_run(made);
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    RunReader reader(folder.file());
    QVERIFY(!reader.image(run, 0, {0}, {1}).has_value());
    TreeRecord bare = small_tree(0, 0);
    for (TreeNode& node : bare.nodes) node.image = {};
    QVERIFY(same(reader.tree(run, 0, {0}), bare));
    QCOMPARE(reader.runs()[0].image_bytes, std::int64_t{0});
  }
};

QTEST_GUILESS_MAIN(TestImagePolicy)
#include "tst_image_policy.moc"
