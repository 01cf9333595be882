// The machine this process runs on: what a run's provenance says and what "threads = 0" means.
#pragma once

#include <string>

namespace treegrpo {

// Of the first processor, as the kernel calls it: "AMD EPYC 9R14". "CPU" where it does not say.
std::string processor_name();

// Compute threads for a run that asks for `asked`; 0: the cores this process may use, at most 16.
int thread_count(int asked);

}  // namespace treegrpo
