#include "train/checkpoint.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "base/error.h"
#include "base/fingerprint.h"
#include "base/paths.h"
#include "weights/tensor_file.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* weights_file = "weights.safetensors";
constexpr const char* ema_file = "ema.safetensors";
constexpr const char* optimizer_file = "optimizer.safetensors";

// Throws Error unless the file holds tensors of the same names and shapes, all of them.
void check_tensors(const SafetensorsFile& file, const NamedTensors& like) {
  const std::string path = "'" + file.path().string() + "'";
  for (const auto& [name, tensor] : like) {
    const TensorEntry* entry = file.find(name);
    if (entry == nullptr)
      throw Error(path + " lacks the tensor '" + name + "': it belongs to another model");
    if (tensor.sizes() != at::IntArrayRef(entry->shape))
      throw Error("the tensor '" + name + "' of " + path +
                  " has another shape: it belongs to another model");
  }
  if (file.entries().size() != like.size())
    throw Error(path + " holds " + std::to_string(file.entries().size()) +
                " tensors where the model has " + std::to_string(like.size()) +
                ": it belongs to another model");
}

// Files of tensors, written one by one and named in the state.
void write_part(const fs::path& folder, const char* name, const NamedTensors& tensors,
                const std::string& model, CheckpointState& state) {
  write_tensors(folder / name, tensors, {{"model", model}});
  state.files[name] = file_fingerprint(folder / name);
}

}  // namespace

fs::path write_checkpoint(const fs::path& folder, CheckpointState state,
                          const CheckpointParts& parts) {
  const fs::path checkpoint = folder / checkpoint_name(state.iterations);
  const fs::path beside = folder / (checkpoint_name(state.iterations) + ".unfinished");
  const std::string model = parts.policy.info().name;
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  state.files.clear();
  try {
    create_folders(beside);
    write_part(beside, weights_file, parts.policy.parameters(Weights::current), model, state);
    if (parts.ema)
      write_part(beside, ema_file, parts.policy.parameters(Weights::ema), model, state);
    write_part(beside, optimizer_file, parts.optimizer.state(), model, state);
    write_file_atomically(beside / "state.json", state_text(state));
    replace_folder(beside, checkpoint);
  } catch (const Error& error) {
    fs::remove_all(beside, ignored);
    throw error.within("while writing the checkpoint of iteration " +
                       std::to_string(state.iterations));
  }
  return checkpoint;
}

void check_checkpoint(const fs::path& checkpoint, Policy& policy, const std::string& model,
                      bool ema) {
  const CheckpointState state = read_state(checkpoint);
  if (!model.empty() && !state.model.empty() && state.model != model)
    throw Error("'" + checkpoint.string() +
                "' belongs to a run of another model file (fingerprint " + state.model +
                ", this run's is " + model + ")");
  check_files(checkpoint, state);
  const NamedTensors weights = policy.parameters(Weights::current);
  check_tensors(SafetensorsFile(checkpoint / weights_file), weights);
  if (ema) check_tensors(SafetensorsFile(checkpoint / ema_file), weights);
  const SafetensorsFile whole(checkpoint / optimizer_file);  // its tensors: when they are loaded
}

void load_tensors(const fs::path& path, const NamedTensors& into) {
  const c10::NoGradGuard no_grad;
  const SafetensorsFile file(path);
  check_tensors(file, into);
  for (const auto& [name, tensor] : into)
    tensor.detach().copy_(read_tensor(file, *file.find(name)));
}

CheckpointState load_checkpoint(const fs::path& checkpoint, const CheckpointParts& parts) {
  try {
    CheckpointState state = read_state(checkpoint);
    load_tensors(checkpoint / weights_file, parts.policy.parameters(Weights::current));
    if (parts.ema) load_tensors(checkpoint / ema_file, parts.policy.parameters(Weights::ema));
    load_tensors(checkpoint / optimizer_file, parts.optimizer.state());
    return state;
  } catch (const Error& error) {
    throw error.within("while reading the checkpoint '" + checkpoint.string() + "'");
  }
}

}  // namespace treegrpo
