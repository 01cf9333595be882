#include "comparison/compare_curves.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPointer>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "comparison/sample_plots.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_plots = 3;
constexpr const char* iteration_label = "iteration";  // of axisUnit

constexpr std::array tab_words = {
    TabWords{"Overview", "Reward, KL, and how the leaves' rewards of this pair are distributed"},
    TabWords{"Reward", "Reward of training, held-out evaluation, diversity of the images"},
    TabWords{"KL",
             "How far the policies moved: KL to the reference, spread of ratios, clipped edges"},
    TabWords{"Cost", "NFE, seconds and memory of an iteration"},
    TabWords{"Distributions",
             "Rewards and advantages as ECDFs and histograms, advantages by step too"},
    TabWords{"One metric", "Any number of the runs, as large as there is room"}};

const QStringList band_words = {"± s.e.", "± s.d.", "min to max", "95 % bootstrap"};
const QStringList group_words = {"all but seed", "method", "each run"};
const QStringList scope_words = {"this pair", "all runs and prompts"};

Grouping groupingOf(int choice) {
  switch (choice) {
    case 0:
      return {};
    case 1:
      return {.keys = {"method.name"}, .by_equal = true};
    default:
      return {.keys = {}};
  }
}

bool hasMetric(const ComparedRun& run, const std::string& metric) {
  return metric_series(run.scalars, metric, XAxis::iteration).x.size() > 1;
}

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QComboBox* choice(const char* name, const QString& label, const QString& tip,
                  const QStringList& entries, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setProperty("small", true);
  box->setAccessibleName(label);
  box->setToolTip(tip);
  box->addItems(entries);
  return box;
}

}  // namespace

CompareCurves::CompareCurves(QWidget* parent)
    : QWidget(parent), runs_(std::make_shared<std::vector<ComparedRun>>()) {
  setObjectName("compareCurves");
  setProperty("panel", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  column->addWidget(makePlots(), 1);
  reached_ = new QLabel(this);
  reached_->setObjectName("compareReached");
  reached_->setWordWrap(true);
  reached_->setMargin(6);
  reached_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  reached_->hide();
  column->addWidget(reached_);
}

QWidget* CompareCurves::makeHead() {
  auto* head = new QWidget(this);
  head_ = new QHBoxLayout(head);
  head_->setContentsMargins(8, 0, 8, 0);
  tabs_ = segmentedTabs("compareTabs", "What is compared", tab_words, head);
  connect(tabs_, &QTabBar::currentChanged, this, [this] {
    metric_->setVisible(tab() == Tab::one_metric);
    const bool curves = tab() != Tab::distributions;
    scope_->setVisible(!curves);
    for (QWidget* own : std::initializer_list<QWidget*>{band_, axis_, smooth_, raw_, target_})
      own->setVisible(curves);
    work();
    askForSamples();
  });
  head_->addWidget(tabs_, 1);
  head_->addWidget(makeControls());
  return head;
}

// Where it is narrow the choices stand below the tabs.
void CompareCurves::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int wanted = tabs_->sizeHint().width() + head_->itemAt(1)->sizeHint().width();
  head_->setDirection(width() < wanted ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

QWidget* CompareCurves::makeControls() {
  auto* all = new QWidget(this);
  auto* row = new QHBoxLayout(all);
  row->setContentsMargins(0, 0, 0, 0);
  metric_ = choice("compareMetric", "Metric", "The number that is shown.", {}, all);
  metric_->hide();
  axis_ = axisChoice("compareAxis", all);
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] {
    plots_->clearHover();
    plots_->showAll();
    work();
  });
  scope_ = choice("compareScope", "Trees",
                  "Whose rewards and advantages: of the two trees of this pair, or of all runs and "
                  "prompts at the iteration of the first tree, pooled over the runs of a group.",
                  scope_words, all);
  scope_->hide();
  connect(scope_, &QComboBox::currentIndexChanged, this, &CompareCurves::askForSamples);
  group_ = choice("compareGroup", "Group by",
                  "Which runs count as the same experiment: those that differ in nothing but their "
                  "seed, those of one method, or each by itself.",
                  group_words, all);
  band_ =
      choice("compareBand", "Band",
             "What the band around a mean shows: standard error s/√n, sample deviation s, least "
             "and greatest run, or the 95 % interval of the mean by 2,000 bootstrap resamples.",
             band_words, all);
  for (QComboBox* box : {metric_, group_, band_})
    connect(box, &QComboBox::currentIndexChanged, this, &CompareCurves::work);
  smooth_ = new QSpinBox(all);
  smooth_->setObjectName("compareSmooth");
  smooth_->setAccessibleName("Points of the running mean");
  smooth_->setToolTip(
      "Each run is smoothed by the mean of so many of its points before it is averaged.");
  smooth_->setProperty("small", true);
  smooth_->setRange(1, 200);
  smooth_->setPrefix("smooth ");
  connect(smooth_, &QSpinBox::valueChanged, this, &CompareCurves::work);
  raw_ = new QCheckBox("Runs", all);
  raw_->setObjectName("compareRaw");
  raw_->setToolTip("Shows each run faintly behind the mean of its group.");
  raw_->setChecked(true);
  connect(raw_, &QCheckBox::toggled, this, &CompareCurves::work);
  target_ = new QLineEdit(all);
  target_->setObjectName("compareTarget");
  target_->setAccessibleName("Target of the first plot");
  target_->setPlaceholderText("Target");
  target_->setToolTip(
      "A value of the first plot: says when each group reaches it, and how much sooner than A.");
  target_->setClearButtonEnabled(true);
  target_->setMaximumWidth(90);
  connect(target_, &QLineEdit::textChanged, this, &CompareCurves::work);
  for (QWidget* widget : std::initializer_list<QWidget*>{metric_, scope_, group_, band_, axis_,
                                                         smooth_, raw_, target_})
    row->addWidget(widget);
  return all;
}

