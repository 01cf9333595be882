// From captions to pictures: where the objects stand, and the pixels. Pretraining data, and the
// pictures that the detector's tests know the truth of.
#pragma once

#include "record/image.h"
#include "scene/random.h"
#include "scene/scene.h"

namespace treegrpo {

// A scene that the caption describes: objects inside the frame, apart from each other, the relation
// unmistakable, radii 5.5 to 9.5 px (one object), 4.3 to 6.5 (two) or 3.6 to 5.2 (three or four).
// Colours left open are drawn: one for all objects of a spec, independent between specs.
Scene draw_scene(const SceneSpec& spec, Random& random);

// The scene as 32x32 RGB bytes.
Image render(const Scene& scene);

// The scene as floats in [0, 1], planes of red, green and blue: shape [3, 32, 32]. Writes
// 3 * 32 * 32 floats at chw.
void render(const Scene& scene, float* chw);

}  // namespace treegrpo
