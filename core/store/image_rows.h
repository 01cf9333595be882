// Pictures of nodes as rows, apart from the numbers, and their thinning. Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/image.h"
#include "record/tree_record.h"
#include "store/image_policy.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// A picture on its way into the store.
struct NodeImage {
  std::int32_t node = 0;
  std::int32_t tree = 0;  // tree number within the record
  bool leaf = false;
  StoredImage image;
};

// The pictures of a record as they will be stored, leaves first: they are the last to be given up
// when the budget ends.
std::vector<NodeImage> node_images(const TreeRecord& record, const ImageSection& policy);

// `tree` is a row id of table tree.
void insert_image(Statements& statements, std::int64_t tree, const NodeImage& image);

// Bytes of the training pictures of an iteration, and of all after it.
std::int64_t image_bytes_of(Statements& statements, RunId run, std::int32_t iteration);
std::int64_t image_bytes_after(Statements& statements, RunId run, std::int32_t iteration);

enum class ImagesOf { inner_nodes, leaves };

// Removes those pictures of an iteration's training trees; returns how many bytes that were.
std::int64_t delete_images(Statements& statements, RunId run, std::int32_t iteration, ImagesOf of);

// Puts the stored pictures into a record that was read.
void select_images(Statements& statements, RunId run, TreeRecord& record);
void read_images(Query& rows, TreeRecord& record);  // of node, bytes

std::optional<Image> select_image(Statements& statements, RunId run, std::int32_t iteration,
                                  PromptId prompt, NodeId node);

}  // namespace treegrpo
