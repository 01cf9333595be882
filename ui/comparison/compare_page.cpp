#include "comparison/compare_page.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "views/segmented_tabs.h"

namespace treegrpo {
namespace {

constexpr int least_choice_letters = 16, least_prompt_letters = 18;

constexpr TabWords view_words[] = {
    {"Trees", "Two trees face to face"},
    {"Pictures", "The best leaf of every prompt and run, and the way to it"},
    {"Probes", "The same prompt and seed at every checkpoint, a row a run"}};
enum View { trees_view, pictures_view, probes_view };

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QComboBox* choiceBox(const char* name, const QString& label, int letters, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setAccessibleName(label);
  box->setToolTip(label);
  box->setMinimumContentsLength(letters);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return box;
}

}  // namespace

ComparePage::ComparePage(QWidget* parent) : QWidget(parent) {
  setObjectName("comparePage");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  column->addWidget(makeProgress());
  pages_ = new QStackedWidget(this);
  pages_->addWidget(makeEmpty());
  pages_->addWidget(makeBody());
  column->addWidget(pages_, 1);
}

QSpinBox* ComparePage::iterationBox(const char* name, const QString& label, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(name);
  box->setAccessibleName(label);
  box->setToolTip(label);
  box->setKeyboardTracking(false);
  box->setRange(0, 0);
  return box;
}

QWidget* ComparePage::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 4, 8, 4);
  sides_[0] = choiceBox("compareFirst", "Run of the first tree", least_choice_letters, head);
  sides_[1] = choiceBox("compareSecond", "Run of the second tree", least_choice_letters, head);
  add_ = new QToolButton(head);
  add_->setObjectName("compareAdd");
  add_->setText("Runs…");
  add_->setToolTip("Which runs are compared: any number of them.");
  add_->setPopupMode(QToolButton::InstantPopup);
  menu_ = new QMenu(add_);
  add_->setMenu(menu_);
  connect(menu_, &QMenu::aboutToShow, this, &ComparePage::fillMenu);
  prompt_ = choiceBox("comparePrompt", "Prompt of both trees", least_prompt_letters, head);
  iterations_[0] = iterationBox("compareIterationFirst", "Iteration of the first tree", head);
  iterations_[1] = iterationBox("compareIterationSecond", "Iteration of the second tree", head);
  linked_ = new QToolButton(head);
  linked_->setObjectName("compareLinked");
  linked_->setText("=");
  linked_->setAccessibleName("Same iteration for both");
  linked_->setToolTip("Both trees are of the same iteration; off: any two, also of one run.");
  linked_->setCheckable(true);
  linked_->setChecked(true);
  remarks_ = new QToolButton(head);
  remarks_->setObjectName("compareRemarks");
  remarks_->setAccessibleName("What is partial about this comparison");
  remarks_->hide();
  connect(remarks_, &QToolButton::clicked, this, [this] {
    QToolTip::showText(remarks_->mapToGlobal(QPoint(0, remarks_->height())), remarks_->toolTip(),
                       remarks_);
  });
  view_ = segmentedTabs("compareView", "What is shown of the runs", view_words, head);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{view_, sides_[0], sides_[1], add_, prompt_, iterations_[0],
                                       linked_, iterations_[1], remarks_})
    row->addWidget(widget);
  for (QComboBox* side : sides_)
    connect(side, &QComboBox::currentIndexChanged, this,
            [this] { lookAt(iterations_[0]->value()); });
  connect(prompt_, &QComboBox::currentIndexChanged, this,
          [this] { lookAt(iterations_[0]->value()); });
  connect(iterations_[0], &QSpinBox::valueChanged, this, &ComparePage::lookAt);
  connect(iterations_[1], &QSpinBox::valueChanged, this,
          [this] { lookAt(iterations_[0]->value()); });
  connect(linked_, &QToolButton::toggled, this, [this] { lookAt(iterations_[0]->value()); });
  return head;
}

