// The policies there are; a model file says which one it is.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "policy/policy.h"
#include "policy/precision.h"

namespace treegrpo {

struct PolicyEntry {
  std::string_view name;      // metadata "model" of the file
  std::string_view sentence;  // what it is
};

// Read top to bottom: the order of lists and menus.
std::span<const PolicyEntry> policies();

struct PolicyFiles {
  std::filesystem::path model;
  std::filesystem::path weights;  // empty, or a checkpoint's weights over the model's
};

// Opens a model, whose predictions are computed in that precision. Throws Error if the file is
// missing, truncated, foreign or of an unknown kind, or if its tensors do not fit (missing,
// unexpected and misshapen names are listed).
std::unique_ptr<Policy> open_policy(const PolicyFiles& files, const at::Device& device,
                                    Precision precision = Precision::fp32);

}  // namespace treegrpo
