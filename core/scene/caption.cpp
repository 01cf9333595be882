#include "scene/caption.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "scene/words.h"

namespace treegrpo {
namespace {

constexpr std::array<std::string_view, 3> count_words{"two", "three", "four"};
constexpr std::array<std::string_view, 4> relation_words{"left of", "right of", "above", "below"};

std::string plural(Shape shape) {
  return std::string(shape_name(shape)) + (shape == Shape::cross ? "es" : "s");
}

std::string phrase(const ObjectSpec& object) {
  std::string text;
  if (object.count == 1) {
    text = object.color == Color::orange ? "an " : "a ";
  } else {
    text = std::string(count_words.at(static_cast<std::size_t>(object.count - 2))) + " ";
  }
  if (object.color) text += std::string(color_name(*object.color)) + " ";
  return text + (object.count == 1 ? std::string(shape_name(object.shape)) : plural(object.shape));
}

// Reads a caption from left to right, one word at a time.
class CaptionReader {
 public:
  explicit CaptionReader(std::string_view caption) : caption_(caption), words_(words_of(caption)) {}

  SceneSpec read() {
    SceneSpec spec;
    spec.objects.push_back(read_object());
    if (position_ < words_.size()) {
      spec.relation = read_joint();
      spec.objects.push_back(read_object());
      for (const ObjectSpec& object : spec.objects) {
        if (object.count > 1) fail("counts one of two kinds of object; count one kind alone");
      }
    }
    if (position_ < words_.size()) fail("goes on after \"" + spoken() + "\"");
    spec.task = task_of(spec);
    return spec;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw configuration_error("the caption \"" + std::string(caption_) + "\" " + what +
                              "; write captions like \"a circle\", \"three green triangles\" or "
                              "\"a red circle left of a blue square\"");
  }

  // The caption up to the last word read.
  std::string spoken() const {
    const std::string_view last = words_[position_ - 1];
    return std::string(caption_.data(), last.data() + last.size());
  }

  std::string_view next(const std::string& expected) {
    if (position_ == words_.size()) fail("ends where " + expected + " should follow");
    return words_[position_++];
  }

  // Takes the word if it is the next one.
  bool take(std::string_view word) {
    const bool is_next = position_ < words_.size() && words_[position_] == word;
    if (is_next) ++position_;
    return is_next;
  }

  int read_count() {
    const std::string_view word = next("an article or a number");
    if (word == "a" || word == "an") return 1;
    for (std::size_t i = 0; i < count_words.size(); ++i) {
      if (word == count_words[i]) return static_cast<int>(i) + 2;
    }
    fail("has \"" + std::string(word) + "\" where a, an, two, three or four should stand");
  }

  std::optional<Color> read_color() {
    for (int i = 0; i < color_count; ++i) {
      if (take(color_name(static_cast<Color>(i)))) return static_cast<Color>(i);
    }
    return std::nullopt;
  }

  Shape read_shape(bool is_plural) {
    const std::string_view word = next("a shape");
    for (int i = 0; i < shape_count; ++i) {
      const auto shape = static_cast<Shape>(i);
      if (word == shape_name(shape) && !is_plural) return shape;
      if (word == plural(shape) && is_plural) return shape;
    }
    fail("has \"" + std::string(word) + "\" where " + (is_plural ? "circles" : "circle") + ", " +
         (is_plural ? "squares, triangles or crosses" : "square, triangle or cross") +
         " should stand");
  }

  ObjectSpec read_object() {
    const std::size_t start = position_;
    ObjectSpec object;
    object.count = read_count();
    object.color = read_color();
    object.shape = read_shape(object.count > 1);
    const bool needs_an = object.color == Color::orange;
    if (object.count == 1 && (words_[start] == "an") != needs_an) {
      fail("has \"" + std::string(words_[start]) + "\" before \"" + std::string(words_[start + 1]) +
           "\"");
    }
    return object;
  }

  // "and" or a relation between two objects.
  std::optional<Relation> read_joint() {
    const std::string_view word = next("a second object");
    if (word == "and") return std::nullopt;
    if (word == "above") return Relation::above;
    if (word == "below") return Relation::below;
    if (word != "left" && word != "right") {
      fail("has \"" + std::string(word) +
           "\" where and, left of, right of, above or below should stand");
    }
    if (!take("of")) fail("lacks \"of\" after \"" + std::string(word) + "\"");
    return word == "left" ? Relation::left_of : Relation::right_of;
  }

