// From what a view shows to the panels of a figure.
#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <QTabBar>
#include <QtTest>

#include "comparison/compare_page.h"
#include "curve_runs.h"
#include "ui/fake_runs.h"
#include "views/run_curves.h"
#include "window/shown_panels.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Two runs of twenty iterations.
void fill(ComparePage& page) {
  std::vector<ComparedRun> runs;
  std::vector<RunSummary> summaries;
  for (const char* name : {"one", "two"}) {
    runs.push_back({name, smallConfig(20, name), {}, {}});
    runs.back().config.method.name = runs.size() == 1 ? "treegrpo" : "flowgrpo";
    runs.back().scalars.iterations = runHistory(20).iterations;
    RunSummary& summary = summaries.emplace_back();
    summary.run = {static_cast<std::int64_t>(runs.size())};
    summary.name = name;
    summary.iterations = 20;
  }
  page.setRuns(summaries, runs);
  QTRY_VERIFY(!page.working());
  page.setPrompts({{.prompt = {0}, .text = "a circle"}, {.prompt = {1}, .text = "a square"}});
}

template <class Panel>
Panel only(const std::vector<FigurePanel>& panels) {
  return panels.size() == 1 ? std::get<Panel>(panels[0].content) : Panel{};
}

}  // namespace

class TestShownPanels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_tree_keeps_its_colours_order_and_what_is_hidden() {
    TreeView view;
    view.overlay = Overlay::kl;
    view.order = SiblingOrder::value;
    view.hoisted = 3;
    view.collapsed = {9, 5};
    QVERIFY(only<TreePanel>(shownTree("one", 4, 2, view)) ==
            (TreePanel{"one", 4, 2, "kl", "value", 3, {5, 9}}));
    view.overlay = Overlay::given;  // of a comparison: no recipe has it
    QCOMPARE(only<TreePanel>(shownTree("one", 4, 2, view)).edges, std::string("advantage"));
  }

  void curves_have_a_panel_a_plot_along_the_same_axis() {
    RunCurves curves;
    QVERIFY(shownCurves("one", curves).empty());
    const RunHistory history = runHistory(20);
    curves.setRun(history.iterations, history.evaluations, history.changes);
    curves.findChild<QComboBox*>("curveAxis")->setCurrentIndex(1);
    const std::vector<FigurePanel> panels = shownCurves("one", curves);
    QVERIFY(panels.size() >= 2);
    double share = 0;
    for (const FigurePanel& panel : panels) {
      share += panel.share;
      QCOMPARE(std::get<CurvesPanel>(panel.content).x, std::string("nfe"));
    }
    QVERIFY(qFuzzyCompare(share, 1.));
    const auto& first = std::get<CurvesPanel>(panels[0].content);
    QCOMPARE(first.metric, std::string("reward"));
    QCOMPARE(first.smoothing, .7);
    curves.findChild<QTabBar*>("curveTabs")->setCurrentIndex(4);
    QCOMPARE(std::get<CurvesPanel>(shownCurves("one", curves)[0].content).metric,
             std::string("seconds_total"));
  }

  void compared_trees_pictures_and_probes_are_panels() {
    ComparePage page;
    QVERIFY(shownComparison(page).empty() && shownComparedCurves(page).empty());
    fill(page);
    page.findChild<QComboBox*>("pairedColour")->setCurrentIndex(1);
    QVERIFY(only<PairPanel>(shownComparison(page)) ==
            (PairPanel{"one", "two", 19, 19, 0, "value_delta"}));
    auto* views = page.findChild<QTabBar*>("compareView");
    views->setCurrentIndex(1);
    QVERIFY(only<ImagesPanel>(shownComparison(page)) ==
            (ImagesPanel{{"one", "two"}, {19}, {0, 1}, "best"}));
    views->setCurrentIndex(2);
    const std::vector<FigurePanel> probes = shownComparison(page);
    QCOMPARE(probes.size(), std::size_t{2});
    QVERIFY(std::get<ProbesPanel>(probes[1].content) == (ProbesPanel{"two", -1}));
  }

  void compared_curves_keep_group_band_axis_and_smoothing() {
    ComparePage page;
    fill(page);
    const auto choose = [&](const char* name, int entry) {
      page.findChild<QComboBox*>(name)->setCurrentIndex(entry);
    };
    choose("compareGroup", 1);
    choose("compareBand", 2);
    choose("compareAxis", 1);
    page.findChild<QSpinBox*>("compareSmooth")->setValue(5);
    page.findChild<QCheckBox*>("compareRaw")->setChecked(false);
    const auto panel = std::get<CurvesPanel>(shownComparedCurves(page).at(0).content);
    QVERIFY(panel ==
            (CurvesPanel{{"one", "two"}, "reward", "nfe", "method", "range", 0, 5, false}));
    choose("compareGroup", 2);
    QCOMPARE(std::get<CurvesPanel>(shownComparedCurves(page).at(0).content).group,
             std::string("run"));
    page.findChild<QTabBar*>("compareTabs")->setCurrentIndex(4);
    const std::vector<FigurePanel> rewards = shownComparedCurves(page);
    QCOMPARE(rewards.size(), std::size_t{2});
    QVERIFY(std::get<DistributionsPanel>(rewards[1].content) == (DistributionsPanel{"two", 19, 0}));
    for (const FigurePanel& one : rewards) QCOMPARE(one.share, .5);
  }
};

QTEST_MAIN(TestShownPanels)
#include "tst_shown_panels.moc"
