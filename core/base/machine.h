// The machine this process runs on: what a run's provenance says, what "threads = 0" means, and
// what becomes of freed memory.
#pragma once

#include <string>

namespace treegrpo {

// Of the first processor, as the kernel calls it: "AMD EPYC 9R14". "CPU" where it does not say.
std::string processor_name();

// Who runs this process, and where: "ada@lab3".
std::string user_and_host();

// Compute threads for a run that asks for `asked`; 0: the cores this process may use, at most 16.
int thread_count(int asked);

// From now on freed memory stays with the process. A network pass frees and takes the same hundred
// megabytes again and again; given back to the system between, each page is cleared and mapped
// anew, which is a tenth of the pass.
void keep_freed_memory();

// Gives what is free back to the system, once.
void give_back_memory();

}  // namespace treegrpo