// While all runs and prompts are read.
QWidget* ComparePage::makeProgress() {
  progress_ = new QWidget(this);
  progress_->setObjectName("compareReading");
  auto* row = new QHBoxLayout(progress_);
  row->setContentsMargins(8, 0, 8, 4);
  bar_ = new QProgressBar(progress_);
  bar_->setObjectName("compareReadingBar");
  bar_->setAccessibleName("Trees read");
  auto* cancel = new QPushButton("Cancel", progress_);
  cancel->setObjectName("compareReadingCancel");
  cancel->setProperty("small", true);
  cancel->setToolTip("Reads no further; what was read stays.");
  row->addWidget(bar_, 1);
  row->addWidget(cancel);
  connect(cancel, &QPushButton::clicked, this, [this] {
    progress_->hide();
    Q_EMIT readingCancelled();
  });
  progress_->hide();
  return progress_;
}

QWidget* ComparePage::makeEmpty() {
  auto* page = new QWidget(this);
  page->setObjectName("compareEmpty");
  auto* head = new QLabel("No runs are compared", page);
  head->setProperty("role", "strong");
  auto* words = new QLabel(
      "Select two or more runs in the list and press Ctrl+Return, or choose them under “Runs…”.",
      page);
  words->setProperty("role", "secondary");
  auto* column = new QVBoxLayout(page);
  column->addStretch();
  for (QLabel* label : {head, words}) {
    label->setAlignment(Qt::AlignCenter);
    column->addWidget(label);
  }
  column->addStretch();
  return page;
}

QWidget* ComparePage::makeViews() {
  trees_ = new PairedView;
  grid_ = new ImageGridView;
  views_ = new QStackedWidget;
  views_->addWidget(trees_);
  views_->addWidget(grid_);
  probes_ = new ProbeRunsView;
  views_->addWidget(probes_);
  connect(view_, &QTabBar::currentChanged, this, [this](int shown) {
    views_->setCurrentIndex(shown);
    askForIteration();
    if (shown == probes_view) Q_EMIT probesAsked();
    const auto [first, second] = trees_->selected();
    shown == pictures_view ? showCells() : images_->setNodes(first, second);
  });
  return views_;
}

QWidget* ComparePage::makeBody() {
  QWidget* views = makeViews();
  images_ = new ImagePair;
  differences_ = new ConfigDifferences;
  curves_ = new CompareCurves;
  connect(differences_, &ConfigDifferences::ignoredChanged, this, &ComparePage::ignoredKeysChanged);
  connect(curves_, &CompareCurves::groupsChanged, this, &ComparePage::showGroups);
  connect(curves_, &CompareCurves::iterationChosen, this,
          [this](std::int32_t iteration) { iterations_[0]->setValue(iteration); });
  connect(curves_, &CompareCurves::allSamplesAsked, this, &ComparePage::iterationAsked);
  connect(trees_, &PairedView::pairSelected, images_, &ImagePair::setNodes);
  connect(grid_, &ImageGridView::selected, this, &ComparePage::showCells);
  connect(grid_, &ImageGridView::referenceSet, this, &ComparePage::showCells);
  connect(images_, &ImagePair::stepChanged, &grid_->canvas(), &ImageGridCanvas::setStep);
  connect(&grid_->canvas(), &ImageGridCanvas::stepChanged, images_, &ImagePair::setStep);
  auto* left = new QSplitter(Qt::Vertical);
  left->addWidget(views);
  left->addWidget(curves_);
  left->setStretchFactor(0, 5);
  left->setStretchFactor(1, 2);
  left->setSizes({600, 290});
  auto* right = new QSplitter(Qt::Vertical);
  right->addWidget(images_);
  right->addWidget(differences_);
  right->setStretchFactor(0, 1);
  right->setStretchFactor(1, 1);
  auto* all = new QSplitter(Qt::Horizontal, this);
  all->setObjectName("compareSplitter");
  all->addWidget(left);
  all->addWidget(right);
  all->setStretchFactor(0, 3);
  all->setStretchFactor(1, 0);
  all->setSizes({1200, 360});
  return all;
}