QWidget* CompareCurves::makePlots() {
  auto* page = new QWidget(this);
  auto* row = new QHBoxLayout(page);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  plots_ = new PlotRow("compareCurve", "Curve %1 of the compared runs", most_plots, page);
  connect(plots_, &PlotRow::chosen, this, [this](double x, const std::string& x_label) {
    if (x_label == iteration_label)
      Q_EMIT iterationChosen(static_cast<std::int32_t>(std::lround(x)));
  });
  depths_ = new DepthView(page);
  depths_->hide();
  row->addWidget(plots_, static_cast<int>(most_plots));
  row->addWidget(depths_, 1);
  return page;
}

void CompareCurves::setRuns(std::vector<ComparedRun> runs) {
  runs_ = std::make_shared<const std::vector<ComparedRun>>(std::move(runs));
  all_.clear();
  plots_->showAll();
  fillMetrics();
  work();
}

void CompareCurves::setSamples(ComparedSamples samples) {
  pair_ = std::move(samples);
  showPlots();
}

void CompareCurves::setAllSamples(ComparedSamples samples) {
  all_ = std::move(samples);
  showPlots();
}

void CompareCurves::askForSamples() {
  showPlots();
  if (wantsAllSamples()) Q_EMIT allSamplesAsked();
}

void CompareCurves::setCurrent(std::int32_t iteration) {
  if (iteration == current_) return;
  current_ = iteration;
  plots_->setCurrent(currentX());
}

// Only the axis of iterations has it.
double CompareCurves::currentX() const {
  const bool there = options().axis == XAxis::iteration && tab() != Tab::distributions;
  return there && current_ >= 0 ? current_ : no_value;
}

void CompareCurves::setLooks(const Theme& theme, const FontSet& fonts) {
  plots_->setLooks(theme, fonts);
  depths_->setLooks(theme, fonts);
}

