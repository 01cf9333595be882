// One of everything that the style sheet dresses, in a main window, with a small tree by the raster
// painter in the middle. Used by tst_studio_style: polished, grabbed and looked at.
#pragma once

#include <QtWidgets>
#include <cmath>
#include <memory>

#include "canvas/raster_painter.h"
#include "style/icons.h"
#include "style/studio_style.h"

namespace proof_sheet {

using namespace treegrpo;

inline Color withAlpha(Color color, double share) {
  color.alpha = static_cast<std::uint8_t>(std::lround(share * 255));
  return color;
}

// A grey ground with a red disc and a blue square, as the bundled task draws.
inline std::shared_ptr<const Image> samplePicture(std::uint8_t ground) {
  Image image{.width = 32, .height = 32, .rgb = {}};
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      const bool disc = (x - 11) * (x - 11) + (y - 18) * (y - 18) < 36;
      const bool square = x >= 19 && x < 27 && y >= 5 && y < 13;
      const std::uint8_t red = disc ? 232 : square ? 50 : ground;
      const std::uint8_t green = disc ? 32 : square ? 90 : ground;
      const std::uint8_t blue = disc ? 70 : square ? 230 : ground;
      for (const std::uint8_t byte : {red, green, blue}) image.rgb.push_back(byte);
    }
  }
  return std::make_shared<const Image>(std::move(image));
}

inline DrawingItem signMark(Point at, double advantage, const Theme& theme) {
  const float up = advantage > 0 ? 1 : -1;
  return PolygonItem{
      {{at.x - 4.2F, at.y + up * 2.6F}, {at.x + 4.2F, at.y + up * 2.6F}, {at.x, at.y - up * 3.7F}},
      divergingColor(theme, advantage, 2.1),
      {theme.band, 1}};
}

inline void addChild(Drawing& drawing, const Theme& theme, float y, double advantage,
                     const char* number) {
  const Color color = divergingColor(theme, advantage, 2.1);
  const auto width = static_cast<float>(1.1 + 3.4 * std::abs(advantage) / 2.1);
  drawing.items.push_back(CubicItem{{110, 115}, {185, 115}, {185, y}, {260, y}, {color, width}});
  drawing.items.push_back(signMark({219, 115 + (y - 115) * 0.82F}, advantage, theme));
  const Box box{260, y - 20, 40, 40};
  drawing.items.push_back(ImageItem{box, samplePicture(70), false});
  drawing.items.push_back(BoxItem{box, no_color, {color, 1.5F}});
  drawing.items.push_back(TextItem{{310, y},
                                   number,
                                   advantage > 0 ? theme.positive_text : theme.negative_text,
                                   TextRole::caption_medium});
}

// The drawing of the design's own proof and some node states beneath.
inline Drawing sampleTree(const Theme& theme) {
  Drawing drawing;
  auto& items = drawing.items;
  items.push_back(BoxItem{{110, 0, 190, 230}, theme.band});
  items.push_back(LineItem{{20, 115}, {110, 115}, {theme.neutral, 1.1F, {{3, 2.5F}}}});
  items.push_back(
      CubicItem{{110, 115}, {185, 115}, {185, 45}, {260, 45}, {withAlpha(theme.ring, 0.22), 9}});
  addChild(drawing, theme, 115, 0.19, "+0.19");
  addChild(drawing, theme, 185, -0.75, "−0.75");
  addChild(drawing, theme, 45, 2.09, "+2.09");
  items.push_back(BoxItem{{253.5F, 18.5F, 53, 53}, no_color, {theme.ring, 2.5F}, 2});
  const Box reference{30, 260, 48, 48};
  items.push_back(ImageItem{{34, 264, 40, 40}, samplePicture(200)});
  items.push_back(BoxItem{reference, no_color, {theme.reference, 2, {{5, 2.5F}}}, 2});
  items.push_back(BoxItem{{26, 256, 14, 14}, theme.reference, {}, 3});
  items.push_back(
      TextItem{{33, 263}, "R", theme.canvas, TextRole::caption_medium, TextAlign::centre});
  const Box failed{110, 260, 48, 48};
  items.push_back(BoxItem{failed, theme.panel});
  items.push_back(HatchItem{failed, 6, {theme.error, 1}});
  items.push_back(BoxItem{failed, no_color, {theme.error, 2}});
  items.push_back(ImageItem{{190, 260, 48, 48}, samplePicture(70), false, 0.4F});
  items.push_back(BoxItem{{190, 260, 48, 48}, no_color, {theme.neutral, 1, {{1, 2}}}});
  items.push_back(CircleItem{{290, 284}, 12, theme.live, {theme.canvas, 2}});
  items.push_back(TextItem{{330, 284}, "Ag ρ σ", theme.text, TextRole::figure});
  items.push_back(
      TextItem{{330, 310}, "t, σ, A", theme.text2, TextRole::table, TextAlign::left, true});
  for (std::size_t i = 0; i < 256; ++i) {
    const auto x = static_cast<float>(30 + i);
    items.push_back(BoxItem{{x, 330, 1, 12}, theme.diverging[i]});
    items.push_back(BoxItem{{x, 348, 1, 12}, theme.sequential[i]});
  }
  const Dash dashes[] = {{}, {{6, 3}}, {{2, 2.5F}}, {{8, 3, 2, 3}}, {{1, 2}}, {{10, 4}}};
  for (std::size_t run = 0; run < 6; ++run) {
    const float y = 266 + 18 * static_cast<float>(run);
    items.push_back(LineItem{{420, y}, {480, y}, {theme.runs[run], 1.75F, dashes[run]}});
    items.push_back(TextItem{{492, y},
                             std::string(1, static_cast<char>('A' + run)),
                             theme.runs[run],
                             TextRole::body_strong});
  }
  return drawing;
}