void ComparePage::setAvailable(const std::vector<RunSummary>& runs) { available_ = runs; }

void ComparePage::setRuns(std::vector<RunSummary> summaries, std::vector<ComparedRun> runs) {
  summaries_ = std::move(summaries);
  runs_ = std::move(runs);
  letters_.assign(runs_.size(), QString());
  groups_.assign(runs_.size(), 0);
  fresh_ = true;
  read_ = {};
  probed_.clear();
  pages_->setCurrentIndex(runs_.empty() ? 0 : 1);
  fillChoices();
  curves_->setRuns(runs_);
  if (view_->currentIndex() == probes_view) Q_EMIT probesAsked();
}

// The runs that can be shown as trees, and how far the iterations reach.
void ComparePage::fillChoices() {
  filling_ = true;
  for (int side = 0; side < 2; ++side) {
    const QVariant before = sides_[side]->currentData();
    sides_[side]->clear();
    for (std::size_t i = 0; i < summaries_.size(); ++i)
      sides_[side]->addItem(
          (letters_[i].isEmpty() ? "" : letters_[i] + "   ") + text(summaries_[i].name),
          QVariant::fromValue<qint64>(summaries_[i].run.value));
    const int again = sides_[side]->findData(before);
    const int fallback = std::min(side, static_cast<int>(summaries_.size()) - 1);
    sides_[side]->setCurrentIndex(again >= 0 ? again : fallback);
    const int last = summaries_.empty() ? 0 : summaries_[runOf(side)].iterations - 1;
    iterations_[side]->setRange(0, std::max(0, last));
  }
  filling_ = false;
}

void ComparePage::fillMenu() {
  menu_->clear();
  for (const RunSummary& run : available_) {
    QAction* action = menu_->addAction(text(run.name));
    action->setCheckable(true);
    action->setChecked(std::ranges::count(summaries_, run.run, &RunSummary::run) > 0);
    connect(action, &QAction::toggled, this, [this, id = run.run](bool on) {
      std::vector<RunId> chosen = this->runs();
      std::erase(chosen, id);
      if (on) chosen.push_back(id);
      Q_EMIT runsAsked(chosen);
    });
  }
  if (available_.empty()) menu_->addAction("This workspace has no runs")->setEnabled(false);
}

std::vector<RunId> ComparePage::runs() const {
  std::vector<RunId> runs;
  for (const RunSummary& run : summaries_) runs.push_back(run.run);
  return runs;
}

std::size_t ComparePage::runOf(int side) const {
  return static_cast<std::size_t>(std::max(0, sides_[side]->currentIndex()));
}

QString ComparePage::letterOf(int side) const {
  const QString& letter = letters_[runOf(side)];
  // Two runs of one group, or two iterations of one run.
  return side == 1 && letter == letters_[runOf(0)] ? letter + "′" : letter;
}

PairPlace ComparePage::place() const {
  if (summaries_.empty()) return {};
  return {{summaries_[runOf(0)].run, iterations_[0]->value()},
          {summaries_[runOf(1)].run, iterations_[1]->value()},
          {prompt_->currentIndex() < 0 ? 0 : prompt_->currentIndex()}};
}

// The second side keeps to the first while they are linked.
void ComparePage::lookAt(std::int32_t iteration) {
  if (filling_ || summaries_.empty()) return;
  filling_ = true;
  for (int side = 0; side < 2; ++side)
    iterations_[side]->setRange(0, std::max(0, summaries_[runOf(side)].iterations - 1));
  iterations_[1]->setEnabled(!linked_->isChecked());
  if (linked_->isChecked()) iterations_[1]->setValue(iteration);
  filling_ = false;
  curves_->setCurrent(iterations_[0]->value());
  Q_EMIT placeChanged();
  askForIteration();
}

