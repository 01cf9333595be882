#include "views/figure_panel_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QRegularExpressionValidator>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <cmath>

#include "canvas/delta_drawing.h"
#include "figure/figure_curves.h"

namespace treegrpo {
namespace {

constexpr int list_height = 96;

struct Share {
  const char* words;
  double share;
};
constexpr Share shares[] = {{"whole width", 1}, {"two thirds", 2. / 3}, {"three fifths", .6},
                            {"half", .5},       {"two fifths", .4},     {"third", 1. / 3}};

template <class Words>
QStringList listOf(const Words& words) {
  QStringList list;
  for (const std::string_view word : words)
    list << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
  return list;
}

QString textOf(const std::vector<std::int32_t>& numbers) {
  QStringList words;
  for (const std::int32_t one : numbers) words << QString::number(one);
  return words.join(", ");
}

std::vector<std::int32_t> numbersOf(const QString& text) {
  static const QRegularExpression between("[,\\s]+");
  std::vector<std::int32_t> numbers;
  for (const QString& word : text.split(between, Qt::SkipEmptyParts))
    numbers.push_back(word.toInt());
  return numbers;
}

void choose(QComboBox* box, const std::string& word) {
  const QString text = QString::fromStdString(word);
  if (box->findText(text) < 0 && !text.isEmpty()) box->addItem(text);
  box->setCurrentText(text);
}

std::vector<std::string> toStd(const QStringList& words) {
  std::vector<std::string> list;
  for (const QString& word : words) list.push_back(word.toStdString());
  return list;
}

}  // namespace

FigurePanelForm::FigurePanelForm(QWidget* parent) : QWidget(parent), form_(new QFormLayout(this)) {
  setObjectName("figure_panel_form");
  const QScopedValueRollback<bool> filling(filling_, true);
  form_->setContentsMargins(0, 0, 0, 0);
  build();
  buildPlaces();
  buildPage();
  showRows();
}

QComboBox* FigurePanelForm::choice(const char* name, const QString& label, const QString& tip,
                                   const QStringList& words) {
  auto* box = new QComboBox;
  box->setObjectName(name);
  box->setToolTip(tip);
  box->addItems(words);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  form_->addRow(label, box);
  connect(box, &QComboBox::currentTextChanged, this, &FigurePanelForm::read);
  return box;
}

QLineEdit* FigurePanelForm::numbers(const char* name, const QString& label, const QString& tip) {
  auto* line = new QLineEdit;
  line->setObjectName(name);
  line->setToolTip(tip);
  line->setValidator(
      new QRegularExpressionValidator(QRegularExpression("[0-9]{0,7}([, ]+[0-9]{0,7})*"), line));
  form_->addRow(label, line);
  connect(line, &QLineEdit::editingFinished, this, &FigurePanelForm::read);
  return line;
}

QSpinBox* FigurePanelForm::place(const char* name, const QString& label, const QString& tip) {
  auto* box = new QSpinBox;
  box->setObjectName(name);
  box->setToolTip(tip);
  box->setRange(0, 9999999);
  box->setKeyboardTracking(false);
  form_->addRow(label, box);
  connect(box, &QSpinBox::valueChanged, this, &FigurePanelForm::read);
  return box;
}

void FigurePanelForm::build() {
  run_list_ = new QListWidget;
  run_list_->setObjectName("figure_runs");
  run_list_->setToolTip(tr("A line or a column for each run that is ticked"));
  run_list_->setFixedHeight(list_height);
  form_->addRow(tr("&Runs"), run_list_);
  connect(run_list_, &QListWidget::itemChanged, this, &FigurePanelForm::read);
  run_ = choice("figure_run", tr("&Run"), tr("The run whose tree is shown"), {});
  metric_ = choice("figure_metric", tr("&Metric"),
                   tr("What the curves show; reward.NAME, which may be typed, is a raw reward"),
                   listOf(curveMetrics()));
  metric_->setEditable(true);
  metric_->setInsertPolicy(QComboBox::NoInsert);
  x_ = choice("figure_x", tr("&Along"),
              tr("Iterations, latents predicted while sampling (NFE), seconds or images"),
              listOf(curveAxes()));
  group_ = choice("figure_group", tr("&Group"),
                  tr("run: a line a run. seed: a mean over runs that differ in nothing but their "
                     "seed. method: a mean over all runs of a method"),
                  listOf(curveGroups()));
  band_ = choice("figure_band", tr("&Band"),
                 tr("Around the mean of a group: standard error, standard deviation, least to "
                    "greatest run, or 95 % bootstrap interval"),
                 listOf(curveBands()));
  smoothing_ = new QDoubleSpinBox;
  smoothing_->setObjectName("figure_smoothing");
  smoothing_->setToolTip(
      tr("Exponential mean: the weight of what came before, 0 to 0.99; the values stay faint"));
  smoothing_->setRange(0, .99);
  smoothing_->setSingleStep(.1);
  smoothing_->setKeyboardTracking(false);
  form_->addRow(tr("&Smoothing"), smoothing_);
  connect(smoothing_, &QDoubleSpinBox::valueChanged, this, &FigurePanelForm::read);
  running_ = place("figure_running", tr("Running &mean"),
                   tr("Points of each run that are averaged before runs are; 1: none"));
  running_->setRange(1, 200);
  show_runs_ = new QCheckBox(tr("Runs behind their mean"));
  show_runs_->setObjectName("figure_show_runs");
  show_runs_->setToolTip(tr("Each run faint behind the mean of its group"));
  form_->addRow(show_runs_);
  connect(show_runs_, &QCheckBox::toggled, this, &FigurePanelForm::read);
}

void FigurePanelForm::buildPlaces() {
  other_run_ = choice("figure_other_run", tr("Run at the ri&ght"),
                      tr("The run whose tree stands mirrored at the right"), {});
  other_iteration_ =
      place("figure_other_iteration", tr("Its i&teration"), tr("Of the tree at the right, from 0"));
  iteration_ = place("figure_iteration", tr("&Iteration"), tr("Of the tree, from 0"));
  prompt_ = place("figure_prompt", tr("&Prompt"), tr("Place in its iteration, from 0"));
  iterations_ = numbers("figure_iterations", tr("&Iterations"),
                        tr("A column each, divided by commas: 0, 20, 40"));
  prompts_ = numbers("figure_prompts", tr("&Prompts"),
                     tr("A row each, as places in their iteration: 0, 1, 2"));
  seed_ = place("figure_seed", tr("S&eed"), tr("Of probe.seeds, whose pictures alone are shown"));
  seed_->setMinimum(-1);
  seed_->setSpecialValueText(tr("all"));
  edges_ = choice("figure_edges", tr("&Edges show"), tr("What colour and width of an edge mean"),
                  {"advantage", "log_prob", "ratio", "kl", "reward", "value", "none"});
  order_ = choice("figure_order", tr("&Order"), tr("Siblings as they grew, or best first"),
                  {"path", "value"});
  hoisted_ = place("figure_hoisted", tr("&From node"),
                   tr("The node whose subtree alone is shown, as its number"));
  hoisted_->setMinimum(-1);
  hoisted_->setSpecialValueText(tr("the root"));
  collapsed_ = numbers("figure_collapsed", tr("C&ollapsed"),
                       tr("Nodes that hide what lies below them, as numbers: 4, 17"));
  QStringList words;
  for (const PairColour& colour : pairColours()) words << QString::fromUtf8(colour.name);
  pair_edges_ = choice("figure_pair_edges", tr("&Colours show"),
                       tr("Each tree's own advantages, or how far a node of the tree at the right "
                          "is from the node at its place at the left"),
                       words);
  leaf_ = choice("figure_leaf", tr("&Leaf"), tr("Which leaf of each tree, by its reward"),
                 {"best", "median", "worst", "first"});
}

void FigurePanelForm::buildPage() {
  QStringList words;
  for (const Share& one : shares) words << tr(one.words);
  share_ = choice("figure_share", tr("&Width"),
                  tr("Of the figure; panels stand beside each other while they fit"), words);
  height_ = new QDoubleSpinBox;
  height_->setObjectName("figure_height");
  height_->setToolTip(
      tr("Of the panel, in millimetres; as high as its content wants where it is 0"));
  height_->setRange(0, 400);
  height_->setSpecialValueText(tr("its own"));
  height_->setSuffix(tr(" mm"));
  height_->setKeyboardTracking(false);
  form_->addRow(tr("&Height"), height_);
  connect(height_, &QDoubleSpinBox::valueChanged, this, &FigurePanelForm::read);
}

void FigurePanelForm::setRuns(const QStringList& runs) {
  runs_ = runs;
  fill();
}

void FigurePanelForm::setPanel(const FigurePanel& panel) {
  panel_ = panel;
  showRows();
  fill();
}

// Which rows a kind of panel has.
void FigurePanelForm::showRows() {
  const std::size_t kind = panel_.content.index();
  const bool curves = kind == 0, tree = kind == 1, images = kind == 2, one = tree || kind == 3,
             probes = kind == 4, pair = kind == 5;
  form_->setRowVisible(run_list_, curves || images);
  form_->setRowVisible(run_, one || probes || pair);
  form_->setRowVisible(seed_, probes);
  for (QWidget* widget : std::initializer_list<QWidget*>{metric_, x_, group_, band_, smoothing_,
                                                         running_, show_runs_})
    form_->setRowVisible(widget, curves);
  for (QWidget* widget : std::initializer_list<QWidget*>{iteration_, prompt_})
    form_->setRowVisible(widget, one || pair);
  for (QWidget* widget : std::initializer_list<QWidget*>{other_run_, other_iteration_})
    form_->setRowVisible(widget, pair);
  for (QWidget* widget : std::initializer_list<QWidget*>{edges_, order_, hoisted_, collapsed_})
    form_->setRowVisible(widget, tree);
  form_->setRowVisible(pair_edges_, pair);
  for (QWidget* widget : std::initializer_list<QWidget*>{iterations_, prompts_, leaf_})
    form_->setRowVisible(widget, images);
}

void FigurePanelForm::fill() {
  const QScopedValueRollback<bool> filling(filling_, true);
  std::vector<std::string> chosen;
  if (const auto* curves = std::get_if<CurvesPanel>(&panel_.content)) {
    chosen = curves->runs;
    choose(metric_, curves->metric);
    choose(x_, curves->x);
    choose(group_, curves->group);
    choose(band_, curves->band);
    showBand();
    smoothing_->setValue(curves->smoothing);
    running_->setValue(curves->running_mean);
    show_runs_->setChecked(curves->show_runs);
  }
  if (const auto* images = std::get_if<ImagesPanel>(&panel_.content)) {
    chosen = images->runs;
    iterations_->setText(textOf(images->iterations));
    prompts_->setText(textOf(images->prompts));
    choose(leaf_, images->leaf);
  }
  run_->clear();
  run_->addItems(runs_);
  const auto fillPlace = [&](const auto& panel) {
    choose(run_, panel.run);
    iteration_->setValue(panel.iteration);
    prompt_->setValue(panel.prompt);
  };
  if (const auto* tree = std::get_if<TreePanel>(&panel_.content)) {
    fillPlace(*tree);
    choose(edges_, tree->edges);
    choose(order_, tree->order);
    hoisted_->setValue(tree->hoisted);
    collapsed_->setText(textOf(tree->collapsed));
  }
  if (const auto* rewards = std::get_if<DistributionsPanel>(&panel_.content)) fillPlace(*rewards);
  other_run_->clear();
  other_run_->addItems(runs_);
  if (const auto* pair = std::get_if<PairPanel>(&panel_.content)) {
    fillPlace(*pair);
    choose(other_run_, pair->other_run);
    other_iteration_->setValue(pair->other_iteration);
    choose(pair_edges_, pair->edges);
  }
  if (const auto* probes = std::get_if<ProbesPanel>(&panel_.content)) {
    choose(run_, probes->run);
    seed_->setValue(probes->seed);
  }
  QStringList names = runs_;
  for (const std::string& run : chosen)
    if (!names.contains(QString::fromStdString(run))) names << QString::fromStdString(run);
  run_list_->clear();
  for (const QString& name : names) {
    auto* item = new QListWidgetItem(name, run_list_);
    const bool on = std::find(chosen.begin(), chosen.end(), name.toStdString()) != chosen.end();
    item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    if (on) run_list_->scrollToItem(item);
  }
  for (int i = 0; i < share_->count(); ++i)
    if (std::abs(shares[i].share - panel_.share) < .01) share_->setCurrentIndex(i);
  height_->setValue(panel_.height_mm);
}

// A line of one run has none.
void FigurePanelForm::showBand() {
  for (QWidget* widget : std::initializer_list<QWidget*>{band_, show_runs_})
    widget->setEnabled(group_->currentText() != "run");
}

void FigurePanelForm::read() {
  if (filling_) return;
  if (auto* curves = std::get_if<CurvesPanel>(&panel_.content))
    *curves = {toStd(checkedRuns()),
               metric_->currentText().toStdString(),
               x_->currentText().toStdString(),
               group_->currentText().toStdString(),
               band_->currentText().toStdString(),
               smoothing_->value(),
               running_->value(),
               show_runs_->isChecked()};
  if (auto* tree = std::get_if<TreePanel>(&panel_.content))
    *tree = {run_->currentText().toStdString(),
             iteration_->value(),
             prompt_->value(),
             edges_->currentText().toStdString(),
             order_->currentText().toStdString(),
             hoisted_->value(),
             numbersOf(collapsed_->text())};
  if (auto* images = std::get_if<ImagesPanel>(&panel_.content))
    *images = {toStd(checkedRuns()), numbersOf(iterations_->text()), numbersOf(prompts_->text()),
               leaf_->currentText().toStdString()};
  if (auto* rewards = std::get_if<DistributionsPanel>(&panel_.content))
    *rewards = {run_->currentText().toStdString(), iteration_->value(), prompt_->value()};
  if (auto* pair = std::get_if<PairPanel>(&panel_.content))
    *pair = {run_->currentText().toStdString(),
             other_run_->currentText().toStdString(),
             iteration_->value(),
             other_iteration_->value(),
             prompt_->value(),
             pair_edges_->currentText().toStdString()};
  if (auto* probes = std::get_if<ProbesPanel>(&panel_.content))
    *probes = {run_->currentText().toStdString(), seed_->value()};
  showBand();
  panel_.share = shares[std::max(0, share_->currentIndex())].share;
  panel_.height_mm = height_->value();
  Q_EMIT changed(panel_);
}

QStringList FigurePanelForm::checkedRuns() const {
  QStringList runs;
  for (int i = 0; i < run_list_->count(); ++i)
    if (run_list_->item(i)->checkState() == Qt::Checked) runs << run_list_->item(i)->text();
  return runs;
}

}  // namespace treegrpo