// The names that any of the runs has, in the order of the first that has them.
void CompareCurves::fillMetrics() {
  const QSignalBlocker quiet(metric_);
  const QString before = metric_->currentText();
  metric_->clear();
  std::set<std::string> seen;
  for (const ComparedRun& run : *runs_)
    for (const std::string& name : metric_names(run.scalars))
      if (seen.insert(name).second) metric_->addItem(text(name));
  metric_->setCurrentIndex(std::max(0, metric_->findText(before)));
}

ComparisonOptions CompareCurves::options() const {
  ComparisonOptions options;
  options.axis = static_cast<XAxis>(axis_->currentIndex());
  options.band = static_cast<Band>(band_->currentIndex());
  options.grouping = groupingOf(group_->currentIndex());
  options.smooth = smooth_->value();
  bool is_number = false;
  const double target = target_->text().toDouble(&is_number);
  if (is_number) options.target = Target{.value = target};
  options.metric = metricsOf(tab()).empty() ? "reward" : metricsOf(tab()).front();
  return options;
}

bool CompareCurves::measured(const std::string& metric) const {
  return std::ranges::any_of(*runs_,
                             [&](const ComparedRun& run) { return hasMetric(run, metric); });
}

std::vector<std::string> CompareCurves::metricsOf(Tab tab) const {
  const bool evaluated = !runs_->empty() && std::ranges::all_of(*runs_, [](const ComparedRun& run) {
    return hasMetric(run, "evaluation.reward");
  });
  switch (tab) {
    case Tab::overview:
      return {evaluated ? "evaluation.reward" : "reward", measured("kl") ? "kl" : "diversity"};
    case Tab::reward:
      return {"reward", "evaluation.reward", "diversity"};
    case Tab::kl_ratio:
      return {"kl", "ratio_std", "clip_fraction"};
    case Tab::cost:
      return {"nfe", "seconds_total", "peak_bytes"};
    case Tab::distributions:  // groups are made by it
      return {"reward"};
    case Tab::one_metric:
      return {metric_->currentText().toStdString()};
  }
  return {};
}

std::vector<std::string> CompareCurves::metrics() const {
  std::vector<std::string> metrics =
      showsDistributions() ? std::vector<std::string>() : metricsOf(tab());
  std::erase_if(metrics, [this](const std::string& metric) {
    return !std::ranges::all_of(*runs_,
                                [&](const ComparedRun& run) { return hasMetric(run, metric); });
  });
  return metrics;
}

void CompareCurves::work() {
  const int question = ++asked_;
  working_ = true;
  CompareRequest request{runs_, metricsOf(tab()), options(), {}};
  request.look.raw = raw_->isChecked();
  QThreadPool::globalInstance()->start([self = QPointer(this), question, request] {
    const auto answer = std::make_shared<CompareAnswer>(compareAnswer(request));
    QMetaObject::invokeMethod(qApp, [self, question, answer] {
      if (self && question == self->asked_) self->show(*answer);
    });
  });
}

void CompareCurves::show(const CompareAnswer& answer) {
  working_ = false;
  curves_ = answer.plots;
  showPlots();
  reached_->setText(answer.reached);
  reached_->setVisible(!answer.reached.isEmpty());
  Q_EMIT groupsChanged(answer.groups, answer.remarks);
}

void CompareCurves::showPlots() {
  const bool all = tab() == Tab::distributions;
  std::vector<CurvePlot> plots = all ? std::vector<CurvePlot>() : curves_;
  const ComparedSamples& samples = wantsAllSamples() ? all_ : pair_;
  if (all || tab() == Tab::overview) {
    const std::string of = wantsAllSamples() ? "all runs and prompts" : "this pair";
    for (CurvePlot& plot : samplePlots(samples, of, all)) plots.push_back(std::move(plot));
  }
  std::erase_if(plots, [](const CurvePlot& plot) { return plot.series.empty(); });
  plots_->setPlots(plots);
  plots_->setCurrent(currentX());
  depths_->setVisible(all);
  if (all) depths_->setHistograms(depthHistograms(samples));
}

}  // namespace treegrpo