// Where something of it shows.
void ComparePage::askForIteration() {
  if (summaries_.empty()) return;
  if (view_->currentIndex() == pictures_view || curves_->wantsAllSamples()) Q_EMIT iterationAsked();
}

void ComparePage::setPrompts(const std::vector<PromptSummary>& prompts) {
  filling_ = true;
  const int before = std::max(0, prompt_->currentIndex());
  prompt_->clear();
  for (const PromptSummary& prompt : prompts) prompt_->addItem(text(prompt.text));
  prompt_->setCurrentIndex(std::min(before, prompt_->count() - 1));
  filling_ = false;
}

void ComparePage::setTrees(PairTree first, PairTree second) {
  if (summaries_.empty()) return;
  QStringList remarks;
  if (first.tree && second.tree)
    for (const std::string& remark : pairing_remarks(*first.tree, summaries_[runOf(0)].seed,
                                                     *second.tree, summaries_[runOf(1)].seed)) {
      QString sentence = text(remark);
      sentence[0] = sentence[0].toUpper();
      remarks << sentence + ".";
    }
  showSamples(first, second);
  const auto side = [&](int at, const PairTree& tree) {
    return pairedSide(letterOf(at), text(summaries_[runOf(at)].name), tree.tree, tree.missing);
  };
  const PairedSide a = side(0, first), b = side(1, second);
  images_->setTrees(a, b);
  trees_->setSides(a, b, remarks);
  if (view_->currentIndex() == pictures_view) showCells();
}

// A column has the letter and colour of its run's group; samples are those of a group.
void ComparePage::setIteration(const IterationRead& read) {
  read_ = read;
  if (!read_.cancelled) showProgress(read_.done, read_.of, "%v of %m trees read");
  showIteration();
}

void ComparePage::showProgress(int done, int of, const QString& words) {
  progress_->setVisible(done < of);
  bar_->setFormat(words);
  bar_->setRange(0, of);
  bar_->setValue(done);
}

void ComparePage::setProbes(std::vector<std::vector<std::shared_ptr<const ProbeRecord>>> probes,
                            int of) {
  showProgress(static_cast<int>(probes.size()), of, "Probes of %v of %m runs read");
  probed_ = std::move(probes);
  showProbes();
}

void ComparePage::showProbes() {
  std::vector<ProbedRun> runs;
  for (std::size_t run = 0; run < std::min(probed_.size(), summaries_.size()); ++run)
    runs.push_back({letters_[run].toStdString(), summaries_[run].name,
                    static_cast<int>(groups_[run]), probed_[run]});
  probes_->setRuns(std::move(runs));
}

void ComparePage::showIteration() {
  ImageGrid grid = read_.grid;
  ComparedSamples samples;
  for (std::size_t run = 0; run < std::min(grid.columns.size(), letters_.size()); ++run) {
    grid.columns[run].letter = letters_[run].toStdString();
    grid.columns[run].run = groups_[run];
    samples.resize(std::max(samples.size(), groups_[run] + 1));
    samples[groups_[run]].letter = letters_[run].toStdString();
    pool(samples[groups_[run]].sample, read_.samples[run]);
  }
  curves_->setAllSamples(std::move(samples));
  const int step = images_->step();
  grid_->setGrid(std::move(grid));
  grid_->canvas().setStep(step);
  if (view_->currentIndex() == pictures_view) showCells();
}

// The selected picture of the grid beside the reference; without one, beside that of the first run.
void ComparePage::showCells() {
  const ImageGrid& grid = grid_->canvas().grid();
  const GridView& view = grid_->canvas().view();
  if (view.selected < 0 || grid.steps == 0) return;
  const std::int32_t columns = grid.columnCount();
  const std::int32_t reference =
      view.reference >= 0 ? view.reference : view.selected / columns * columns;
  const auto pictures = [&](std::int32_t cell) {
    const GridColumn& column = grid.columns[static_cast<std::size_t>(cell % columns)];
    const GridCell& own = grid.cells[static_cast<std::size_t>(cell)];
    return ImagePair::Pictures{column.letter, column.run, own.pictures, own.missing};
  };
  images_->setPictures(pictures(reference), pictures(view.selected), grid.steps);
  images_->setStep(view.step);
}

