#include "views/figure_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "figure/figure_painter.h"
#include "figure/venue.h"
#include "views/figure_page_form.h"
#include "views/figure_panel_form.h"
#include "views/figure_preview.h"
#include "views/figure_shelf.h"
#include "views/small_button.h"

namespace treegrpo {
namespace {

constexpr int options_width = 330, list_height = 104, checks_height = 112;
constexpr double copy_dpi = 300;

// What a panel is called in the list.
struct Words {
  static QString runs(const std::vector<std::string>& names) {
    if (names.size() == 1) return QString::fromStdString(names.front());
    return QObject::tr("%1 runs").arg(names.size());
  }
  QString operator()(const CurvesPanel& panel) const {
    return QObject::tr("Curves: %1 of %2")
        .arg(QString::fromStdString(panel.metric), runs(panel.runs));
  }
  QString operator()(const TreePanel& panel) const {
    return QObject::tr("Tree: %1, iteration %2, prompt %3")
        .arg(QString::fromStdString(panel.run))
        .arg(panel.iteration)
        .arg(panel.prompt);
  }
  QString operator()(const ImagesPanel& panel) const {
    return QObject::tr("Images: %1, %2 prompts").arg(runs(panel.runs)).arg(panel.prompts.size());
  }
  QString operator()(const DistributionsPanel& panel) const {
    return QObject::tr("Rewards: %1, iteration %2, prompt %3")
        .arg(QString::fromStdString(panel.run))
        .arg(panel.iteration)
        .arg(panel.prompt);
  }
  QString operator()(const PairPanel& panel) const {
    return QObject::tr("Paired trees: %1 and %2")
        .arg(QString::fromStdString(panel.run), QString::fromStdString(panel.other_run));
  }
  QString operator()(const ProbesPanel& panel) const {
    return QObject::tr("Probes of %1").arg(QString::fromStdString(panel.run));
  }
};

QTabBar* segments(const char* name, const QString& spoken, const QStringList& words,
                  const QStringList& tips) {
  auto* bar = new QTabBar;
  bar->setObjectName(name);
  bar->setAccessibleName(spoken);
  bar->setProperty("segmented", true);
  bar->setDrawBase(false);
  bar->setExpanding(false);
  for (const QString& word : words) bar->setTabToolTip(bar->addTab(word), tips.value(bar->count()));
  return bar;
}

QLabel* heading(const QString& words) {
  auto* label = new QLabel(words);
  label->setProperty("role", "strong");
  return label;
}

}  // namespace

FigureDialog::FigureDialog(const FigureRecipe& recipe, const QStringList& runs, QWidget* parent)
    : QDialog(parent), recipe_(recipe) {
  setObjectName("figure_dialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Export figure"));
  auto* sides = new QHBoxLayout;
  sides->addWidget(makePreview(), 1);
  sides->addWidget(makeOptions());
  auto* column = new QVBoxLayout(this);
  column->addLayout(sides, 1);
  column->addWidget(makeChecks());
  column->addWidget(makeButtons());
  panel_form_->setRuns(runs);
  page_form_->setRecipe(recipe_);
  fillList(0);
  resize(1180, 780);
}

QWidget* FigureDialog::makePreview() {
  auto* box = new QWidget;
  auto* bar = new QHBoxLayout;
  auto* view = segments("figure_view", tr("Size of the preview"), {tr("Fit"), tr("True size")},
                        {{}, tr("As large as there is room"), tr("As large as on paper")});
  auto* seen = segments("figure_seen", tr("Colours of the preview"),
                        {tr("Colour"), tr("Grey"), tr("Protan"), tr("Deutan"), tr("Tritan")},
                        {{},
                         tr("As it is"),
                         tr("Printed without colour"),
                         tr("Without cones for red"),
                         tr("Without cones for green"),
                         tr("Without cones for blue")});
  size_ = new QLabel;
  size_->setObjectName("figure_size");
  size_->setProperty("role", "secondary");
  bar->addWidget(view);
  bar->addSpacing(12);
  auto* see = new QLabel(tr("See as"));
  see->setProperty("role", "secondary");
  bar->addWidget(see);
  bar->addWidget(seen);
  bar->addStretch();
  bar->addWidget(size_);
  preview_ = new FigurePreview;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(bar);
  column->addWidget(preview_, 1);
  connect(view, &QTabBar::currentChanged, this, [this](int at) { preview_->setTrueSize(at == 1); });
  connect(seen, &QTabBar::currentChanged, this,
          [this](int at) { preview_->setVision(static_cast<ColorVision>(at)); });
  connect(preview_, &FigurePreview::enlargementChanged, this, &FigureDialog::showSize);
  return box;
}

// A field that loses the keyboard while the dialog goes would tell one that is half gone.
FigureDialog::~FigureDialog() {
  for (QWidget* part : std::initializer_list<QWidget*>{panel_form_, page_form_, shelf_})
    part->disconnect(this);
}

