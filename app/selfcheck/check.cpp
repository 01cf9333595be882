#include "selfcheck/check.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <array>
#include <cstdlib>

#include "base/paths.h"
#include "selfcheck/model_checks.h"
#include "selfcheck/run_checks.h"
#include "selfcheck/step_checks.h"
#include "train/compute_device.h"
#include "train/engine_guard.h"

namespace treegrpo::selfcheck {
namespace {

constexpr std::array table = {
    Check{"cpu_twin", "the fused step on the CPU takes the step of the tensor operations",
          cpu_twin},
    Check{"log_prob", "log-probs of every sampler agree with the formula in double", log_prob},
    Check{"philox_words", "the GPU draws the CPU's random words", philox_words},
    Check{"normals", "and makes the CPU's normals of them", normals},
    Check{"fused_step", "the kernel takes the step of its CPU twin and of tensor operations",
          fused_step},
    Check{"step_bytes", "a step repeats byte for byte, whatever else is in its batch", step_bytes},
    Check{"network", "the bundled network and decoder agree with themselves in double", network},
    Check{"bf16", "how far the network in bf16 is from fp32", bf16},
    Check{"gradients", "the GPU finds the CPU's gradient on the same trees", gradients},
    Check{"optimizer", "and takes the CPU's optimiser steps", optimizer},
    Check{"iteration", "one whole iteration of training, CPU against GPU", iteration},
    Check{"repeat", "an iteration repeats byte for byte", repeat},
    Check{"checkpoint", "a checkpoint goes from one device to the other and back", checkpoint},
    Check{"evaluation", "held-out prompts score alike on CPU and GPU", evaluation},
};

}  // namespace

std::vector<at::Device> Machine::devices() const {
  std::vector<at::Device> all = {at::Device(at::kCPU)};
  if (gpu) all.push_back(*gpu);
  return all;
}

Machine this_machine() {
  // As the engine's loader sets it: cuBLAS repeats itself only with a workspace of fixed size.
  ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
  Machine machine;
  machine.why_no_gpu = open_cuda_half();
  const at::Device best = device_from_name("auto");
  if (best.is_cuda())
    machine.gpu = best;
  else if (machine.why_no_gpu.empty())
    machine.why_no_gpu = "LibTorch finds no NVIDIA GPU or driver";
  else
    machine.why_no_gpu = "LibTorch's CUDA half cannot be opened: " + machine.why_no_gpu;
  prepare_computing(0);
  machine.model = resource_path("models/tiny.safetensors");
  return machine;
}

void Findings::at_most(const std::string& name, double found, double limit) {
  numbers_[name] = {{"found", found}, {"at_most", limit}};
  if (!(found <= limit))
    failures_ += (failures_.empty() ? "" : "; ") + name + " is " + nlohmann::json(found).dump() +
                 ", above " + nlohmann::json(limit).dump();
}

void Findings::require(const std::string& name, bool holds) {
  numbers_[name] = holds;
  if (!holds) failures_ += (failures_.empty() ? "" : "; ") + ("not so: " + name);
}

void Findings::note(const std::string& name, nlohmann::ordered_json value) {
  numbers_[name] = std::move(value);
}

Report Findings::report() const {
  return {.outcome = failures_.empty() ? Outcome::passed : Outcome::failed,
          .reason = failures_,
          .numbers = numbers_};
}

Report skipped(const std::string& reason) {
  return {.outcome = Outcome::skipped, .reason = reason, .numbers = {}};
}

std::span<const Check> checks() { return table; }

Report run_check(const Check& check, const Machine& machine) {
  try {
    return guarded([&] { return check.run(machine); });
  } catch (const Error& error) {
    return {.outcome = Outcome::failed, .reason = error.what(), .numbers = {}};
  }
}

}  // namespace treegrpo::selfcheck