void ComparePage::showSamples(const PairTree& first, const PairTree& second) {
  ComparedSamples samples;
  for (const PairTree* side : {&first, &second})
    samples.push_back({letterOf(side == &first ? 0 : 1).toStdString(),
                       side->tree ? sampleOf(*side->tree) : TreeSample()});
  curves_->setSamples(std::move(samples));
}

void ComparePage::showGroups(const std::vector<ComparedGroup>& groups, const QStringList& remarks) {
  remarks_->setText(
      remarks.isEmpty()
          ? QString()
          : QString(remarks.size() == 1 ? "⚠ %1 remark" : "⚠ %1 remarks").arg(remarks.size()));
  remarks_->setToolTip("<qt>" + remarks.join("<br>"));
  remarks_->setVisible(!remarks.isEmpty());
  for (std::size_t group = 0; group < groups.size(); ++group)
    for (const std::size_t run : groups[group].runs) {
      if (run >= letters_.size()) continue;
      letters_[run] = text(groups[group].letter);
      groups_[run] = group;
    }
  fillChoices();
  showConfigs(groups);
  showIteration();
  showProbes();
  if (std::exchange(fresh_, false)) {
    choosePartner(groups);
    showLast();
  }
}

// The last iteration that both have.
void ComparePage::showLast() {
  if (summaries_.empty()) return;
  const int last = std::min(summaries_[runOf(0)].iterations, summaries_[runOf(1)].iterations) - 1;
  filling_ = true;
  iterations_[0]->setValue(std::max(0, last));
  filling_ = false;
  lookAt(iterations_[0]->value());
}

// A run of the second group with the seed of the first run, so that their trees share noise.
void ComparePage::choosePartner(const std::vector<ComparedGroup>& groups) {
  if (groups.size() < 2) return;
  const auto& candidates = groups[1].runs;
  const std::uint64_t seed = summaries_[runOf(0)].seed;
  const auto same = std::ranges::find_if(
      candidates, [&](std::size_t run) { return summaries_[run].seed == seed; });
  filling_ = true;
  sides_[1]->setCurrentIndex(
      static_cast<int>(same == candidates.end() ? candidates.front() : *same));
  filling_ = false;
}

// The configs of the first run of each group: its others differ by their seeds.
void ComparePage::showConfigs(const std::vector<ComparedGroup>& groups) {
  ComparedConfigs shown;
  std::vector<RunConfig> configs;
  for (const ComparedGroup& group : groups) {
    const ComparedRun& run = runs_[group.runs.front()];
    shown.letters.push_back(group.letter);
    shown.configs.push_back(config_entries(run.config));
    configs.push_back(run.config);
    for (const ParameterChanged& change : run.changes)
      shown.edits.push_back({group.letter, change});
  }
  try {
    if (!configs.empty()) shown.schedules = schedule_diff(configs);
  } catch (const Error&) {
    // One of them cannot be laid out as steps; its keys say so above.
  }
  differences_->setConfigs(std::move(shown));
}

void ComparePage::setLooks(const Theme& theme, const FontSet& fonts) {
  trees_->setLooks(theme, fonts);
  grid_->setLooks(theme, fonts);
  probes_->setLooks(theme, fonts);
  images_->setLooks(theme, fonts);
  differences_->setLooks(theme, fonts);
  curves_->setLooks(theme, fonts);
}

void ComparePage::setReducedMotion(bool reduced) {
  trees_->setReducedMotion(reduced);
  images_->setReducedMotion(reduced);
}

}  // namespace treegrpo
