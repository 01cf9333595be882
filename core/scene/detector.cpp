#include "scene/detector.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace treegrpo {
namespace {

constexpr float strict_iou = .6F;
constexpr std::size_t most_candidates = 6;  // objects considered for matching, largest first
constexpr int nobody = -1;

// 0 at `from`, 1 at `to`, straight between.
double ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

// 0 if the rival is ahead by `width`, 1/4 on a tie, 1 if ahead of the rival by `width`.
double lead(double margin, double width) {
  const double share = ramp(margin, -width, width);
  return share * share;
}

double overlap_score(const ShapeFit& fit, Shape shape) {
  return ramp(fit.iou[static_cast<std::size_t>(shape)], .6, .95);
}

double shape_score(const ShapeFit& fit, Shape shape) {
  return overlap_score(fit, shape) * lead(fit.margin(shape), .08);
}

double color_distance(const std::array<float, 3>& rgb, Color color) {
  const std::array<float, 3> named = color_rgb(color);
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += (rgb[c] - named[c]) * (rgb[c] - named[c]);
  return std::sqrt(sum);
}

double purity(const std::array<float, 3>& rgb, Color color) {
  return ramp(color_distance(rgb, color), .45, .10);
}

double color_score(const std::array<float, 3>& rgb, Color color) {
  double rival = 2;
  for (int other = 0; other < color_count; ++other) {
    if (static_cast<Color>(other) == color) continue;
    rival = std::min(rival, color_distance(rgb, static_cast<Color>(other)));
  }
  return purity(rgb, color) * lead(rival - color_distance(rgb, color), .10);
}

// Pixels by which b lies in the named direction from a, less the distance off that direction.
double clearance(Relation relation, const ShapeFit& a, const ShapeFit& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  switch (relation) {
    case Relation::left_of:
      return dx - std::abs(dy);
    case Relation::right_of:
      return -dx - std::abs(dy);
    case Relation::above:
      return dy - std::abs(dx);
    case Relation::below:
      return -dy - std::abs(dx);
  }
  return 0;
}

// Gives each object that the caption asks for one of the objects found, so that the conditions are
// met best; exhaustive, since a caption asks for at most four.
class Matching {
 public:
  Matching(const SceneSpec& spec, const FoundScene& found) : spec_(spec), found_(found) {
    for (const ObjectSpec& object : spec.objects) {
      for (int i = 0; i < object.count; ++i) asked_.push_back(object);
      if (object.color) colored_ += object.count;
    }
    candidates_ = std::min(found.objects.size(), most_candidates);
    match_.assign(asked_.size(), nobody);
    best_ = match_;
    search(0);
  }

  const std::vector<ObjectSpec>& asked() const { return asked_; }

  // The object found for asked()[i], or null.
  const DetectedObject* object(std::size_t i) const { return at(best_, i); }

 private:
  const DetectedObject* at(const std::vector<int>& match, std::size_t i) const {
    return match[i] == nobody ? nullptr : &found_.objects[static_cast<std::size_t>(match[i])];
  }

  void search(std::size_t position) {
    if (position == asked_.size()) {
      const double value = value_of(match_);
      if (value > best_value_) {
        best_value_ = value;
        best_ = match_;
      }
      return;
    }
    for (int candidate = 0; candidate < static_cast<int>(candidates_); ++candidate) {
      if (std::find(match_.begin(), match_.end(), candidate) != match_.end()) continue;
      match_[position] = candidate;
      search(position + 1);
      match_[position] = nobody;
    }
    // Nobody, where the picture holds too few.
    if (candidates_ < asked_.size()) search(position + 1);
  }

