#include "views/run_curves.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "style/icons.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_plots = 3;

// As the tabs: of each plot the metric that it begins with.
constexpr const char* tab_metrics[][most_plots] = {
    {"reward", "clip_fraction", "nfe"},
    {"reward", "evaluation.reward", "diversity"},
    {"kl", "ratio_mean", "clip_fraction"},
    {"advantage_std.0", "grad_norm", "skipped_groups"},
    {"seconds_total", "nfe", "peak_bytes"}};

constexpr TabWords tab_words[] = {
    {"Overview", "Reward, clip fraction with KL, and the cost of each iteration"},
    {"Reward", "Reward and evaluations, each component, diversity of the images"},
    {"KL and ratio", "How far the policy moved: KL to the reference, ratios, clipped edges"},
    {"Advantages", "Spread of the advantages by step, gradient norm, skipped prompts"},
    {"Time", "Seconds by phase, NFE and memory"}};

}  // namespace

RunCurves::RunCurves(QWidget* parent) : QWidget(parent) {
  setObjectName("runCurves");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  pages_ = new QStackedWidget(this);
  pages_->addWidget(makeEmpty());
  pages_->addWidget(makePlots());
  column->addWidget(pages_, 1);
  setLooks(theme(ThemeKind::dark), loadFonts(uiScale(1)));
}

QWidget* RunCurves::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  head_ = row;
  row->setContentsMargins(8, 0, 8, 0);
  tabs_ = segmentedTabs("curveTabs", "Which curves are shown", tab_words, head);
  row->addWidget(tabs_, 1);
  auto* along = new QLabel("along", head);
  along->setProperty("role", "secondary");
  row->addWidget(along);
  axis_ = axisChoice("curveAxis", head);
  along->setBuddy(axis_);
  row->addWidget(axis_);
  connect(tabs_, &QTabBar::currentChanged, this, [this] { showPlots(); });
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] {
    plots_->clearHover();
    plots_->showAll();
    showPlots();
  });
  return head;
}

// Side by side as long as each has its least width, else scrolled to.
QWidget* RunCurves::makePlots() {
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  plots_ = new PlotRow("curve", "Curve %1", most_plots, scroll);
  connect(plots_, &PlotRow::chosen, this, [this](double x) {
    const std::int32_t iteration = iterationAt(history_, axis(), x);
    if (iteration >= 0) Q_EMIT iterationChosen(iteration);
  });
  scroll->setWidget(plots_);
  return scroll;
}

QWidget* RunCurves::makeEmpty() {
  auto* page = new QWidget(this);
  page->setObjectName("curvesEmpty");
  auto* column = new QVBoxLayout(page);
  empty_icon_ = new QLabel(page);
  auto* head = new QLabel("Curves begin with the first update", page);
  head->setProperty("role", "strong");
  empty_words_ = new QLabel(page);
  empty_words_->setObjectName("curvesEmptyWords");
  empty_words_->setProperty("role", "secondary");
  column->addStretch();
  for (QLabel* label : {empty_icon_, head, empty_words_}) {
    label->setAlignment(Qt::AlignCenter);
    column->addWidget(label);
  }
  column->addStretch();
  return page;
}

void RunCurves::setHowToTrain(const QString& how) {
  empty_words_->setText(tr("To train, %1. Each iteration adds a point.").arg(how));
}

void RunCurves::setRun(std::vector<IterationRecord> iterations,
                       std::vector<EvaluationRecord> evaluations,
                       std::vector<ParameterChanged> changes) {
  history_ = {std::move(iterations), std::move(evaluations), std::move(changes)};
  plots_->clearHover();
  showPlots();
}

void RunCurves::addIteration(const IterationRecord& record) {
  std::vector<IterationRecord>& held = history_.iterations;
  while (!held.empty() && held.back().iteration >= record.iteration) held.pop_back();
  held.push_back(record);
  showPlots();
}

void RunCurves::addEvaluation(const EvaluationRecord& record) {
  std::vector<EvaluationRecord>& held = history_.evaluations;
  while (!held.empty() && held.back().iteration >= record.iteration) held.pop_back();
  held.push_back(record);
  showPlots();
}

void RunCurves::addChange(const ParameterChanged& change) {
  history_.changes.push_back(change);
  showPlots();
}

std::vector<std::string> RunCurves::metrics() const {
  std::vector<std::string> metrics;
  const std::vector<std::string> measured =
      metric_names({.iterations = history_.iterations, .evaluations = history_.evaluations});
  for (const char* metric : tab_metrics[static_cast<std::size_t>(tabs_->currentIndex())])
    if (std::ranges::find(measured, metric) != measured.end()) metrics.emplace_back(metric);
  return metrics;
}

void RunCurves::setCurrent(int iteration) {
  if (iteration == current_) return;
  current_ = iteration;
  plots_->setCurrent(current_ < 0 ? no_value : axisOf(history_, axis(), current_));
}

void RunCurves::setLooks(const Theme& theme, const FontSet& fonts) {
  plots_->setLooks(theme, fonts);
  empty_icon_->setPixmap(
      icon("curve", theme.text2, theme.disabled).pixmap(QSize(26, 26), devicePixelRatioF()));
}

void RunCurves::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) showPlots();
}

// Out of sight nothing is worked out: iterations may pass by the hundred.
void RunCurves::showPlots() {
  stale_ = !isVisible();
  if (stale_) return;
  const std::vector<CurvePlot> plots = runPlots(history_, tab(), axis(), current_);
  pages_->setCurrentIndex(plots.empty() ? 0 : 1);
  plots_->setPlots(plots);
}

}  // namespace treegrpo
