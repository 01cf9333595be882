#include "rollout/leaf_images.h"

#include <ATen/ATen.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "policy/pictures.h"

namespace treegrpo {
namespace {

// Where the picture of that number is, counted over the leaves of all trees; -1: not known.
ErrorPlace place_in(std::span<const GrownTree> trees, std::int64_t image) {
  ErrorPlace place{.iteration = trees.front().record.iteration};
  for (const GrownTree& tree : trees) {
    if (image < 0) break;
    place.prompt = tree.record.prompt.value;
    image -= tree.leaf_latents.size(0);
  }
  return place;
}

}  // namespace

at::Tensor decode_leaves(Policy& policy, const at::Tensor& latents, int micro_batch,
                         const std::function<bool()>& proceed) {
  std::vector<at::Tensor> images;
  for (const at::Tensor& part : latents.split(micro_batch > 0 ? micro_batch : latents.size(0))) {
    if (proceed && !proceed()) return {};
    images.push_back(policy.decode(part, Quality::full));
  }
  return at::cat(images);
}

void keep_leaf_pictures(const at::Tensor& images, std::span<GrownTree> trees) {
  std::vector<Image> pictures = pictures_of(images);
  auto picture = pictures.begin();
  for (GrownTree& tree : trees)
    for (const std::int32_t leaf : leaves(tree.record))
      tree.record.nodes[static_cast<std::size_t>(leaf)].image = std::move(*picture++);
}

void score_leaves(const RewardMix& rewards, const at::Tensor& images, std::span<GrownTree> trees) {
  std::vector<std::string> prompt_of_image;
  for (const GrownTree& tree : trees)
    prompt_of_image.insert(prompt_of_image.end(),
                           static_cast<std::size_t>(tree.leaf_latents.size(0)), tree.record.text);
  std::vector<std::vector<double>> columns;
  try {
    columns = rewards.score(images, prompt_of_image);
  } catch (const Error& error) {
    throw Error(error.what(), error.kind(), place_in(trees, error.place().image))
        .within("in iteration " + std::to_string(trees.front().record.iteration));
  }
  std::ptrdiff_t begin = 0;
  for (GrownTree& tree : trees) {
    const std::ptrdiff_t end = begin + tree.leaf_latents.size(0);
    tree.record.reward_names = rewards.names();
    tree.record.reward_weights = rewards.weights();
    tree.record.rewards.clear();
    for (const std::vector<double>& column : columns)
      tree.record.rewards.emplace_back(column.begin() + begin, column.begin() + end);
    begin = end;
  }
}

}  // namespace treegrpo
