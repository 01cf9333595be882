// Training on the GPU against training on the CPU, part by part and whole.
#pragma once

#include "selfcheck/check.h"

namespace treegrpo::selfcheck {

Report gradients(const Machine& machine);
Report optimizer(const Machine& machine);
Report iteration(const Machine& machine);
Report repeat(const Machine& machine);
Report checkpoint(const Machine& machine);
Report evaluation(const Machine& machine);

}  // namespace treegrpo::selfcheck
