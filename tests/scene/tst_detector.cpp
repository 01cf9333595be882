#include <QtTest>
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "scene/caption.h"
#include "scene/detector.h"
#include "scene/scene_image.h"
#include "scene/shape_geometry.h"

using namespace treegrpo;

namespace {

TaskMix only(int task) {
  TaskMix mix{};
  mix[static_cast<std::size_t>(task)] = 1;
  return mix;
}

// A scene on plain grey with nothing left to chance.
Scene scene_of(std::vector<SceneObject> objects, float grey = .5F) {
  return {.objects = std::move(objects),
          .background_from = {grey, grey, grey},
          .background_to = {grey, grey, grey}};
}

double graded(const Image& image, const char* text) {
  return score_scene(image, parse_caption(text)).graded;
}

bool strict(const Image& image, const char* text) {
  return score_scene(image, parse_caption(text)).strict;
}

// A red blob whose outline runs between two shapes: share 0 is the first, 1 the second.
Image blend(Shape from, Shape to, float share) {
  Image image = render(scene_of({}));
  for (int y = 0; y < scene_size; ++y) {
    for (int x = 0; x < scene_size; ++x) {
      const float dx = static_cast<float>(x) + .5F - 16;
      const float dy = static_cast<float>(y) + .5F - 16;
      const float distance = (1 - share) * signed_distance(from, 7.5F, dx, dy) +
                             share * signed_distance(to, 7.5F, dx, dy);
      const float alpha = std::clamp(.5F - distance, 0.F, 1.F);
      for (std::size_t c = 0; c < 3; ++c) {
        const float value = .5F + alpha * (color_rgb(Color::red)[c] - .5F);
        image.rgb[static_cast<std::size_t>(3 * (y * scene_size + x)) + c] =
            static_cast<std::uint8_t>(std::lround(255 * value));
      }
    }
  }
  return image;
}

// Every channel moved towards grey.
Image washed_out(Image image, double share) {
  for (std::uint8_t& byte : image.rgb) {
    byte = static_cast<std::uint8_t>(std::lround(byte + share * (128 - byte)));
  }
  return image;
}

}  // namespace