  static SceneTask task_of(const SceneSpec& spec) {
    const bool is_colored = std::any_of(spec.objects.begin(), spec.objects.end(),
                                        [](const ObjectSpec& o) { return o.color.has_value(); });
    if (spec.objects.size() == 2) {
      if (spec.relation) return is_colored ? SceneTask::posattr : SceneTask::position;
      return is_colored ? SceneTask::attr : SceneTask::two;
    }
    if (spec.objects.front().count > 1) return SceneTask::count;
    return is_colored ? SceneTask::color : SceneTask::single;
  }

  std::string_view caption_;
  std::vector<std::string_view> words_;
  std::size_t position_ = 0;
};

bool names_colors(SceneTask task) {
  return task == SceneTask::color || task == SceneTask::attr || task == SceneTask::posattr;
}

bool has_two_objects(SceneTask task) {
  return task != SceneTask::single && task != SceneTask::count && task != SceneTask::color;
}

bool has_relation(SceneTask task) {
  return task == SceneTask::position || task == SceneTask::posattr;
}

// How many captions a task has, and the one with a given number: all_captions() counts through
// them, draw_caption() draws a number. A caption is a number in a mixed base: choose() takes the
// lowest digit.
int caption_count(SceneTask task) {
  if (task == SceneTask::count) return 3 * shape_count * (color_count + 1);
  int count = shape_count * (names_colors(task) ? color_count : 1);
  if (has_two_objects(task)) {
    count *= (shape_count - 1) * (names_colors(task) ? color_count - 1 : 1);
  }
  return count * (has_relation(task) ? 4 : 1);
}

int choose(int& number, int choices) {
  const int choice = number % choices;
  number /= choices;
  return choice;
}

// One of the values other than `taken`.
int choose_other(int& number, int values, int taken) {
  const int choice = choose(number, values - 1);
  return choice < taken ? choice : choice + 1;
}

SceneSpec numbered_caption(SceneTask task, int number) {
  SceneSpec spec{.task = task, .objects = {}, .relation = {}};
  const int shape = choose(number, shape_count);
  ObjectSpec first{.shape = static_cast<Shape>(shape), .color = {}, .count = 1};
  if (task == SceneTask::count) {
    first.count = 2 + choose(number, 3);
    const int color = choose(number, color_count + 1);
    if (color < color_count) first.color = static_cast<Color>(color);
  }
  if (names_colors(task)) first.color = static_cast<Color>(choose(number, color_count));
  spec.objects.push_back(first);
  if (!has_two_objects(task)) return spec;
  ObjectSpec second{.shape = static_cast<Shape>(choose_other(number, shape_count, shape)),
                    .color = {},
                    .count = 1};
  if (first.color) {
    const int taken = static_cast<int>(*first.color);
    second.color = static_cast<Color>(choose_other(number, color_count, taken));
  }
  spec.objects.push_back(second);
  if (has_relation(task)) spec.relation = static_cast<Relation>(choose(number, 4));
  return spec;
}

}  // namespace

std::string caption(const SceneSpec& spec) {
  std::string text = phrase(spec.objects.at(0));
  if (spec.objects.size() < 2) return text;
  text += " ";
  text += spec.relation ? relation_words[static_cast<std::size_t>(*spec.relation)] : "and";
  return text + " " + phrase(spec.objects[1]);
}

SceneSpec parse_caption(std::string_view caption) { return CaptionReader(caption).read(); }

std::vector<SceneSpec> all_captions() {
  std::vector<SceneSpec> specs;
  for (int task = 0; task < scene_task_count; ++task) {
    const int count = caption_count(static_cast<SceneTask>(task));
    for (int number = 0; number < count; ++number) {
      specs.push_back(numbered_caption(static_cast<SceneTask>(task), number));
    }
  }
  return specs;
}

SceneSpec draw_caption(const TaskMix& mix, Random& random) {
  double total = 0;
  for (const double weight : mix) total += weight;
  double left = random.uniform() * total;
  int task = 0;
  while (task + 1 < scene_task_count && left >= mix[static_cast<std::size_t>(task)]) {
    left -= mix[static_cast<std::size_t>(task)];
    ++task;
  }
  const auto drawn = static_cast<SceneTask>(task);
  return numbered_caption(drawn, random.below(caption_count(drawn)));
}

}  // namespace treegrpo
