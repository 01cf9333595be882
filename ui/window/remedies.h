// What a user can do about a fault: which buttons stand beside its sentence, by what failed and
// what there is to go on from. A function of values, without Qt's widgets.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fault.h"

namespace treegrpo {

enum class FaultRemedy : std::uint8_t {
  resume,         // the run, from its last checkpoint or from its beginning
  half_rows,      // likewise, with half the rows a pass
  try_again,      // what was asked for last
  show_place,     // the tree where a number is not finite
  free_space,     // pictures and the trash
  check_store,    // and repair what can be
  open_store,     // another workspace
  new_store,      // likewise
  choose_model,   // another file
  bundled_model,  // instead of the file that is missing
  new_run,        // of another config
  show_log,
};

// What remedies depend on beside the fault.
struct FaultFacts {
  bool stored = false;     // the run can be read from the store
  bool attempted = false;  // a run was asked for that can be asked for again
  bool own_model = false;  // its config names a file
  bool new_run = false;    // it was a new run, which may take any model
  bool shown = false;      // the place of the fault, or one before it, can be shown
  bool halvable = false;   // a pass has more than one row
};

// The first is the one to press.
std::vector<FaultRemedy> remediesOf(const Fault& fault, const FaultFacts& facts);

}  // namespace treegrpo
