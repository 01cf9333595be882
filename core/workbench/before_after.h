// What a run did to the pictures: the same held-out prompts from the same noises, before and after,
// with their scores.
#pragma once

#include "engine/engine.h"
#include "image/contact_sheet.h"
#include "record/run_config.h"

namespace treegrpo {

struct BeforeAfter {
  ModelFiles before;
  ModelFiles after;
  RunConfig config;        // its seed, sampler steps of the evaluation, shift and guidance
  int prompts_a_task = 3;  // the first ones of each task's held-out list: nobody picks
};

// For models of the bundled task. Titles are the caller's. Throws Error.
ContactSheet before_after_sheet(Engine& engine, const BeforeAfter& request);

}  // namespace treegrpo
