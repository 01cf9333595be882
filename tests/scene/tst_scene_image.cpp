#include <QtTest>
#include <algorithm>
#include <cmath>

#include "scene/caption.h"
#include "scene/scene_image.h"
#include "scene/shape_geometry.h"

using namespace treegrpo;

namespace {

float chroma(const std::array<float, 3>& rgb) {
  return std::max({rgb[0], rgb[1], rgb[2]}) - std::min({rgb[0], rgb[1], rgb[2]});
}

}  // namespace

class TestSceneImage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_same_numbers_draw_the_same_bytes() {
    Random one{3};
    Random other{3};
    for (int i = 0; i < 50; ++i) {
      const SceneSpec spec = draw_caption(pretraining_mix, one);
      QVERIFY(spec == draw_caption(pretraining_mix, other));
      QVERIFY(render(draw_scene(spec, one)) == render(draw_scene(spec, other)));
    }
    QCOMPARE(one.state, other.state);
    QVERIFY(Random{1}.next() == 0x910a2dec89025cc1ULL);
  }

  void a_scene_holds_what_the_caption_asks_for() {
    Random random{4};
    for (int i = 0; i < 2000; ++i) {
      const SceneSpec spec = draw_caption(pretraining_mix, random);
      const Scene scene = draw_scene(spec, random);
      std::size_t next = 0;
      for (const ObjectSpec& asked : spec.objects) {
        const Color color = scene.objects.at(next).color;
        QVERIFY(!asked.color || color == *asked.color);
        for (int n = 0; n < asked.count; ++n, ++next) {
          QVERIFY(scene.objects.at(next).shape == asked.shape);
          QVERIFY(scene.objects.at(next).color == color);
        }
      }
      QCOMPARE(next, scene.objects.size());
    }
  }

  void objects_keep_to_the_frame_and_to_their_sizes() {
    Random random{5};
    for (int i = 0; i < 2000; ++i) {
      const Scene scene = draw_scene(draw_caption(pretraining_mix, random), random);
      const std::size_t count = scene.objects.size();
      const float smallest = count == 1 ? 5.5F : count == 2 ? 4.3F : 3.6F;
      const float largest = count == 1 ? 9.5F : count == 2 ? 6.5F : 5.2F;
      for (const SceneObject& object : scene.objects) {
        const Extent extent = unit_extent(object.shape);
        QVERIFY(object.radius >= smallest && object.radius <= largest);
        QVERIFY(object.x - extent.side * object.radius >= 0);
        QVERIFY(object.x + extent.side * object.radius <= scene_size);
        QVERIFY(object.y - extent.up * object.radius >= 0);
        QVERIFY(object.y + extent.down * object.radius <= scene_size);
      }
    }
  }

  void no_pixel_belongs_to_two_objects() {
    Random random{6};
    for (int i = 0; i < 500; ++i) {
      const Scene scene = draw_scene(draw_caption(pretraining_mix, random), random);
      for (int pixel = 0; pixel < scene_size * scene_size; ++pixel) {
        int covering = 0;
        for (const SceneObject& object : scene.objects) {
          const float x = static_cast<float>(pixel % scene_size) + .5F - object.x;
          const float y = static_cast<float>(pixel / scene_size) + .5F - object.y;
          if (coverage(object.shape, object.radius, x, y) > 0) ++covering;
        }
        QVERIFY(covering <= 1);
      }
    }
  }

  void the_named_direction_is_the_clear_one() {
    Random random{7};
    const SceneSpec spec = parse_caption("a circle below a cross");
    for (int i = 0; i < 300; ++i) {
      const Scene scene = draw_scene(spec, random);
      const float down = scene.objects[0].y - scene.objects[1].y;
      QVERIFY(down >= std::abs(scene.objects[0].x - scene.objects[1].x) + 4);
    }
  }

  void backgrounds_are_greyish() {
    Random random{8};
    for (int i = 0; i < 2000; ++i) {
      const Scene scene = draw_scene(draw_caption(pretraining_mix, random), random);
      QVERIFY(chroma(scene.background_from) < .1F);
      QVERIFY(chroma(scene.background_to) < .1F);
    }
  }

  void bytes_and_floats_show_the_same_picture() {
    Random random{9};
    const Scene scene = draw_scene(parse_caption("two red squares"), random);
    const Image image = render(scene);
    std::vector<float> chw(3 * scene_size * scene_size);
    render(scene, chw.data());
    for (std::size_t pixel = 0; pixel < scene_size * scene_size; ++pixel) {
      for (std::size_t c = 0; c < 3; ++c) {
        const float value = chw[c * scene_size * scene_size + pixel];
        QVERIFY(value >= 0 && value <= 1);
        QVERIFY(std::abs(255 * value - static_cast<float>(image.rgb[3 * pixel + c])) <= .51F);
      }
    }
  }

  void a_drawn_shape_has_its_area() {
    for (int i = 0; i < shape_count; ++i) {
      const auto shape = static_cast<Shape>(i);
      double area = 0;
      for (float y = -12; y < 12; ++y) {
        for (float x = -12; x < 12; ++x) area += coverage(shape, 7, x + .3F, y + .6F);
      }
      QVERIFY(std::abs(area / (49 * unit_area(shape)) - 1) < .02);
    }
  }
};

QTEST_GUILESS_MAIN(TestSceneImage)
#include "tst_scene_image.moc"
