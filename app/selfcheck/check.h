// What the self-check asks of this machine, as a table of plain functions, so that a program prints
// their findings and a test calls them one by one. Everything here runs on the calling thread.
#pragma once

#include <c10/core/Device.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace treegrpo::selfcheck {

// What the checks work with.
struct Machine {
  std::filesystem::path model;    // the bundled model
  std::optional<at::Device> gpu;  // none: the CPU half of each check runs
  std::string why_no_gpu;

  // The CPU, and the GPU where there is one.
  std::vector<at::Device> devices() const;
};

// Opens LibTorch's CUDA half, which must come before any other use of LibTorch, and sets up
// computing as a run does. Throws Error if the bundled model is missing.
Machine this_machine();

enum class Outcome { passed, failed, skipped };

struct Report {
  Outcome outcome = Outcome::passed;
  std::string reason;              // why it was skipped or what failed; else empty
  nlohmann::ordered_json numbers;  // name → {found, at_most}, or what else is worth knowing
};

// Gathers numbers and their limits; passes if all keep theirs.
class Findings {
 public:
  // NaN keeps no limit.
  void at_most(const std::string& name, double found, double limit);
  void require(const std::string& name, bool holds);
  void note(const std::string& name, nlohmann::ordered_json value);
  Report report() const;

 private:
  std::string failures_;
  nlohmann::ordered_json numbers_ = nlohmann::ordered_json::object();
};

Report skipped(const std::string& reason);

struct Check {
  const char* name;
  const char* sentence;  // what it finds out
  Report (*run)(const Machine& machine);
};

// In the order of the output.
std::span<const Check> checks();

// Runs one; whatever it throws is a failure with that sentence.
Report run_check(const Check& check, const Machine& machine);

}  // namespace treegrpo::selfcheck