QWidget* FigureDialog::makeOptions() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  panel_form_ = new FigurePanelForm;
  page_form_ = new FigurePageForm;
  shelf_ = new FigureShelf;
  column->addWidget(shelf_);
  column->addSpacing(8);
  column->addWidget(heading(tr("Panels")));
  column->addWidget(makePanelList());
  column->addWidget(panel_form_);
  column->addSpacing(8);
  column->addWidget(heading(tr("Page and file")));
  column->addWidget(page_form_);
  column->addStretch();
  auto* area = new QScrollArea;
  area->setObjectName("figure_options");
  area->setWidget(box);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFixedWidth(options_width);
  connect(panel_form_, &FigurePanelForm::changed, this, [this](const FigurePanel& panel) {
    const int row = panels_->currentRow();
    if (row < 0) return;
    recipe_.panels[static_cast<std::size_t>(row)] = panel;
    panels_->item(row)->setText(std::visit(Words{}, panel.content));
    changed();
  });
  connect(page_form_, &FigurePageForm::changed, this, [this] {
    page_form_->writeTo(recipe_);
    changed();
  });
  return area;
}

QWidget* FigureDialog::makePanelList() {
  auto* box = new QWidget;
  panels_ = new QListWidget;
  panels_->setObjectName("figure_panels");
  panels_->setAccessibleName(tr("Panels of the figure"));
  panels_->setFixedHeight(list_height);
  remove_ = smallButton("figure_remove", tr("Remove"), tr("Takes the panel out of the figure"));
  up_ = smallButton("figure_up", tr("Up"), tr("Moves the panel before the one above"));
  down_ = smallButton("figure_down", tr("Down"), tr("Moves the panel after the one below"));
  auto* row = new QHBoxLayout;
  row->addWidget(addButton());
  for (QToolButton* button : {remove_, up_, down_}) row->addWidget(button);
  row->addStretch();
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(panels_);
  column->addLayout(row);
  connect(panels_, &QListWidget::currentRowChanged, this, &FigureDialog::showPanel);
  connect(remove_, &QToolButton::clicked, this, &FigureDialog::removePanel);
  connect(up_, &QToolButton::clicked, this, [this] { movePanel(-1); });
  connect(down_, &QToolButton::clicked, this, [this] { movePanel(1); });
  return box;
}

QToolButton* FigureDialog::addButton() {
  QToolButton* button = smallButton("figure_add", tr("Add"), tr("Adds a panel after the others"));
  auto* menu = new QMenu(button);
  menu->addAction(tr("Curves"), this, [this] { addPanel(CurvesPanel{.runs = {run_}}); });
  menu->addAction(tr("Tree"), this, [this] {
    addPanel(TreePanel{.run = run_, .iteration = iteration_, .prompt = prompt_});
  });
  menu->addAction(tr("Images"), this, [this] {
    addPanel(ImagesPanel{.runs = {run_}, .iterations = {iteration_}, .prompts = {prompt_}});
  });
  menu->addAction(tr("Rewards of a tree"), this, [this] {
    addPanel(DistributionsPanel{run_, iteration_, prompt_});
  });
  menu->addAction(tr("Paired trees"), this, [this] {
    addPanel(PairPanel{run_, run_, iteration_, 0, prompt_});
  });
  menu->addAction(tr("Probes"), this, [this] { addPanel(ProbesPanel{.run = run_}); });
  button->setMenu(menu);
  button->setPopupMode(QToolButton::InstantPopup);
  return button;
}

QWidget* FigureDialog::makeChecks() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  check_list_ = new QListWidget;
  check_list_->setObjectName("figure_checks");
  check_list_->setAccessibleName(tr("Checks before export"));
  check_list_->setToolTip(
      tr("What venues ask of figures; one that fails does not keep you from "
         "exporting"));
  check_list_->setFixedHeight(checks_height);
  said_ = new QLabel;
  said_->setObjectName("figure_said");
  said_->setWordWrap(true);
  QSizePolicy keeps_room = said_->sizePolicy();  // the preview does not move when it speaks
  keeps_room.setRetainSizeWhenHidden(true);
  said_->setSizePolicy(keeps_room);
  said_->hide();
  column->addWidget(heading(tr("Checks")));
  column->addWidget(check_list_);
  column->addWidget(said_);
  return box;
}

QWidget* FigureDialog::makeButtons() {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  const auto button = [&](const char* name, const QString& words, const QString& tip) {
    auto* made = new QPushButton(words);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    row->addWidget(made);
    return made;
  };
  auto* open = button("figure_open", tr("&Open recipe…"), tr("Shows the figure of another recipe"));
  save_ = button("figure_save", tr("&Save recipe…"),
                 tr("Writes what makes this figure again: a small JSON file"));
  command_ = new QLabel;
  command_->setObjectName("figure_command");
  command_->setProperty("role", "mono");
  command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  command_->setToolTip(tr("Makes the same file without a window"));
  command_->setMinimumWidth(0);
  command_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(command_, 1);
  auto* cancel = button("figure_cancel", tr("Close"), tr("Closes without exporting"));
  copy_ = button("figure_copy", tr("&Copy"), tr("Copies the figure as a picture at 300 dpi"));
  export_ = button("figure_export", tr("E&xport…"), tr("Writes the figure to a file"));
  export_->setDefault(true);
  connect(open, &QPushButton::clicked, this, &FigureDialog::openAsked);
  connect(save_, &QPushButton::clicked, this, &FigureDialog::saveAsked);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(copy_, &QPushButton::clicked, this, &FigureDialog::copy);
  connect(export_, &QPushButton::clicked, this,
          [this] { Q_EMIT exportAsked(page_form_->format(), page_form_->csvBeside()); });
  return box;
}

