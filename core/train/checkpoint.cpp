#include "train/checkpoint.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/paths.h"
#include "weights/tensor_file.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr int state_version = 1;

std::string state_text(const CheckpointState& state) {
  nlohmann::ordered_json json;
  json["version"] = state_version;
  json["iterations"] = state.iterations;
  json["evaluated"] = state.evaluated;
  json["reward"] = std::isfinite(state.reward) ? nlohmann::json(state.reward) : nlohmann::json();
  json["config"] = state.config;
  return json.dump(2) + "\n";
}

CheckpointState parse_state(const fs::path& file) {
  const std::string text = read_file(file);
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    if (json.at("version").get<int>() > state_version)
      throw Error("'" + file.string() + "' was written by a newer version of this program");
    const nlohmann::json& reward = json.at("reward");
    return {.iterations = json.at("iterations").get<std::int32_t>(),
            .evaluated = json.at("evaluated").get<std::int32_t>(),
            .reward = reward.is_null() ? no_value : reward.get<double>(),
            .config = json.at("config").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    throw Error("'" + file.string() +
                "' is damaged: it is not the state of a checkpoint; resume "
                "from another one");
  }
}

// A finished folder in place of an older one of the same name.
void move_into_place(const fs::path& finished, const fs::path& checkpoint) {
  std::error_code failure;
  fs::remove_all(checkpoint, failure);
  if (!failure) fs::rename(finished, checkpoint, failure);
  if (failure)
    throw Error("cannot put the checkpoint '" + checkpoint.string() +
                "' in place: " + failure.message());
  sync_to_disk(checkpoint.parent_path());
}

}  // namespace

std::string checkpoint_name(std::int32_t iterations) {
  char name[32];
  std::snprintf(name, sizeof name, "checkpoint-%06d", iterations);
  return name;
}

fs::path write_checkpoint(const fs::path& folder, const CheckpointState& state,
                          const CheckpointParts& parts) {
  const fs::path checkpoint = folder / checkpoint_name(state.iterations);
  const fs::path beside = folder / (checkpoint_name(state.iterations) + ".unfinished");
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  try {
    create_folders(beside);
    write_tensors(beside / "weights.safetensors", parts.policy.parameters(Weights::current),
                  {{"model", parts.policy.info().name}});
    if (parts.ema)
      write_tensors(beside / "ema.safetensors", parts.policy.parameters(Weights::ema),
                    {{"model", parts.policy.info().name}});
    write_tensors(beside / "optimizer.safetensors", parts.optimizer.state(), {});
    write_file_atomically(beside / "state.json", state_text(state));
    move_into_place(beside, checkpoint);
  } catch (const Error& error) {
    fs::remove_all(beside, ignored);
    throw error.within("while writing the checkpoint of iteration " +
                       std::to_string(state.iterations));
  }
  return checkpoint;
}

void load_tensors(const fs::path& path, const NamedTensors& into) {
  const c10::NoGradGuard no_grad;
  const SafetensorsFile file(path);
  for (const auto& [name, tensor] : into) {
    const TensorEntry* entry = file.find(name);
    if (entry == nullptr)
      throw Error("'" + path.string() + "' lacks the tensor '" + name +
                  "': it belongs to another model");
    const at::Tensor read = read_tensor(file, *entry);
    if (read.sizes() != tensor.sizes())
      throw Error("the tensor '" + name + "' of '" + path.string() +
                  "' has another shape: it belongs to another model");
    tensor.detach().copy_(read);
  }
  if (file.entries().size() != into.size())
    throw Error("'" + path.string() + "' holds " + std::to_string(file.entries().size()) +
                " tensors where the model has " + std::to_string(into.size()) +
                ": it belongs to another model");
}

CheckpointState load_checkpoint(const fs::path& checkpoint, const CheckpointParts& parts) {
  try {
    CheckpointState state = parse_state(checkpoint / "state.json");
    load_tensors(checkpoint / "weights.safetensors", parts.policy.parameters(Weights::current));
    if (parts.ema)
      load_tensors(checkpoint / "ema.safetensors", parts.policy.parameters(Weights::ema));
    load_tensors(checkpoint / "optimizer.safetensors", parts.optimizer.state());
    return state;
  } catch (const Error& error) {
    throw error.within("while reading the checkpoint '" + checkpoint.string() + "'");
  }
}

}  // namespace treegrpo
