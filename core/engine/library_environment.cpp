#include "engine/library_environment.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace treegrpo {
namespace {

constexpr const char* policy_variable = "OMP_WAIT_POLICY";
constexpr const char* spin_variable = "GOMP_SPINCOUNT";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

void set_library_environment() {
  // Who sets one of the two has decided how threads wait: libgomp lets the spin count win.
  if (variable(spin_variable).empty()) ::setenv(policy_variable, "PASSIVE", /*overwrite=*/0);
  // cuBLAS gives the same bytes twice only with a workspace of fixed size.
  ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
}

std::string wait_policy() {
  std::string policy = variable(policy_variable);
  std::transform(policy.begin(), policy.end(), policy.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (policy.empty()) policy = "default";
  const std::string spin = variable(spin_variable);
  return spin.empty() ? policy : policy + ", spin " + spin;
}

}  // namespace treegrpo
