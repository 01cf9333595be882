#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "canvas/marks.h"
#include "canvas/tree_drawing.h"
#include "canvas/tree_parts.h"
#include "canvas_trees.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

TreeView wholeView(float zoom = 1) {
  TreeView view;
  view.width = 956;
  view.height = 550;
  view.zoom = zoom;
  view.cull = false;
  return view;
}

const Theme& dark() { return theme(ThemeKind::dark); }

Drawing mockup(const TreeView& view = wholeView()) {
  return treeDrawing(shared(creditedTree(mockupSchedule())), view, dark());
}

bool inColor(const Pen& pen, Color color) { return pen.color == color; }

// Lines and curves of edges, wherever the item says so.
std::vector<Pen> edgePens(const Drawing& drawing) {
  std::vector<Pen> pens;
  for (const CubicItem& item : itemsOf<CubicItem>(drawing)) pens.push_back(item.pen);
  for (const LineItem& item : itemsOf<LineItem>(drawing)) pens.push_back(item.pen);
  return pens;
}

std::size_t count(const std::vector<Pen>& pens, Color color) {
  return static_cast<std::size_t>(
      std::count_if(pens.begin(), pens.end(), [&](const Pen& pen) { return inColor(pen, color); }));
}

// What a test that compares two drawings asks of an item: does it reach into a box?
struct Bounds {
  static Box of(std::vector<Point> points) {
    Box box{points[0].x, points[0].y, 0, 0};
    for (const Point point : points) {
      const float right = std::max(box.right(), point.x), bottom = std::max(box.bottom(), point.y);
      box.left = std::min(box.left, point.x);
      box.top = std::min(box.top, point.y);
      box.width = right - box.left;
      box.height = bottom - box.top;
    }
    return grown(box, .01f);
  }
  Box operator()(const LineItem& item) const { return of({item.from, item.to}); }
  Box operator()(const CubicItem& item) const {
    return of({item.from, item.control_1, item.control_2, item.to});
  }
  Box operator()(const PolylineItem& item) const { return of(item.points); }
  Box operator()(const PolygonItem& item) const { return of(item.points); }
  Box operator()(const BoxItem& item) const { return item.box; }
  Box operator()(const CircleItem& item) const {
    return grown({item.centre.x, item.centre.y, 0, 0}, item.radius);
  }
  Box operator()(const ImageItem& item) const { return item.box; }
  Box operator()(const HatchItem& item) const { return item.box; }
  Box operator()(const TextItem& item) const { return grown({item.at.x, item.at.y, 0, 0}, 4); }
};

std::string visibleText(const Drawing& drawing, const TreeView& view) {
  Drawing visible;
  for (const DrawingItem& item : drawing.items)
    if (overlap(std::visit(Bounds{}, item), {0, 0, view.width, view.height}))
      visible.items.push_back(item);
  return textOf(visible);
}

const HitBox* hitOf(const Drawing& drawing, HitKind kind, std::int32_t target) {
  for (const HitBox& hit : drawing.hits)
    if (hit.kind == kind && hit.target == target) return &hit;
  return nullptr;
}

}  // namespace

class TestTreeDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_shown_node_answers_to_the_pointer_at_its_middle() {
    const auto record = shared(creditedTree(mockupSchedule()));
    const TreeView view = wholeView();
    const Drawing drawing = treeDrawing(record, view, dark());
    const TreeLayout layout = treeLayout(*record);
    for (std::size_t node = 0; node < record->nodes.size(); ++node) {
      const HitBox* hit = drawing.hitAt(screenOf(view, layout.nodes[node].at));
      QVERIFY(hit && hit->kind == HitKind::node);
      QCOMPARE(hit->target, static_cast<std::int32_t>(node));
    }
  }

  void edges_steps_and_legend_answer_too() {
    const Drawing drawing = mockup();
    const auto record = creditedTree(mockupSchedule());
    for (std::size_t node = 1; node < record.nodes.size(); ++node)
      QVERIFY(hitOf(drawing, HitKind::edge, static_cast<std::int32_t>(node)));
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t{11});
    QCOMPARE(drawing.hitAt({337, 10})->target, 4);
    QVERIFY(drawing.hitAt({337, 10})->kind == HitKind::step);
    QCOMPARE(hitsOf(drawing, HitKind::legend).size(), std::size_t{3});
  }

  void pictures_are_shared_with_the_record_and_not_copied() {
    const auto record = shared(creditedTree(mockupSchedule()));
    const Drawing drawing = treeDrawing(record, wholeView(), dark());
    const auto images = itemsOf<ImageItem>(drawing);
    QCOMPARE(images.size(), record->nodes.size() - 3 * 27);  // the tail's nodes are dots
    for (const ImageItem& item : images) {
      const auto owner =
          std::find_if(record->nodes.begin(), record->nodes.end(),
                       [&](const TreeNode& node) { return &node.image == item.image.get(); });
      QVERIFY(owner != record->nodes.end());
    }
  }

  void strong_edges_are_wide_and_lie_on_top() {
    const auto record = creditedTree(mockupSchedule());
    double limit = 0;
    for (const TreeNode& node : record.nodes)
      if (std::isfinite(node.advantage)) limit = std::max(limit, std::abs(node.advantage));
    std::map<std::string, double> strength;
    for (const TreeNode& node : record.nodes)
      if (std::isfinite(node.advantage))
        strength[hexOf(divergingColor(dark(), node.advantage, limit))] = std::abs(node.advantage);
    double last = 0;
    float widest = 0;
    for (const CubicItem& item : itemsOf<CubicItem>(mockup())) {
      const auto found = strength.find(hexOf(item.pen.color));
      if (found == strength.end()) continue;
      QVERIFY(item.pen.width >= 1.1f && item.pen.width <= 4.5f + 1e-4f);
      QVERIFY(found->second >= last - limit / 50);  // colours are 256 steps
      last = found->second;
      widest = std::max(widest, item.pen.width);
    }
    QVERIFY(widest > 3);
  }

  void numbers_of_edges_have_a_sign_and_a_true_minus() {
    const auto record = creditedTree(mockupSchedule());
    int numbers = 0;
    for (const TextItem& item : itemsOf<TextItem>(mockup())) {
      QVERIFY(item.text.find('-') == std::string::npos);
      if (item.role != TextRole::caption_medium || item.align != TextAlign::right ||
          item.halo.alpha == 0)
        continue;
      ++numbers;
      QVERIFY(item.text.starts_with("+") || item.text.starts_with("−"));
    }
    QCOMPARE(numbers, 3 + 9);  // those of 30 px and more
  }

  void the_axis_names_every_step_its_sigma_and_lane() {
    const Drawing drawing = mockup();
    for (const char* text : {"0", "1", "2", "3", "4", "5", "6", "10", "7 8 9", "0.7", "SDE", "ODE"})
      QVERIFY2(hasText(drawing, text), text);
    const std::string text = textOf(drawing);
    QVERIFY(text.find("line 191,38 337,38 pen " + hexOf(dark().text) + " 2.5") !=
            std::string::npos);
    QVERIFY(text.find("line 47,38 95,38 pen " + hexOf(dark().text2) + " 1.2 dash 3 2.5") !=
                std::string::npos ||
            text.find("line 47,38 95,38 pen " + hexOf(dark().text2) + " 1.3 dash 3 2.5") !=
                std::string::npos);
    QVERIFY(text.starts_with("box 191,0 438x520 fill " + hexOf(dark().band)));
  }

  void ode_edges_are_dashed_and_neutral() {
    const Pen expected{dark().neutral, 1.1f, {{3, 2.5f, 0, 0}}};
    const auto pens = edgePens(mockup());
    QCOMPARE(std::count(pens.begin(), pens.end(), expected), 3 + 27 * 4);
  }

  void the_selected_path_has_a_halo_beneath_its_edges() {
    TreeView view = wholeView();
    view.selected = 7;
    const Drawing drawing = mockup(view);
    const Color halo = faded(dark().ring, .22f);
    const auto pens = edgePens(drawing);
    QCOMPARE(count(pens, halo), std::size_t{5});  // three ODE steps, two branchings
    const auto wide = std::count_if(pens.begin(), pens.end(), [&](const Pen& pen) {
      return inColor(pen, halo) && pen.width == 9;
    });
    QCOMPARE(wide, 2);
    const auto boxes = itemsOf<BoxItem>(drawing);
    QVERIFY(std::any_of(boxes.begin(), boxes.end(), [&](const BoxItem& item) {
      return item.pen == Pen{dark().ring, 2.5f, {}};
    }));
  }

  void a_tree_without_credit_has_neutral_edges_and_says_what_it_waits_for() {
    const auto whole = creditedTree(mockupSchedule());
    const auto part = shared(grownSoFar(whole, 20));
    const Drawing drawing = treeDrawing(part, wholeView(), dark());
    QVERIFY(hasText(drawing, "Edges take colour when all 27 rewards are known."));
    QVERIFY(itemsOf<PolygonItem>(drawing).empty());
    for (const CubicItem& item : itemsOf<CubicItem>(drawing))
      QCOMPARE(item.pen, (Pen{dark().neutral, 1.25f, {}}));
  }

  void a_growing_tree_shows_its_front_and_the_leaves_to_come() {
    const auto part = shared(grownSoFar(creditedTree(mockupSchedule()), 7));
    TreeView view = wholeView();
    view.growing = {.on = true, .first_new = 4, .evaluated = 4, .seconds = .3};
    const Drawing drawing = treeDrawing(part, view, dark());
    QVERIFY(hasText(drawing, "4 of 124 NFE"));
    const auto boxes = itemsOf<BoxItem>(drawing);
    const auto with = [&](const Pen& pen) {
      return std::count_if(boxes.begin(), boxes.end(),
                           [&](const BoxItem& item) { return item.pen == pen; });
    };
    QCOMPARE(with({dark().grid, 1, {}}), 27);
    QCOMPARE(with({dark().live, 1.5f, {{3, 3, 0, 0}, 3}}), 3);
    view.reduced_motion = true;
    const auto still = itemsOf<BoxItem>(treeDrawing(part, view, dark()));
    QCOMPARE(std::count_if(still.begin(), still.end(),
                           [&](const BoxItem& item) {
                             return item.pen == Pen{dark().live, 1.5f, {{3, 3, 0, 0}, 0}};
                           }),
             3);
  }

  void nan_is_seen_at_every_zoom() {
    TreeRecord record = creditedTree(mockupSchedule());
    record.nodes[5].log_prob = no_value;
    const std::int32_t leaf = leaves(record)[20];
    record.rewards[0][20] = no_value;
    const auto broken = shared(std::move(record));
    for (const float zoom : {.02f, .05f, .1f, .2f, .5f, 1.f, 4.f, 10.f}) {
      const Drawing drawing = treeDrawing(broken, wholeView(zoom), dark());
      QVERIFY(textOf(drawing).find(hexOf(dark().error)) != std::string::npos);
      QVERIFY(hitOf(drawing, HitKind::node, 5));
      QVERIFY(hitOf(drawing, HitKind::node, leaf));
      QVERIFY(count(edgePens(drawing), dark().error) >= 1);
      if (zoom >= 1) QVERIFY(!itemsOf<HatchItem>(drawing).empty());
      if (zoom >= 1) QVERIFY(hasText(drawing, "NaN"));
    }
  }

  void a_skipped_group_is_not_taken_for_nan() {
    TreeRecord record = creditedTree(mockupSchedule());
    for (TreeNode& node : record.nodes) node.advantage = no_value;
    const Drawing drawing = treeDrawing(shared(std::move(record)), wholeView(), dark());
    QVERIFY(textOf(drawing).find(hexOf(dark().error)) == std::string::npos);
    QVERIFY(hasText(drawing, "All rewards are known; no edge got an advantage."));
  }

  void a_picture_that_is_not_stored_leaves_corner_marks() {
    TreeRecord record = creditedTree(mockupSchedule());
    record.nodes[4].image = {};
    const Drawing drawing = treeDrawing(shared(std::move(record)), wholeView(), dark());
    QCOMPARE(itemsOf<PolylineItem>(drawing).size(), std::size_t{4});
  }

  void a_collapsed_subtree_says_how_many_leaves_and_how_good() {
    TreeView view = wholeView();
    view.collapsed = {4};
    const auto record = shared(creditedTree(mockupSchedule()));
    const Drawing drawing = treeDrawing(record, view, dark());
    const TreeFigures figures = treeFigures(*record);
    char expected[32];
    std::snprintf(expected, sizeof expected, "9 · %.2f", figures.best_below[4]);
    QVERIFY(hasText(drawing, expected));
    QVERIFY(hitOf(drawing, HitKind::expander, 4));
    QVERIFY(!hitOf(drawing, HitKind::node, 7));
  }

  void what_was_grown_again_has_dotted_rings() {
    TreeView view = wholeView();
    const auto record = shared(creditedTree(mockupSchedule()));
    const auto rings = [&] {
      const auto boxes = itemsOf<BoxItem>(treeDrawing(record, view, dark()));
      return std::count_if(boxes.begin(), boxes.end(), [&](const BoxItem& item) {
        return item.pen == Pen{dark().text, 1.5f, {{1.5f, 2, 0, 0}}};
      });
    };
    QCOMPARE(rings(), 0);
    view.regrown = {4, 5, 6};
    QCOMPARE(rings(), 3);
    TreeRecord untrained = *record;
    for (TreeNode& node : untrained.nodes) node.advantage = no_value;
    QVERIFY(hasText(treeDrawing(shared(std::move(untrained)), view, dark()),
                    "Grown again (dotted rings) and never trained: no edge has an advantage."));
  }

  void reference_and_bookmarks_are_marked() {
    TreeView view = wholeView();
    view.reference = 5;
    view.bookmarks = {6};
    const Drawing drawing = mockup(view);
    QVERIFY(textOf(drawing).find("pen " + hexOf(dark().reference) + " 2 dash 5 2.5") !=
            std::string::npos);
    const HitBox* badge = hitOf(drawing, HitKind::badge, 6);
    QVERIFY(badge);
    QVERIFY(!hitOf(mockup(), HitKind::badge, 6));
  }

  void a_ratio_beyond_the_clip_range_cuts_its_edge() {
    TreeRecord record = creditedTree(mockupSchedule());
    for (TreeNode& node : record.nodes)
      if (std::isfinite(node.advantage)) node.ratio = 1;
    const double off = record.nodes[4].advantage > 0 ? .1 : -.1;
    record.nodes[4].ratio = 1 + off;
    record.nodes[5].ratio = record.nodes[5].advantage > 0 ? .9 : 1.1;  // this side is not clipped
    const auto with_ratios = shared(std::move(record));
    TreeView view = wholeView(1.2f);
    const std::size_t plain = itemsOf<PolylineItem>(treeDrawing(with_ratios, view, dark())).size();
    QCOMPARE(plain, std::size_t{0});
    view.clip_range = .05;
    const Drawing drawing = treeDrawing(with_ratios, view, dark());
    QVERIFY(hitOf(drawing, HitKind::badge, 4));
    QVERIFY(!hitOf(drawing, HitKind::badge, 5));
    QCOMPARE(itemsOf<PolylineItem>(drawing).size(), std::size_t{4});  // scissors: edge and badge
  }

  void the_best_leaf_has_the_star() {
    const auto record = creditedTree(mockupSchedule());
    const TreeFigures figures = treeFigures(record);
    const TreeLayout layout = treeLayout(record);
    const auto polygons = itemsOf<PolygonItem>(mockup());
    const auto stars =
        std::count_if(polygons.begin(), polygons.end(), [&](const PolygonItem& item) {
          return item.points.size() == 10 && item.fill == dark().warning;
        });
    QCOMPARE(stars, 2);  // in the tree and in the legend
    const Box box = layout[figures.best_leaf].box();
    QVERIFY(std::any_of(polygons.begin(), polygons.end(), [&](const PolygonItem& item) {
      return item.points.size() == 10 && std::abs(item.points[0].x - (box.right() - 1)) < .1f;
    }));
  }

  void other_subtrees_step_back_while_one_is_looked_at() {
    TreeView view = wholeView();
    view.hovered = 4;
    const auto opaque = itemsOf<ImageItem>(mockup(view));
    QVERIFY(std::all_of(opaque.begin(), opaque.end(),
                        [](const ImageItem& item) { return item.opacity == 1; }));
    view.dim_others = true;
    const auto images = itemsOf<ImageItem>(mockup(view));
    const auto kept = std::count_if(images.begin(), images.end(),
                                    [](const ImageItem& item) { return item.opacity == 1; });
    QCOMPARE(kept, 4 + 1 + 3 + 9 + 9);  // the path, the node, what is below
  }

  void what_lies_in_view_is_the_same_with_and_without_the_rest() {
    const auto record = shared(creditedTree(mockupSchedule()));
    for (const float zoom : {.1f, .3f, 1.f, 2.5f, 6.f})
      for (const Point pan : {Point{0, 0}, Point{-300 * zoom, -150 * zoom}, Point{-600, 40}}) {
        TreeView view = wholeView(zoom);
        view.pan = pan;
        view.selected = 7;
        const Drawing all = treeDrawing(record, view, dark());
        view.cull = true;
        const Drawing culled = treeDrawing(record, view, dark());
        QVERIFY(culled.items.size() <= all.items.size());
        QCOMPARE(QString::fromStdString(visibleText(culled, view)),
                 QString::fromStdString(visibleText(all, view)));
        QCOMPARE(culled.extent, all.extent);
      }
  }

  void levels_of_detail_change_what_a_node_is() {
    // The leaves are 30 px at zoom 1.
    const auto kinds = [](float zoom) {
      const Drawing drawing = mockup(wholeView(zoom));
      return std::pair(itemsOf<ImageItem>(drawing).size(), itemsOf<CubicItem>(drawing).size());
    };
    QCOMPARE(kinds(.03f).first, std::size_t{0});
    QCOMPARE(kinds(.03f).second, std::size_t{0});
    QCOMPARE(kinds(.25f).first, std::size_t{0});
    QVERIFY(kinds(.25f).second > 0);
    QCOMPARE(kinds(.5f).first, std::size_t{0});
    QCOMPARE(kinds(.9f).first, std::size_t{1 + 2 + 1 + 3 + 9 - 2});  // the prefix is 30 px at 1
    QCOMPARE(kinds(.95f).first, std::size_t{1 + 2 + 1 + 3 + 9 + 27 + 27});
    QVERIFY(hasText(mockup(wholeView(4)), "t4.0") ||
            textOf(mockup(wholeView(4))).find("\"t4.0 · ") != std::string::npos);
  }

  void leaves_below_three_pixels_become_a_strip() {
    const Drawing drawing = mockup(wholeView(.09f));
    const auto lines = itemsOf<LineItem>(drawing);
    const auto strip = std::count_if(lines.begin(), lines.end(), [](const LineItem& item) {
      return item.pen.width == 2 && std::abs(item.to.x - item.from.x - 40) < .01f;
    });
    QCOMPARE(strip, 27);
    QVERIFY(itemsOf<CubicItem>(mockup(wholeView(.05f))).empty());
    QVERIFY(itemsOf<CircleItem>(mockup(wholeView(.05f))).empty());
  }

  void a_tile_has_the_mean_colour_of_its_picture() {
    TreeRecord record = creditedTree(mockupSchedule());
    record.nodes[4].image = {2, 1, {200, 0, 10, 100, 0, 30}};
    record.nodes[5].image = {};
    const auto boxes =
        itemsOf<BoxItem>(treeDrawing(shared(std::move(record)), wholeView(.5f), dark()));
    const auto with = [&](Color fill) {
      return std::count_if(boxes.begin(), boxes.end(), [&](const BoxItem& item) {
        return item.fill == fill && std::abs(item.box.width - 25) < .01f && item.pen.width == 1;
      });
    };
    QCOMPARE(with({150, 0, 20}), 1);
    QCOMPARE(with(dark().panel), 1);
  }

  void all_selected_nodes_have_a_ring_and_one_the_thick_one() {
    TreeView view = wholeView();
    view.selected = 4;
    view.also_selected = {4, 5, 6};
    const auto boxes = itemsOf<BoxItem>(mockup(view));
    const auto rings = [&](float width) {
      return std::count_if(boxes.begin(), boxes.end(), [&](const BoxItem& item) {
        return item.pen == Pen{dark().ring, width, {}};
      });
    };
    QCOMPARE(rings(2.5f), 1);
    QCOMPARE(rings(1.5f), 2);
  }

  void an_untrained_noisy_step_is_dotted() {
    TreeSchedule schedule = mockupSchedule();
    schedule.steps[3].train = false;
    const auto pens = edgePens(treeDrawing(shared(creditedTree(schedule)), wholeView(), dark()));
    QCOMPARE(std::count(pens.begin(), pens.end(), (Pen{dark().neutral, 1, {{1, 3, 0, 0}}})), 3);
  }

  void a_picture_stands_at_an_integer_scale_when_it_is_large() {
    const Drawing drawing = mockup(wholeView(9));
    int large = 0;
    for (const ImageItem& item : itemsOf<ImageItem>(drawing)) {
      if (item.box.width < 256) continue;
      ++large;
      QCOMPARE(std::fmod(item.box.width, 8.f), 0.f);
    }
    QVERIFY(large > 0);
  }

  void overlays_change_colours_and_the_legend() {
    const char* names[] = {"advantage", "log-prob", "", "", "reward", "value"};
    for (const Overlay overlay :
         {Overlay::advantage, Overlay::log_prob, Overlay::reward, Overlay::value}) {
      TreeView view = wholeView();
      view.overlay = overlay;
      const Drawing drawing = mockup(view);
      QVERIFY(hasText(drawing, names[static_cast<std::size_t>(overlay)]));
    }
    TreeView view = wholeView();
    view.overlay = Overlay::kl;
    QVERIFY(hasText(mockup(view), "No edge has this number yet."));
    QVERIFY(hitOf(mockup(view), HitKind::legend, static_cast<int>(LegendEntry::overlay)));
    view.overlay = Overlay::none;
    QVERIFY(count(edgePens(mockup(view)), dark().neutral) >= 39);
  }

  void a_given_limit_stands_in_the_legend_and_in_the_widths() {
    TreeView view = wholeView();
    view.limit = LimitRule::given;
    view.given_limit = 50;
    const Drawing drawing = mockup(view);
    QVERIFY(hasText(drawing, "+50.0") && hasText(drawing, "−50.0"));
    for (const CubicItem& item : itemsOf<CubicItem>(drawing)) QVERIFY(item.pen.width < 1.5f);
  }

  void any_schedule_can_be_drawn_at_any_zoom() {
    TreeSchedule uneven;
    uneven.roots = 2;
    uneven.steps = {{2, .7, true}, {1, 0, false}, {1, .4, false}, {3, .7, true}, {1, 0, false}};
    for (const TreeSchedule& schedule : {uneven, windowSchedule(0, 9, 1, 1, 27),
                                         windowSchedule(4, 0, 0, 1), windowSchedule(0, 1, 1, 40)})
      for (const float zoom : {.01f, .1f, .3f, 1.f, 5.f, 30.f}) {
        TreeView view = wholeView(zoom);
        view.hoisted = zoom == 5 ? 1 : -1;
        const Drawing drawing = treeDrawing(shared(creditedTree(schedule)), view, dark());
        QVERIFY(!drawing.items.empty());
        QVERIFY(textOf(drawing).find("nan") == std::string::npos);
        QVERIFY(textOf(drawing).find("inf") == std::string::npos);
      }
    QVERIFY(!treeDrawing(shared({}), wholeView(), dark()).items.empty());
  }
};

QTEST_APPLESS_MAIN(TestTreeDrawing)
#include "tst_tree_drawing.moc"