  double value_of(const std::vector<int>& match) const {
    double value = 0;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const DetectedObject* object = at(match, i);
      if (object == nullptr) continue;
      value += shape_score(object->fit, asked_[i].shape) / static_cast<double>(asked_.size());
      // A tie-break that tells matches apart where no shape earns anything.
      value += 1e-3 * object->fit.iou[static_cast<std::size_t>(asked_[i].shape)];
      if (asked_[i].color) value += color_score(object->rgb, *asked_[i].color) / colored_;
    }
    if (spec_.relation && at(match, 0) != nullptr && at(match, 1) != nullptr) {
      value += ramp(clearance(*spec_.relation, at(match, 0)->fit, at(match, 1)->fit), -4, 4);
    }
    return value;
  }

  const SceneSpec& spec_;
  const FoundScene& found_;
  std::vector<ObjectSpec> asked_;
  std::size_t candidates_ = 0;
  int colored_ = 0;
  std::vector<int> match_;
  std::vector<int> best_;
  double best_value_ = -1;
};

void score_shape(const Matching& matching, SceneScore& score) {
  const auto count = static_cast<double>(matching.asked().size());
  score.shape.is_asked = true;
  for (std::size_t i = 0; i < matching.asked().size(); ++i) {
    const ObjectSpec& asked = matching.asked()[i];
    const DetectedObject* object = matching.object(i);
    if (object == nullptr) {
      score.shape.is_met = false;
      continue;
    }
    score.shape.graded += shape_score(object->fit, asked.shape) / count;
    score.shape.is_met &= object->shape == asked.shape && object->fit.best_iou() >= strict_iou;
    score.fidelity += overlap_score(object->fit, asked.shape) *
                      purity(object->rgb, asked.color.value_or(object->color)) / count;
  }
}

void score_color(const Matching& matching, SceneScore& score) {
  int count = 0;
  for (std::size_t i = 0; i < matching.asked().size(); ++i) {
    const ObjectSpec& asked = matching.asked()[i];
    if (!asked.color) continue;
    ++count;
    const DetectedObject* object = matching.object(i);
    score.color.is_met &= object != nullptr && object->color == *asked.color;
    if (object != nullptr) score.color.graded += color_score(object->rgb, *asked.color);
  }
  score.color.is_asked = count > 0;
  if (count > 0) score.color.graded /= count;
}

void score_count(std::size_t asked, SceneScore& score) {
  const auto wanted = static_cast<double>(asked);
  const auto present = static_cast<double>(score.found.objects.size());
  score.count.is_asked = true;
  score.count.is_met = present == wanted;
  score.count.graded = std::max(0.0, 1 - std::abs(present - wanted) / wanted);
}

void score_relation(const SceneSpec& spec, const Matching& matching, SceneScore& score) {
  if (!spec.relation) return;
  score.relation.is_asked = true;
  score.relation.is_met = false;
  const DetectedObject* a = matching.object(0);
  const DetectedObject* b = matching.object(1);
  if (a == nullptr || b == nullptr) return;
  const double pixels = clearance(*spec.relation, a->fit, b->fit);
  score.relation.is_met = pixels > 0;
  score.relation.graded = ramp(pixels, -4, 4);
}

// Backgrounds of the task have chroma below .1 and stay a tenth away from black and white.
double background_score(const FoundScene& found) {
  const double coloring = ramp(found.background_chroma, .10, .25);
  return (1 - .3 * coloring) * (1 - .3 * found.background_clipping);
}

}  // namespace

SceneScore score_scene(const Image& image, const SceneSpec& spec) {
  SceneScore score;
  score.found = find_objects(image);
  const Matching matching(spec, score.found);
  score_shape(matching, score);
  score_color(matching, score);
  score_count(matching.asked().size(), score);
  score_relation(spec, matching, score);
  score.background = background_score(score.found);
  score.strict = true;
  double sum = 0;
  int asked = 0;
  for (const ConditionScore* part : {&score.shape, &score.color, &score.count, &score.relation}) {
    if (!part->is_asked) continue;
    sum += part->graded;
    score.strict &= part->is_met;
    ++asked;
  }
  score.graded =
      (.8 * sum / asked + .2 * score.fidelity * (1 - score.found.stray)) * score.background;
  return score;
}

}  // namespace treegrpo
