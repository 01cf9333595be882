// How well a picture shows what its caption says: the reward of the bundled task.
#pragma once

#include "record/image.h"
#include "scene/object_finder.h"
#include "scene/scene.h"

namespace treegrpo {

// One kind of condition of a caption.
struct ConditionScore {
  bool is_asked = false;
  double graded = 0;  // in [0, 1]
  bool is_met = true;
};

// graded = (.8 mean of the asked conditions + .2 fidelity (1 - stray)) * background. Between two
// shapes or two colours the curves are convex: a blend earns less than the average of its ends, so
// hedging between classes does not pay.
struct SceneScore {
  double graded = 0;    // in [0, 1]
  bool strict = false;  // every asked condition met, and every object overlaps its shape by .6
  ConditionScore shape;
  ConditionScore color;
  ConditionScore count;     // exact: one object too many breaks it
  ConditionScore relation;  // met within 45 degrees of the named direction
  double fidelity = 0;      // overlap times purity of colour, mean over the objects asked for
  double background = 1;    // 1 for a greyish one; less where coloured or clipped
  FoundScene found;
};

// Depends on nothing but the picture and the caption. Throws Error unless the picture is 32x32.
SceneScore score_scene(const Image& image, const SceneSpec& spec);

}  // namespace treegrpo
