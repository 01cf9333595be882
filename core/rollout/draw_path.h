// The pictures of the way to a node of a stored tree, drawn again: its nodes' latents are replayed,
// decoded as they are and as what the model predicts from them. Reads weights and changes nothing.
#pragma once

#include "engine/model_work.h"
#include "policy/policy.h"

namespace treegrpo {

// As ModelWork::draw, under the current weights; whose they are is left to the caller.
DrawnPath draw_path(Policy& policy, const DrawOptions& options, const Proceed& proceed);

}  // namespace treegrpo