void FigureDialog::setRecipe(const FigureRecipe& recipe) {
  recipe_ = recipe;
  page_form_->setRecipe(recipe_);
  fillList(0);
  changed();
}

void FigureDialog::setPlace(const std::string& run, std::int32_t iteration, std::int32_t prompt) {
  run_ = run;
  iteration_ = iteration;
  prompt_ = prompt;
}

void FigureDialog::setStore(const QString& store) {
  store_ = store;
  showCommand();
}

void FigureDialog::setKept(const QString& name) {
  shelf_->setShown(name);
  showCommand();
}

// A figure that is kept is named by its run.
void FigureDialog::showCommand() {
  const QString recipe = shelf_->shown().isEmpty()
                             ? QStringLiteral("RECIPE")
                             : QStringLiteral("'%1/%2'").arg(
                                   QString::fromStdString(firstRunOf(recipe_)), shelf_->shown());
  command_->setText(QStringLiteral("treegrpo-studio --export-figure %1 --out FILE --store '%2'")
                        .arg(recipe, store_));
}

void FigureDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  if (!asked_) changed();
}

void FigureDialog::changed() {
  asked_ = true;
  said_->hide();
  shelf_->setShown({});
  showCommand();
  Q_EMIT dataAsked();
}

void FigureDialog::setFigure(Figure figure) {
  figure_ = std::move(figure);
  for (QPushButton* button : {export_, copy_, save_}) button->setEnabled(true);
  preview_->setPage(figure_->page);
  checks_ = checksOf(*figure_, page_form_->format());
  showChecks();
  showSize();
}

void FigureDialog::setProblem(const QString& sentence) {
  figure_.reset();
  checks_.clear();
  for (QPushButton* button : {export_, copy_, save_}) button->setEnabled(false);
  preview_->setSentence(sentence);
  showChecks();
  showSize();
}

void FigureDialog::say(const QString& sentence) {
  said_->setText(sentence);
  said_->show();
}

void FigureDialog::addPanel(const PanelContent& content) {
  recipe_.panels.push_back({content});
  fillList(static_cast<int>(recipe_.panels.size()) - 1);
  changed();
}

void FigureDialog::removePanel() {
  const int row = panels_->currentRow();
  if (row < 0) return;
  recipe_.panels.erase(recipe_.panels.begin() + row);
  fillList(std::min(row, static_cast<int>(recipe_.panels.size()) - 1));
  changed();
}

void FigureDialog::movePanel(int by) {
  const int row = panels_->currentRow(), to = row + by;
  if (row < 0 || to < 0 || to >= panels_->count()) return;
  std::swap(recipe_.panels[static_cast<std::size_t>(row)],
            recipe_.panels[static_cast<std::size_t>(to)]);
  fillList(to);
  changed();
}

void FigureDialog::fillList(int row) {
  panels_->clear();
  for (const FigurePanel& panel : recipe_.panels)
    panels_->addItem(std::visit(Words{}, panel.content));
  panels_->setCurrentRow(row);
  if (recipe_.panels.empty()) showPanel(-1);
}

void FigureDialog::showPanel(int row) {
  const bool any = row >= 0;
  panel_form_->setVisible(any);
  remove_->setEnabled(any);
  up_->setEnabled(row > 0);
  down_->setEnabled(any && row + 1 < panels_->count());
  if (any) panel_form_->setPanel(recipe_.panels[static_cast<std::size_t>(row)]);
}

// A mark and words: nothing by colour alone.
void FigureDialog::showChecks() {
  check_list_->clear();
  for (const FigureCheck& check : checks_) {
    const QString mark = check.passed ? QStringLiteral("✓") : QStringLiteral("⚠");
    check_list_->addItem(
        QStringLiteral("%1  %2: %3")
            .arg(mark, QString::fromStdString(check.name), QString::fromStdString(check.sentence)));
  }
}

void FigureDialog::showSize() {
  if (!figure_) return size_->clear();
  const FigurePage& page = figure_->page;
  size_->setText(tr("%1 × %2 in · shown at %3 %")
                     .arg(page.width / points_per_inch, 0, 'f', 2)
                     .arg(page.height / points_per_inch, 0, 'f', 2)
                     .arg(qRound(100 * preview_->enlargement())));
}

void FigureDialog::copy() {
  if (figure_) QApplication::clipboard()->setImage(pagePicture(figure_->page, copy_dpi));
}

}  // namespace treegrpo
