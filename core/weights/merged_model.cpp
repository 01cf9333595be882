#include "weights/merged_model.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "base/error.h"

namespace treegrpo {
namespace {

void check_fit(const SafetensorsFile& model, const SafetensorsFile& weights) {
  for (const TensorEntry& entry : weights.entries()) {
    const TensorEntry* place = model.find(entry.name);
    const std::string tensor = "tensor '" + entry.name + "' of '" + weights.path().string() + "'";
    if (!place)
      throw Error(tensor + " is not in the model '" + model.path().string() +
                      "'; they do not belong together",
                  ErrorKind::model_file);
    if (place->shape != entry.shape || place->dtype != entry.dtype)
      throw Error(tensor + " has another shape or type in the model '" + model.path().string() +
                      "'; they do not belong together",
                  ErrorKind::model_file);
  }
}

}  // namespace

void write_merged_model(const std::filesystem::path& model, const std::filesystem::path& weights,
                        const std::filesystem::path& out, const Metadata& about) {
  const SafetensorsFile base(model), trained(weights);
  check_fit(base, trained);
  std::vector<std::vector<std::byte>> bytes;
  std::vector<TensorBytes> tensors;
  for (const TensorEntry& entry : base.entries()) {
    const TensorEntry* replaced = trained.find(entry.name);
    std::vector<std::byte>& held = bytes.emplace_back(entry.bytes);
    if (replaced)
      trained.read(*replaced, held);
    else
      base.read(entry, held);
    tensors.push_back(
        {.name = entry.name, .dtype = entry.dtype, .shape = entry.shape, .bytes = held});
  }
  Metadata metadata = base.metadata();
  for (const auto& [key, value] : about) metadata.insert_or_assign(key, value);
  write_safetensors(out, std::move(tensors), std::move(metadata));
}

}  // namespace treegrpo
