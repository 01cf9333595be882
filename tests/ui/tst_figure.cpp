// Figures without files: recipes and their refusals, layout, checks, numbers.
#include <QTest>
#include <set>

#include "base/error.h"
#include "canvas/tree_layout.h"
#include "figure/figure_csv.h"
#include "figure/figure_pgf.h"
#include "figure/panel_drawing.h"
#include "figure/venue.h"
#include "ui/figure_samples.h"
#include "ui/probe_runs.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

QString refusalOf(const std::string& json) {
  try {
    recipeFrom(json, "fig2.json");
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

// A page of one item at a scale, and whether each check of it passes.
FigurePage pageOf(DrawingItem item, float scale) {
  FigurePage page{100, 100, {}};
  PlacedDrawing part{{}, {0, 0}, scale};
  part.drawing.items.push_back(std::move(item));
  page.parts.push_back(std::move(part));
  return page;
}

std::vector<bool> passed(const FigurePage& page) {
  std::vector<bool> results;
  for (const FigureCheck& check : pageChecks(page)) results.push_back(check.passed);
  return results;
}

ImageItem picture(int pixels, float side) {
  const auto bytes = static_cast<std::size_t>(3 * pixels * pixels);
  return {{0, 0, side, side},
          std::make_shared<const Image>(Image{pixels, pixels, std::vector<std::uint8_t>(bytes, 7)}),
          false,
          1};
}

FigurePage pageOf(const PanelDrawing& panel, float width) {
  return {width, panel.height, panel.parts};
}

bool hasText(const FigurePage& page, const std::string& text) {
  return std::any_of(page.parts.begin(), page.parts.end(), [&](const PlacedDrawing& part) {
    return treegrpo::test::hasText(part.drawing, text);
  });
}

}  // namespace

class TestFigure : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_recipe_comes_back_from_its_json_as_it_was() {
    FigureRecipe recipe = sampleRecipe();
    recipe.venue = "cvpr-column";
    recipe.width_mm = 90;
    recipe.dpi = 600;
    recipe.letters = recipe.sharp_pixels = recipe.outlines = recipe.provenance = false;
    recipe.font = "DejaVu Serif Condensed";
    recipe.text_pt = 7.5;
    auto& curves = std::get<CurvesPanel>(recipe.panels[0].content);
    curves.smoothing = .25;
    curves.running_mean = 5;
    curves.show_runs = false;
    auto& tree = std::get<TreePanel>(recipe.panels[2].content);
    tree.hoisted = 3;
    tree.collapsed = {4, 7};
    recipe.panels.push_back({PairPanel{"a", "b", 1, 2, 3, "image_distance"}});
    recipe.panels.push_back({ProbesPanel{"a", 2}});
    QVERIFY(recipeFrom(jsonOf(recipe), "x") == recipe);
    QCOMPARE(jsonOf(recipeFrom(jsonOf(recipe), "x")), jsonOf(recipe));
  }

  void what_a_recipe_does_not_say_is_as_by_default() {
    const FigureRecipe recipe =
        recipeFrom(R"({"figure":1,"panels":[{"kind":"tree","run":"a"}]})", "x");
    FigureRecipe same;
    same.panels = {{TreePanel{.run = "a"}}};
    QVERIFY(recipe == same);
  }

  void a_wrong_recipe_is_refused_in_a_sentence_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("said");
    const QString panels = R"({"figure":1,"panels":[%1]})";
    QTest::newRow("no json") << "{"
                             << "it is no JSON";
    QTest::newRow("a list") << "[]"
                            << "is no JSON object";
    QTest::newRow("no recipe") << "{}"
                               << "\"figure\": 1 is missing";
    QTest::newRow("newer") << R"({"figure":9})"
                           << "version 9";
    QTest::newRow("unknown key") << R"({"figure":1,"colour":1})"
                                 << "no key 'colour'";
    QTest::newRow("no panel") << panels.arg("") << "at least one panel";
    QTest::newRow("unknown panel") << panels.arg(R"({"kind":"pie"})") << "'pie' is no panel";
    QTest::newRow("key of another panel")
        << panels.arg(R"({"kind":"tree","run":"a","metric":"kl"})") << "panel 1 has no key";
    QTest::newRow("type") << panels.arg(R"({"kind":"tree","run":3})") << "another type";
    QTest::newRow("half a number")
        << panels.arg(R"({"kind":"tree","run":"a","prompt":1.5})") << "another type";
    QTest::newRow("too large") << panels.arg(R"({"kind":"tree","run":"a","prompt":99999999999})")
                               << "another type";
    QTest::newRow("no run") << panels.arg(R"({"kind":"tree"})") << "names no run";
    QTest::newRow("negative") << panels.arg(R"({"kind":"tree","run":"a","prompt":-1})")
                              << "counts from 0";
    QTest::newRow("metric") << panels.arg(R"({"kind":"curves","runs":["a"],"metric":"joy"})")
                            << "'joy' is no metric";
    QTest::newRow("share") << panels.arg(R"({"kind":"tree","run":"a","share":2})")
                           << "share of a panel";
    QTest::newRow("venue") << R"({"figure":1,"venue":"moon","panels":[{"kind":"tree","run":"a"}]})"
                           << "'moon' is no venue";
  }
  void a_wrong_recipe_is_refused_in_a_sentence() {
    QFETCH(QString, json);
    QFETCH(QString, said);
    const QString refusal = refusalOf(json.toStdString());
    QVERIFY2(refusal.contains(said), qPrintable(refusal));
    QVERIFY2(refusal.startsWith("in the figure recipe 'fig2.json'"), qPrintable(refusal));
  }

  void panels_stand_beside_each_other_while_they_fit() {
    const Figure figure = sampleFigure();
    QCOMPARE(figure.page.width, 396.f);  // 5.5 in
    // Letters stand where their panels begin.
    std::vector<std::pair<std::string, Point>> letters;
    for (const PlacedDrawing& part : figure.page.parts)
      for (const TextItem& item : itemsOf<TextItem>(part.drawing))
        if (item.text.size() == 3 && item.text.front() == '(')
          letters.emplace_back(item.text, part.at);
    QCOMPARE(letters.size(), std::size_t{4});
    QCOMPARE(letters[1].first, std::string("(b)"));
    QVERIFY(letters[1].second.x > 200 && letters[1].second.y == letters[0].second.y);
    QVERIFY(letters[2].second.x == 0 && letters[2].second.y > letters[1].second.y + 100);
  }

  void every_panel_keeps_to_what_venues_ask_at_every_width_data() {
    QTest::addColumn<float>("width");
    for (const Venue& venue : venues())
      QTest::newRow(venue.name) << static_cast<float>(venue.inches * points_per_inch);
  }
  void every_panel_keeps_to_what_venues_ask_at_every_width() {
    QFETCH(float, width);
    FigureRecipe recipe = sampleRecipe();
    recipe.width_mm = width / points_per_mm;
    const Figure figure = sampleFigure(recipe);
    for (const FigureCheck& check : pageChecks(figure.page))
      QVERIFY2(check.passed, (check.name + ": " + check.sentence).c_str());
  }

  void each_check_fails_on_a_page_that_is_made_bad() {
    const TextItem words{{0, 0}, "R", {}, TextRole::caption, TextAlign::left, false, no_color};
    const LineItem line{{0, 0}, {9, 9}, {{}, 1, {}}};
    using Results = std::vector<bool>;
    QCOMPARE(passed(pageOf(words, .6f)), (Results{true, true, true}));
    QCOMPARE(passed(pageOf(words, .5f)), (Results{false, true, true}));
    QCOMPARE(passed(pageOf(line, .5f)), (Results{true, true, true}));
    QCOMPARE(passed(pageOf(line, .4f)), (Results{true, false, true}));
    QCOMPARE(passed(pageOf(picture(300, 72), 1)), (Results{true, true, true}));
    QCOMPARE(passed(pageOf(picture(299, 72), 1)), (Results{true, true, false}));
    QVERIFY(fontCheck("/Type /FontDescriptor /FontFile2 3 0 R").passed);
    QVERIFY(!fontCheck("/Type /FontDescriptor").passed);
    QVERIFY(!fontCheck("/Subtype /Type3").passed);
  }

  void sharp_pixels_are_enlarged_by_whole_factors() {
    Image image{2, 1, {1, 2, 3, 4, 5, 6}};
    FigurePage page =
        pageOf(ImageItem{{0, 0, 36, 18}, std::make_shared<const Image>(image), false, 1}, 1);
    page = sharpened(page, 8);  // 2 pixels on half an inch are 4 an inch
    const Image& large = *itemsOf<ImageItem>(page.parts[0].drawing)[0].image;
    QCOMPARE(large.width, 4);
    QCOMPARE(large.height, 2);
    const std::vector<std::uint8_t> row = {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6};
    QVERIFY(std::equal(row.begin(), row.end(), large.rgb.begin()));
    QVERIFY(std::equal(row.begin(), row.end(), large.rgb.begin() + 12));
  }

  void a_legend_says_over_how_many_runs_a_line_is_and_what_a_band_is() {
    const FigurePage page = pageOf(curvesPanel(curveData(), {200}), 200);
    QVERIFY(hasText(page, "tree (n = 3)"));
    QVERIFY(hasText(page, "flow (n = 1)"));
    QVERIFY(hasText(page, "± s.e."));
    QVERIFY(hasText(page, "Iteration"));
  }

  void a_narrow_tree_has_its_legend_in_two_rows_within_its_width() {
    for (const float width : {234.f, 396.f}) {
      const PanelDrawing panel = treePanel(treeData(), {width});
      QCOMPARE(panel.parts.size(), width < 300 ? std::size_t{3} : std::size_t{2});
      for (const PlacedDrawing& part : panel.parts)
        for (const TextItem& item : itemsOf<TextItem>(part.drawing)) {
          const float x = part.at.x + part.scale * item.at.x;
          QVERIFY2(x >= -.1f && x <= width + .1f, item.text.c_str());
        }
    }
  }

  void all_pictures_of_a_tree_print() {
    const TreeData tree = treeData();
    const PanelDrawing panel = treePanel(tree, {396});
    std::set<const Image*> shown;
    for (const ImageItem& item : itemsOf<ImageItem>(panel.parts[0].drawing))
      shown.insert(item.image.get());
    QCOMPARE(shown.size(), std::size_t{4 + 3 + 9 + 27 + 27});  // all but the dots of the tail
  }

  void the_leaf_of_a_picture_is_chosen_by_its_reward() {
    const TreeRecord record =
        tree_from_text("root\n  sde\n    ode = 0.2\n  sde\n    ode = 0.9\n  sde\n    ode = 0.5\n");
    QCOMPARE(chosenLeaf(record, "first"), 0);
    QCOMPARE(chosenLeaf(record, "best"), 1);
    QCOMPARE(chosenLeaf(record, "median"), 2);
    QCOMPARE(chosenLeaf(record, "worst"), 0);
  }

  void curves_share_the_unit_of_the_longest_run() {
    const auto run = [](const char* name, std::int64_t nfe) {
      ComparedRun measured{.name = name, .config = {}, .changes = {}, .scalars = {}};
      for (int i = 0; i < 2; ++i) {
        IterationRecord record;
        record.iteration = i;
        record.nfe = nfe;
        record.reward = .5;
        measured.scalars.iterations.push_back(record);
      }
      return measured;
    };
    const ComparedRun runs[] = {run("short", 1000), run("long", 100000)};
    const FigureCurves curves = curvesOf(runs, {.runs = {}, .metric = "reward", .x = "nfe"});
    QCOMPARE(curves.x_label, std::string("Function evaluations (NFE, thousands)"));
    QCOMPARE(curves.series[0].x, (std::vector<double>{1, 2}));
    QCOMPARE(curves.series[1].x, (std::vector<double>{100, 200}));
    QVERIFY_EXCEPTION_THROWN(curvesOf(runs, {.runs = {}, .metric = "kl", .x = "nfe"}), Error);
  }

  void runs_that_differ_in_their_seed_share_a_mean_with_its_band() {
    const auto run = [](const char* method, std::uint64_t seed, double reward) {
      ComparedRun measured{
          .name = method + std::to_string(seed), .config = {}, .changes = {}, .scalars = {}};
      measured.config.run.seed = seed;
      measured.config.method.name = method;
      for (int i = 0; i < 3; ++i) {
        IterationRecord record;
        record.iteration = i;
        record.reward = reward + .1 * i;
        measured.scalars.iterations.push_back(record);
      }
      return measured;
    };
    const ComparedRun runs[] = {run("treegrpo", 1, .2), run("treegrpo", 2, .4),
                                run("mixgrpo", 1, .1)};
    const FigureCurves curves =
        curvesOf(runs, {.runs = {}, .metric = "reward", .group = "seed", .band = "range"});
    QCOMPARE(curves.series.size(), std::size_t{2});
    QCOMPARE(curves.series[0].n, 2);
    QCOMPARE(curves.series[0].n_at, (std::vector<std::int32_t>{2, 2, 2}));
    QCOMPARE(curves.series[0].mean[1], .4);
    QCOMPARE(curves.series[0].low[1], .3);
    QCOMPARE(curves.series[0].high[1], .5);
    QCOMPARE(curves.series[0].runs.size(), std::size_t{2});
    QVERIFY(curves.series[1].low.empty() && curves.series[1].runs.empty());
    QCOMPARE(curves.series[1].n, 1);
    QVERIFY(curves.band.find("least to greatest") != std::string::npos);
    QCOMPARE(curves.series[0].name, std::string("TreeGRPO"));
  }

  void an_evaluation_without_a_number_leaves_the_bands_where_they_belong() {
    ComparedRun run{.name = "one", .config = {}, .changes = {}, .scalars = {}};
    for (const double reward : {.2, no_value, .6}) {
      EvaluationRecord record;
      record.iteration = 10 * static_cast<std::int32_t>(run.scalars.evaluations.size());
      record.reward = reward;
      record.reward_error = .1;
      run.scalars.evaluations.push_back(record);
    }
    const FigureCurves curves =
        curvesOf(std::span(&run, 1), {.runs = {}, .metric = "evaluation.reward"});
    QCOMPARE(curves.series[0].mean, (std::vector<double>{.2, .6}));
    QCOMPARE(curves.series[0].low[1], .5);
  }

  void the_csv_has_every_number_that_is_plotted() {
    const QString csv = QString::fromStdString(csvOf(sampleRecipe(), sampleData()));
    const QStringList lines = csv.split('\n');
    QCOMPARE(lines[0], QString("panel,kind,series,x,y,low,high,n,node,parent"));
    QCOMPARE(lines[1], QString("1,curves,tree,0,0.5,0.48,0.52,3,,"));
    QCOMPARE(lines[21], QString("1,curves,flow,0,0.48,,,1,,"));
    QCOMPARE(lines.filter("3,tree,advantage").size(),
             static_cast<qsizetype>(treeData().record->nodes.size()));
    QVERIFY(csv.contains("4,images,tree: a circle,,0.5,,,1,,\n"));
  }

  void paired_trees_stand_face_to_face_with_one_limit() {
    const TreeData first = treeData();
    const PairData pair{first.record, first.record, "a, iteration 3", "b, iteration 4"};
    const PanelDrawing panel = pairPanel(pair, {396});
    QVERIFY(panel.parts.size() >= 5);
    const auto nameOf = [&](std::size_t part) {
      return itemsOf<TextItem>(panel.parts[part].drawing).at(0).text;
    };
    QCOMPARE(nameOf(0), std::string("A: a, iteration 3"));
    QCOMPARE(nameOf(1), std::string("B: b, iteration 4"));
    const auto pictures = [&](std::size_t part) {
      return itemsOf<ImageItem>(panel.parts[part].drawing);
    };
    QCOMPARE(pictures(2).size(), pictures(3).size());
    // Its root at the outer edge, its leaves at the middle.
    const float width = panel.parts[3].at.x / panel.parts[3].scale;
    QVERIFY(pictures(2).front().box.centre().x < width / 2);
    QVERIFY(pictures(3).front().box.centre().x > width / 2);
    FigureRecipe recipe;
    recipe.panels = {{PairPanel{"a", "b", 3, 4, 1}}};
    QCOMPARE(recipeFrom(jsonOf(recipe), "test"), recipe);
    recipe.panels = {{PairPanel{"a", "b", 3, 4, 1, "joy"}}};
    QVERIFY_EXCEPTION_THROWN(recipeFrom(jsonOf(recipe), "test"), Error);
    recipe.panels = {{PairPanel{"a", "", 3, 4, 1}}};
    QVERIFY_EXCEPTION_THROWN(recipeFrom(jsonOf(recipe), "test"), Error);
  }

  void the_csv_of_paired_trees_says_which_side_a_row_is_of() {
    TreeRecord other = *treeData().record;
    for (TreeNode& node : other.nodes) node.value += .25;
    PairData pair{treeData().record, shared(std::move(other)), "a", "b", "value_delta"};
    FigureRecipe recipe;
    recipe.panels = {{PairPanel{"a", "b", 3, 3, 1, "value_delta"}}};
    FigureData figure;
    figure.panels = {pair};
    const QStringList lines = QString::fromStdString(csvOf(recipe, figure)).split('\n');
    const auto nodes = static_cast<qsizetype>(pair.first->nodes.size());
    QCOMPARE(lines.filter("1,pair,A: a: value_delta,").size(), nodes);
    QCOMPARE(lines.filter("1,pair,B: b: value_delta,").size(), nodes);
    QCOMPARE(lines.filter("1,pair,B: b: reward.").size(),
             static_cast<qsizetype>(leaves(*pair.second).size() * pair.second->rewards.size()));
    // The number of a pair stands on both its nodes.
    const QStringList values = lines.filter("A: a: value_delta,");
    QVERIFY(std::ranges::any_of(
        values, [](const QString& line) { return line.split(',').value(4) == "0.25"; }));
    const PanelDrawing panel = pairPanel(pair, {396});
    bool told = false;
    for (const PlacedDrawing& part : panel.parts)
      for (const TextItem& item : itemsOf<TextItem>(part.drawing))
        told = told || item.text.find("Δ value") != std::string::npos;
    QVERIFY(told);
  }

  void what_is_collapsed_or_hoisted_on_screen_is_so_on_paper() {
    TreeData tree = treeData();
    const auto count = [&] {
      return itemsOf<ImageItem>(treePanel(tree, {396}).parts[0].drawing).size();
    };
    const std::size_t all = count();
    const TreeShape shape = treeShape(*tree.record);
    std::int32_t node = shape.roots[0];
    while (shape.childrenOf(node).size() < 2) node = shape.childrenOf(node)[0];
    tree.collapsed = {shape.childrenOf(node)[0]};
    const std::size_t fewer = count();
    QVERIFY(fewer < all);
    tree.collapsed = {};
    tree.hoisted = shape.childrenOf(node)[0];
    QVERIFY(count() < all && count() > 0);
  }

  void the_size_of_text_is_what_is_asked_for() {
    FigureRecipe recipe = sampleRecipe();
    const auto least = [&] { return pageChecks(sampleFigure(recipe).page)[0]; };
    QVERIFY(least().passed);
    recipe.text_pt = 8;
    QCOMPARE(least().sentence, std::string("The least is 8.0 pt."));
    recipe.text_pt = 5;
    QVERIFY(!least().passed);
    recipe.text_pt = 2;
    QVERIFY(refusalOf(jsonOf(recipe)).contains("text_pt of a figure"));
  }

  void a_figure_is_kept_with_the_first_run_that_it_names() {
    QCOMPARE(firstRunOf(sampleRecipe()), std::string("tree"));
    FigureRecipe recipe;
    QCOMPARE(firstRunOf(recipe), std::string());
    recipe.panels = {{ImagesPanel{}}, {ProbesPanel{"b"}}, {TreePanel{.run = "a"}}};
    QCOMPARE(firstRunOf(recipe), std::string("b"));
  }

  void probes_print_with_all_their_pictures_and_means() {
    const ProbeData data{probeStrip()};
    const PanelDrawing panel = probesPanel(data, {396});
    std::set<const Image*> shown;
    for (const ImageItem& item : itemsOf<ImageItem>(panel.parts[0].drawing))
      shown.insert(item.image.get());
    std::set<const Image*> all;
    for (const auto& probe : data.strip.probes)
      for (const ProbedPrompt& prompt : probe->prompts)
        for (const ProbePicture& picture : prompt.pictures)
          if (!picture.image.empty()) all.insert(&picture.image);
    QCOMPARE(shown.size(), all.size());
    FigureRecipe recipe;
    recipe.panels = {{ProbesPanel{"tree", 1}}};
    QCOMPARE(recipeFrom(jsonOf(recipe), "test"), recipe);
    FigureData figure;
    figure.panels = {data};
    const QString csv = QString::fromStdString(csvOf(recipe, figure));
    QVERIFY(csv.contains("1,probes,") && csv.count("diversity") > 1);
    recipe.panels = {{ProbesPanel{"tree", -2}}};
    QVERIFY_EXCEPTION_THROWN(recipeFrom(jsonOf(recipe), "test"), Error);
  }

  void latex_gets_its_special_letters_escaped() {
    QCOMPARE(latexOf("50 % of a_b & −1.5 σ"), std::string("50 \\% of a\\_b \\& $-$1.5 $\\sigma$"));
    const PgfFigure pgf = pgfOf(sampleFigure().page, "fig", {});
    const QString text = QString::fromStdString(pgf.text);
    QCOMPARE(text.count('{'), text.count('}'));
    QVERIFY(text.contains("\\begin{pgfpicture}") && text.endsWith("\\end{pgfpicture}\n"));
    for (const PgfPicture& one : pgf.pictures)
      QVERIFY(text.contains("{" + QString::fromStdString(one.name) + "}"));
    QVERIFY(!pgf.pictures.empty());
  }
};

QTEST_GUILESS_MAIN(TestFigure)
#include "tst_figure.moc"
