#include "store/image_rows.h"

#include <algorithm>

#include "image/codec.h"
#include "store/tree_problem.h"

namespace treegrpo {
namespace {

constexpr const char* insert_image_sql = R"sql(
INSERT INTO image(tree, node, leaf, codec, width, height, byte_count, bytes)
VALUES(?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* image_bytes_sql = R"sql(
SELECT coalesce(sum(image.byte_count), 0) FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.purpose = 'train')sql";

constexpr const char* later_bytes_sql = R"sql(
SELECT coalesce(sum(image.byte_count), 0) FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.iteration > ? AND tree.purpose = 'train')sql";

constexpr const char* bytes_of_kind_sql = R"sql(
SELECT coalesce(sum(image.byte_count), 0) FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.purpose = 'train' AND image.leaf = ?)sql";

constexpr const char* delete_images_sql = R"sql(
DELETE FROM image WHERE tree IN
  (SELECT id FROM tree WHERE run = ? AND iteration = ? AND purpose = 'train') AND leaf = ?)sql";

constexpr const char* select_images_sql = R"sql(
SELECT image.node, image.bytes FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train')sql";

constexpr const char* select_image_sql = R"sql(
SELECT image.node, image.bytes FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train'
  AND image.node = ?)sql";

Image image_from_row(const Query& row) {
  const SQLite::Column bytes = row.column(1);
  return decode_image({static_cast<const std::uint8_t*>(bytes.getBlob()),
                       static_cast<std::size_t>(bytes.getBytes())});
}

}  // namespace

std::vector<NodeImage> node_images(const TreeRecord& record, const ImageSection& policy) {
  std::vector<NodeImage> images;
  for (std::size_t id = 0; id < record.nodes.size(); ++id) {
    const TreeNode& node = record.nodes[id];
    if (node.image.empty()) continue;
    images.push_back({.node = static_cast<std::int32_t>(id),
                      .tree = node.tree,
                      .leaf = record.is_leaf(id),
                      .image = stored_image(node.image, policy)});
  }
  std::stable_partition(images.begin(), images.end(),
                        [](const NodeImage& image) { return image.leaf; });
  return images;
}

void insert_image(Statements& statements, std::int64_t tree, const NodeImage& image) {
  const StoredImage& stored = image.image;
  Query(statements[insert_image_sql], tree, image.node, image.leaf ? 1 : 0, stored.codec,
        stored.width, stored.height, static_cast<std::int64_t>(stored.bytes.size()), stored.bytes)
      .run();
}

std::int64_t image_bytes_of(Statements& statements, RunId run, std::int32_t iteration) {
  Query row(statements[image_bytes_sql], run.value, iteration);
  return row.next() ? row.integer(0) : 0;
}

std::int64_t image_bytes_after(Statements& statements, RunId run, std::int32_t iteration) {
  Query row(statements[later_bytes_sql], run.value, iteration);
  return row.next() ? row.integer(0) : 0;
}

std::int64_t delete_images(Statements& statements, RunId run, std::int32_t iteration, ImagesOf of) {
  const int leaf = of == ImagesOf::leaves ? 1 : 0;
  std::int64_t bytes = 0;
  {
    Query row(statements[bytes_of_kind_sql], run.value, iteration, leaf);
    if (row.next()) bytes = row.integer(0);
  }
  if (bytes > 0) Query(statements[delete_images_sql], run.value, iteration, leaf).run();
  return bytes;
}

void select_images(Statements& statements, RunId run, TreeRecord& record) {
  Query rows(statements[select_images_sql], run.value, record.iteration, record.prompt.value);
  read_images(rows, record);
}

void read_images(Query& rows, TreeRecord& record) {
  while (rows.next()) {
    const std::int64_t node = rows.integer(0);
    if (node < 0 || node >= static_cast<std::int64_t>(record.nodes.size()))
      throw damaged_store("there is a picture of node " + std::to_string(node) + " of " +
                          place_of(record) + ", which has " + std::to_string(record.nodes.size()) +
                          " nodes");
    record.nodes[static_cast<std::size_t>(node)].image = image_from_row(rows);
  }
}

std::optional<Image> select_image(Statements& statements, RunId run, std::int32_t iteration,
                                  PromptId prompt, NodeId node) {
  Query row(statements[select_image_sql], run.value, iteration, prompt.value, node.value);
  if (!row.next()) return std::nullopt;
  return image_from_row(row);
}

}  // namespace treegrpo