class Canvas : public QWidget {
 public:
  explicit Canvas(const Theme& theme) : theme_(theme), drawing_(sampleTree(theme)) {
    setMinimumSize(360, 230);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    paint(painter, drawing_,
          {.fonts = loadFonts(1), .background = theme_.canvas, .images = &images_});
  }

 private:
  const Theme& theme_;
  Drawing drawing_;
  ImageCache images_;
};

inline void addBars(QMainWindow& window, const Theme& theme) {
  for (const char* name : {"File", "Edit", "View", "Run", "Tree", "Compare", "Export"}) {
    window.menuBar()->addMenu(name)->addAction("Open…");
  }
  auto* layouts = new QTabBar;
  layouts->setProperty("segmented", true);
  layouts->setDrawBase(false);
  for (const char* name : {"Explore", "Train", "Compare"}) layouts->addTab(name);
  window.menuBar()->setCornerWidget(layouts);

  QToolBar* bar = window.addToolBar("Run");
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({16, 16});
  bar->setMovable(false);
  bar->addAction(icon("run", theme), "Run")->setEnabled(false);
  bar->addAction(icon("pause", theme), "Pause");
  bar->addAction(icon("stop", theme), "Stop");
  bar->addSeparator();
  auto* prompt = new QComboBox;
  prompt->addItems({"a red circle left of a blue square", "three green triangles"});
  bar->addWidget(prompt);
  auto* iteration = new QSpinBox;
  iteration->setRange(1, 300);
  iteration->setValue(37);
  iteration->setAlignment(Qt::AlignRight);
  bar->addWidget(iteration);
  auto* flat = new QToolButton;
  flat->setProperty("flat", true);
  flat->setIcon(icon("fit", theme));
  bar->addWidget(flat);
  auto* live = new QLabel("LIVE");
  live->setProperty("pill", "live");
  bar->addWidget(live);

  window.statusBar()->addWidget(new QLabel("Running"));
  window.statusBar()->addWidget(new QLabel("iteration 37 of 300"));
  window.statusBar()->addPermanentWidget(new QLabel("RAM 1.2 of 8.0 GB"));
}

inline QWidget* messageStrip() {
  auto* strip = new QFrame;
  strip->setProperty("strip", "info");
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(10, 5, 8, 5);
  auto* message = new QLabel("This is a live tree from the demo model.");
  message->setProperty("role", "strong");
  row->addWidget(message);
  row->addStretch();
  auto* train = new QPushButton("Train demo");
  train->setProperty("primary", true);
  row->addWidget(train);
  row->addWidget(new QPushButton("New run…"));
  auto* around = new QWidget;
  auto* layout = new QVBoxLayout(around);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->addWidget(strip);
  return around;
}

inline QTableView* runTable(QObject* owner) {
  auto* model = new QStandardItemModel(0, 3, owner);
  model->setHorizontalHeaderLabels({"Run", "it", "R"});
  const char* rows[][3] = {
      {"treegrpo-k3w3", "37", "0.633"},  {"treegrpo-k3w3 · s2", "300", "0.871"},
      {"dancegrpo-g27", "300", "0.822"}, {"mixgrpo-g27", "300", "0.836"},
      {"branchgrpo-16", "300", "0.809"}, {"treegrpo-k2w4", "112", "0.746"}};
  for (const auto& row : rows) {
    QList<QStandardItem*> items;
    for (const char* text : row) items << new QStandardItem(text);
    for (int column : {1, 2}) items[column]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    model->appendRow(items);
  }
  for (int column : {1, 2}) {
    model->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  }
  auto* view = new QTableView;
  view->setModel(model);
  view->setShowGrid(false);
  view->verticalHeader()->hide();
  view->verticalHeader()->setDefaultSectionSize(25);
  view->setSelectionBehavior(QTableView::SelectRows);
  view->selectRow(0);
  view->setFocusPolicy(Qt::NoFocus);
  view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  view->horizontalHeader()->setHighlightSections(false);
  view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  view->setColumnWidth(1, 52);
  view->setColumnWidth(2, 66);
  return view;
}

inline QTreeWidget* sampleTreeWidget() {
  auto* tree = new QTreeWidget;
  tree->setHeaderHidden(true);
  auto* top = new QTreeWidgetItem(tree, {"sampling"});
  for (const char* name : {"steps 10", "window 3 to 5"}) {
    auto* child = new QTreeWidgetItem(top, {name});
    child->setCheckState(0, name[0] == 's' ? Qt::Checked : Qt::Unchecked);
  }
  new QTreeWidgetItem(new QTreeWidgetItem(tree, {"rewards"}), {"match"});
  top->setExpanded(true);
  return tree;
}

