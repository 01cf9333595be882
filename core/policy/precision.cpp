#include "policy/precision.h"

#include <ATen/autocast_mode.h>

#include "base/error.h"

namespace treegrpo {

Precision precision_from_name(const std::string& name) {
  if (name == "fp32") return Precision::fp32;
  if (name == "bf16") return Precision::bf16;
  throw configuration_error("run.precision must be one of fp32, bf16, found '" + name + "'");
}

PrecisionScope::PrecisionScope(Precision precision, c10::DeviceType device)
    : lowered_(precision == Precision::bf16), device_(device) {
  if (!lowered_) return;
  at::autocast::increment_nesting();
  at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  at::autocast::set_autocast_enabled(device_, true);
}

PrecisionScope::~PrecisionScope() {
  if (!lowered_) return;
  at::autocast::set_autocast_enabled(device_, false);
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

}  // namespace treegrpo
