// The denoising step: CPU twin, kernel, tensor operations and the formula in double.
#pragma once

#include "selfcheck/check.h"

namespace treegrpo::selfcheck {

Report cpu_twin(const Machine& machine);
Report log_prob(const Machine& machine);
Report philox_words(const Machine& machine);
Report normals(const Machine& machine);
Report fused_step(const Machine& machine);
Report step_bytes(const Machine& machine);

}  // namespace treegrpo::selfcheck
