// How the compare page is put together.
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QToolTip>
#include <QVBoxLayout>

#include "comparison/compare_page.h"
#include "views/segmented_tabs.h"

namespace treegrpo {
namespace {

constexpr int least_choice_letters = 16, least_prompt_letters = 18;

constexpr TabWords view_words[] = {
    {"Trees", "Two trees face to face"},
    {"Pictures", "The best leaf of every prompt and run, and the way to it"},
    {"Probes", "The same prompt and seed at every checkpoint, a row a run"}};

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
  head_ = row;
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
  empty_words_ = new QLabel(page);
  empty_words_->setObjectName("compareEmptyWords");
  empty_words_->setProperty("role", "secondary");
  auto* column = new QVBoxLayout(page);
  column->addStretch();
  for (QLabel* label : {head, empty_words_}) {
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
    if (view() == View::probes) Q_EMIT probesAsked();
    const auto [first, second] = trees_->selected();
    view() == View::pictures ? showCells() : images_->setNodes(first, second);
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
}  // namespace treegrpo
