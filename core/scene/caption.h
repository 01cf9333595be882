// The grammar of captions: what a text says of a scene, and the text that says it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "scene/random.h"
#include "scene/scene.h"

namespace treegrpo {

// How often each task is drawn, in the order of SceneTask. Need not sum to 1.
using TaskMix = std::array<double, scene_task_count>;

inline constexpr TaskMix pretraining_mix{.10, .10, .22, .13, .15, .15, .15};

// The caption of a spec: "a circle", "three green triangles", "a red circle left of a blue square".
std::string caption(const SceneSpec& spec);

// The inverse of caption(). Reads more than all_captions() lists: two objects may be alike, and one
// of two may lack its colour. Throws Error (configuration) that names the word or the construct it
// cannot read.
SceneSpec parse_caption(std::string_view caption);

// Every caption of the grammar as a spec, task by task, always in this order. Two objects differ in
// shape, and in colour where both are named.
std::vector<SceneSpec> all_captions();

// A task by the mix, then one of its captions, each as likely as any other.
SceneSpec draw_caption(const TaskMix& mix, Random& random);

}  // namespace treegrpo