inline QWidget* runsPanel(const Theme& theme) {
  auto* panel = new QWidget;
  panel->setProperty("panel", true);
  panel->setMinimumWidth(270);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 6, 0, 0);
  auto* filter = new QLineEdit;
  filter->setPlaceholderText("Filter runs");
  filter->addAction(icon("search", theme), QLineEdit::LeadingPosition);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(filter);
  layout->addLayout(row);
  layout->addWidget(runTable(panel));
  return panel;
}

inline QWidget* choices() {
  auto* page = new QWidget;
  page->setProperty("panel", true);
  auto* form = new QFormLayout(page);
  form->setContentsMargins(10, 10, 10, 10);
  auto* outlines = new QCheckBox("Text as outlines");
  outlines->setChecked(true);
  auto* held = new QCheckBox("Held");
  held->setChecked(true);
  held->setEnabled(false);
  auto* boxes = new QHBoxLayout;
  for (QWidget* box : std::initializer_list<QWidget*>{outlines, new QCheckBox("Title"), held}) {
    boxes->addWidget(box);
  }
  form->addRow(boxes);
  auto* radios = new QHBoxLayout;
  auto* by_value = new QRadioButton("by value");
  by_value->setChecked(true);
  radios->addWidget(by_value);
  radios->addWidget(new QRadioButton("by time"));
  form->addRow("Order", radios);
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setValue(40);
  form->addRow("Zoom", slider);
  auto* progress = new QProgressBar;
  progress->setValue(40);
  progress->setTextVisible(false);
  form->addRow("Progress", progress);
  auto* wrong = new QLineEdit("0.0");
  wrong->setProperty("invalid", true);
  form->addRow("η", wrong);
  auto* staged = new QDoubleSpinBox;
  staged->setProperty("staged", true);
  form->addRow("lr", staged);
  auto* off = new QComboBox;
  off->addItem("nothing");
  off->setEnabled(false);
  form->addRow("Reward", off);
  auto* buttons = new QHBoxLayout;
  auto* small = new QPushButton("Small");
  small->setProperty("small", true);
  auto* disabled = new QPushButton("Disabled");
  disabled->setEnabled(false);
  auto* menu = new QPushButton("Menu");
  menu->setMenu(new QMenu(menu));
  auto* checked = new QPushButton("Checked");
  checked->setCheckable(true);
  checked->setChecked(true);
  for (QPushButton* button : {small, disabled, menu, checked}) buttons->addWidget(button);
  form->addRow(buttons);
  return page;
}

inline QWidget* words() {
  auto* page = new QWidget;
  page->setProperty("panel", true);
  auto* layout = new QVBoxLayout(page);
  const char* rows[][3] = {{"role", "heading", "Where this number comes from"},
                           {"tone", "positive", "+1.34"},
                           {"tone", "negative", "−0.75"},
                           {"role", "secondary", "advantage of the edge in"},
                           {"role", "mono", "t5.5 key 1.2"},
                           {"chip", "true", "SDE, branches ×3"}};
  for (const auto& row : rows) {
    auto* label = new QLabel(row[2]);
    label->setProperty(row[0], row[1]);
    if (QByteArray(row[0]) == "tone") label->setProperty("role", "figure");
    layout->addWidget(label, 0, Qt::AlignLeft);
  }
  auto* group = new QGroupBox("Sizes");
  auto* text = new QPlainTextEdit("plain text\nof three\nlines");
  auto* inside = new QVBoxLayout(group);
  inside->addWidget(text);
  layout->addWidget(group);
  return page;
}

// Deleted by the caller. 1280 x 760.
inline std::unique_ptr<QMainWindow> makeWindow(ThemeKind kind) {
  const Theme& colors = theme(kind);
  auto window = std::make_unique<QMainWindow>();
  window->resize(1280, 760);
  addBars(*window, colors);
  auto* body = new QWidget;
  auto* layout = new QVBoxLayout(body);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(messageStrip());
  layout->addWidget(new Canvas(colors), 1);
  auto* tabs = new QTabWidget;
  tabs->setDocumentMode(true);
  tabs->addTab(sampleTreeWidget(), "Overview");
  tabs->addTab(words(), "Reward");
  tabs->addTab(new QListWidget, "Time");
  tabs->setMaximumHeight(150);
  layout->addWidget(tabs);
  window->setCentralWidget(body);
  auto* runs = new QDockWidget("Runs");
  runs->setWidget(runsPanel(colors));
  window->addDockWidget(Qt::LeftDockWidgetArea, runs);
  auto* options = new QDockWidget("Options");
  options->setWidget(choices());
  window->addDockWidget(Qt::LeftDockWidgetArea, options);
  auto* inspector = new QDockWidget("Node inspector");
  inspector->setWidget(words());
  window->addDockWidget(Qt::RightDockWidgetArea, inspector);
  return window;
}

}  // namespace proof_sheet
