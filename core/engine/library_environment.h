// What LibTorch's libraries read from the environment once, when they are loaded: how threads wait,
// and what makes a GPU repeatable.
#pragma once

#include <string>

namespace treegrpo {

// Sets what the user has not set; without effect once the libraries are in the process. No other
// thread may read the environment meanwhile.
//
// Threads that wait sleep at once (OMP_WAIT_POLICY=PASSIVE): where they spin and another process
// wants the cores, a network pass takes many times as long, since the thread that everybody waits
// for does not run.
void set_library_environment();

// How waiting threads of this process wait, as it is stored with a run: "passive", or what the user
// has set instead: "active", "passive, spin 1000".
std::string wait_policy();

}  // namespace treegrpo