class TestDetector : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_true_picture_is_right_in_every_task() {
    Random random{21};
    constexpr int pictures = 400;
    for (int task = 0; task < scene_task_count; ++task) {
      int right = 0;
      double sum = 0;
      for (int i = 0; i < pictures; ++i) {
        const SceneSpec spec = draw_caption(only(task), random);
        const SceneScore score = score_scene(render(draw_scene(spec, random)), spec);
        right += score.strict ? 1 : 0;
        sum += score.graded;
      }
      QVERIFY(right >= .99 * pictures);
      QVERIFY(sum / pictures >= .97);
    }
  }

  void another_caption_of_the_task_is_seldom_right() {
    Random random{22};
    for (int task = 0; task < scene_task_count; ++task) {
      int right = 0;
      constexpr int pictures = 300;
      for (int i = 0; i < pictures; ++i) {
        const SceneSpec spec = draw_caption(only(task), random);
        const SceneSpec other = draw_caption(only(task), random);
        if (spec == other) continue;
        right += score_scene(render(draw_scene(spec, random)), other).strict ? 1 : 0;
      }
      // "a circle and a square" is also "a square and a circle": one caption in eleven.
      QVERIFY(right <= .15 * pictures);
    }
  }

  void a_blend_of_two_shapes_earns_less_than_half_of_each() {
    for (int from = 0; from < shape_count; ++from) {
      for (int to = from + 1; to < shape_count; ++to) {
        const auto a = static_cast<Shape>(from);
        const auto b = static_cast<Shape>(to);
        const SceneSpec is_a = parse_caption("a " + std::string(shape_name(a)));
        const SceneSpec is_b = parse_caption("a " + std::string(shape_name(b)));
        QVERIFY(score_scene(blend(a, b, 0), is_a).graded > .97);
        const double ends =
            score_scene(blend(a, b, 0), is_a).graded + score_scene(blend(a, b, 0), is_b).graded;
        for (const float share : {.4F, .5F, .6F}) {
          const Image blob = blend(a, b, share);
          const double sum = score_scene(blob, is_a).graded + score_scene(blob, is_b).graded;
          QVERIFY2(sum < ends - .02, qPrintable(QString("%1 %2 at %3: %4 against %5")
                                                    .arg(from)
                                                    .arg(to)
                                                    .arg(double(share))
                                                    .arg(sum)
                                                    .arg(ends)));
        }
      }
    }
  }

  void washed_out_colours_lose_more_the_paler_they_are() {
    const Image image = render(scene_of({{Shape::circle, Color::blue, 16, 16, 8}}));
    const double full = graded(image, "a blue circle");
    const double pale = graded(washed_out(image, .35), "a blue circle");
    const double paler = graded(washed_out(image, .5), "a blue circle");
    QVERIFY(full > .97);
    QVERIFY(pale < full - .08);
    QVERIFY(paler < pale - .05);
    // Where the caption leaves the colour open, paleness still costs.
    QVERIFY(graded(washed_out(image, .5), "a circle") < graded(image, "a circle") - .05);
  }

  void a_colour_between_two_names_is_worth_little_of_either() {
    Image image = render(scene_of({{Shape::circle, Color::red, 16, 16, 8}}));
    const double right = graded(image, "a red circle");
    for (std::size_t i = 1; i < image.rgb.size(); i += 3) {
      if (image.rgb[i - 1] > 180) image.rgb[i] = 83;  // green half-way to orange
    }
    QVERIFY(graded(image, "a red circle") < right - .15);
    QVERIFY(graded(image, "an orange circle") < right - .15);
  }

  void clipped_and_coloured_backgrounds_lose() {
    const std::vector<SceneObject> cross{{Shape::cross, Color::green, 16, 16, 8}};
    const double grey = graded(render(scene_of(cross)), "a green cross");
    QVERIFY(grey > .97);
    QVERIFY(graded(render(scene_of(cross, 1)), "a green cross") < grey - .2);
    QVERIFY(graded(render(scene_of(cross, 0)), "a green cross") < grey - .2);
    QVERIFY(graded(render(scene_of(cross, .95F)), "a green cross") < grey - .1);
    Scene tinted = scene_of(cross);
    tinted.background_from = tinted.background_to = {.62F, .5F, .4F};
    QVERIFY(graded(render(tinted), "a green cross") < grey - .15);
  }

  void counts_are_exact() {
    const SceneObject one{Shape::square, Color::cyan, 7, 7, 4};
    const SceneObject two{Shape::square, Color::cyan, 24, 8, 4};
    const SceneObject three{Shape::square, Color::cyan, 16, 24, 4};
    const Image image = render(scene_of({one, two, three}));
    QVERIFY(strict(image, "three cyan squares"));
    QVERIFY(!strict(image, "two cyan squares"));
    QVERIFY(!strict(image, "four cyan squares"));
    QVERIFY(graded(image, "four cyan squares") > graded(render(scene_of({one})), "four squares"));
    QVERIFY(!strict(image, "a square"));
  }

  void relations_are_told_apart() {
    const Image image = render(scene_of(
        {{Shape::circle, Color::red, 8, 18, 5}, {Shape::triangle, Color::blue, 23, 16, 5}}));
    QVERIFY(strict(image, "a circle left of a triangle"));
    QVERIFY(strict(image, "a triangle right of a circle"));
    QVERIFY(strict(image, "a red circle left of a blue triangle"));
    QVERIFY(!strict(image, "a circle right of a triangle"));
    QVERIFY(!strict(image, "a circle above a triangle"));
    QVERIFY(!strict(image, "a blue circle left of a red triangle"));
    QVERIFY(graded(image, "a blue circle left of a red triangle") < .8);
  }

  void touching_objects_of_one_colour_are_counted_apart() {
    const Image circles = render(scene_of(
        {{Shape::circle, Color::purple, 9, 16, 5}, {Shape::circle, Color::purple, 18.5F, 16, 5}}));
    QVERIFY(strict(circles, "two purple circles"));
    QVERIFY(!strict(circles, "a purple circle"));
    const Image three = render(scene_of({{Shape::circle, Color::green, 6, 10, 4},
                                         {Shape::circle, Color::green, 13.5F, 10, 4},
                                         {Shape::circle, Color::green, 21, 10, 4}}));
    QVERIFY(strict(three, "three circles"));
  }

  void an_empty_picture_and_noise_earn_next_to_nothing() {
    QVERIFY(graded(render(scene_of({})), "a circle") < .01);
    Random random{23};
    constexpr int pictures = 100;
    double sum = 0;
    for (int i = 0; i < pictures; ++i) {
      Image noise = render(scene_of({}));
      for (std::uint8_t& byte : noise.rgb) byte = static_cast<std::uint8_t>(random.below(256));
      sum += graded(noise, "a red circle and a blue square");
      QVERIFY(!strict(noise, "a red circle and a blue square"));
    }
    QVERIFY(sum / pictures < .2);
  }

  void scores_lie_between_0_and_1_for_any_pixels() {
    Random random{24};
    for (int i = 0; i < 300; ++i) {
      const SceneSpec spec = draw_caption(pretraining_mix, random);
      Image image = render(draw_scene(draw_caption(pretraining_mix, random), random));
      const int strength = random.below(250) + 1;
      for (std::uint8_t& byte : image.rgb) {
        byte = static_cast<std::uint8_t>(
            std::clamp(byte + random.below(strength) - strength / 2, 0, 255));
      }
      const SceneScore score = score_scene(image, spec);
      QVERIFY(score.graded >= 0 && score.graded <= 1);
      QVERIFY(score.graded == score_scene(image, spec).graded);
    }
  }

  void a_picture_of_another_size_is_refused() {
    const Image image{.width = 8, .height = 8, .rgb = std::vector<std::uint8_t>(192)};
    QVERIFY_EXCEPTION_THROWN(score_scene(image, parse_caption("a circle")), Error);
  }
};

QTEST_GUILESS_MAIN(TestDetector)
#include "tst_detector.moc"
