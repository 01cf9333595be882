// The head, picture, buttons and command line of the node inspector: made once, filled in
// node_inspector.cpp.
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "views/node_inspector.h"

namespace treegrpo {
namespace {

constexpr int beside_image = 10;  // px

QLabel* labelOf(const char* name, const char* role) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setProperty("role", role);
  return label;
}

QToolButton* copyButton(const char* name, const QString& words, const QString& tooltip) {
  auto* button = new QToolButton;
  button->setObjectName(name);
  button->setProperty("small", true);
  button->setText(words);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setToolTip(tooltip);
  return button;
}

QPushButton* smallButton(const char* name, const QString& words, const QString& tooltip) {
  auto* button = new QPushButton(words);
  button->setObjectName(name);
  button->setProperty("small", true);
  button->setToolTip(tooltip);
  return button;
}

}  // namespace

QLayout* NodeInspector::makeHead() {
  breadcrumb_ = new Breadcrumb;
  state_ = labelOf("nodeState", "caption");
  state_->setProperty("chip", true);
  state_->setToolTip(
      "How the step into this node was made (SDE: noise was drawn; ODE: deterministic), and × into "
      "how many children the next step branches.");
  auto* row = new QHBoxLayout;
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(breadcrumb_);
  row->addStretch();
  row->addWidget(state_);
  return row;
}

void NodeInspector::makeTabs() {
  shown_ = new QTabBar;
  shown_->setObjectName("nodeImageShown");
  shown_->setAccessibleName("Which picture is shown");
  shown_->setProperty("segmented", true);
  shown_->setDrawBase(false);
  shown_->setExpanding(false);
  shown_->setUsesScrollButtons(false);
  shown_->addTab("x̂₀");
  shown_->addTab("xₜ");
  shown_->addTab("diff to ref");
  shown_->setTabToolTip(0, "x̂₀: the picture that the model predicts from this node.");
  shown_->setTabToolTip(2,
                        "This picture minus the reference's, each pixel the mean over R, G and B "
                        "in the colours of the advantage. Set a reference with R.");
}

QLayout* NodeInspector::makeFacts() {
  image_ = new NodeImage;
  image_->setObjectName("nodeImage");
  makeTabs();
  key_ = labelOf("nodeKey", "caption");
  key_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long one is cut
  key_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  key_->setToolTip("Name of the node and the child numbers that lead to it from the root.");
  mark_ = new QLabel;
  advantage_ = labelOf("nodeAdvantage", "figure");
  advantage_of_ = labelOf("nodeAdvantageOf", "caption");
  advantage_of_->setWordWrap(true);
  auto* figure = new QHBoxLayout;
  figure->setSpacing(6);
  figure->addWidget(mark_);
  figure->addWidget(advantage_);
  figure->addStretch();
  auto* facts = new QVBoxLayout;
  facts->setSpacing(4);
  facts->addWidget(shown_, 0, Qt::AlignLeft);
  facts->addWidget(key_);
  facts->addWidget(advantage_of_);
  facts->addLayout(figure);
  facts->addLayout(makeActions());
  facts->addStretch();
  auto* row = new QHBoxLayout;
  row->setSpacing(beside_image);
  row->addWidget(image_, 0, Qt::AlignTop);
  row->addLayout(facts, 1);
  caption_ = labelOf("nodeImageCaption", "caption");
  auto* all = new QVBoxLayout;
  all->setSpacing(2);
  all->addLayout(row);
  all->addWidget(caption_);
  all->addLayout(makeDrawn());
  return all;
}

QLayout* NodeInspector::makeDrawn() {
  drawn_of_ = labelOf("nodeDrawnOf", "caption");
  drawn_of_->setWordWrap(true);
  draw_ =
      smallButton("drawNode", tr("Draw again"),
                  "Draws the pictures of the way from the root to this node again, from the key "
                  "of its noise and the nearest weights there are. Never trained or stored.");
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(drawn_of_, 1);
  row->addWidget(draw_, 0, Qt::AlignTop);
  return row;
}

QLayout* NodeInspector::makeActions() {
  regrow_ = smallButton("regrow", "Regrow",
                        "Samples the subtree below this node again with other noise. It is stored "
                        "apart and never trained.");
  more_leaves_ = smallButton("moreLeaves", "Leaves",
                             "Samples more images from this node. They are stored apart and never "
                             "trained.");
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(regrow_);
  row->addWidget(more_leaves_);
  row->addStretch();
  return row;
}

QLayout* NodeInspector::makeCommand() {
  command_text_ = labelOf("nodeCommand", "mono");
  command_text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  command_text_->setWordWrap(true);
  command_text_->setToolTip("The command line that makes this node again.");
  command_copy_ = copyButton("nodeCommandCopy", "Copy", "Copies the command line.");
  auto* row = new QHBoxLayout;
  row->addWidget(command_text_, 1);
  row->addWidget(command_copy_, 0, Qt::AlignTop);
  return row;
}

QLayout* NodeInspector::makeTitle() {
  QLabel* title = labelOf("ledgerTitle", "strong");
  title->setText("Where this number comes from");
  ledger_copy_ = copyButton("ledgerCopy", "Copy as text", "Copies these lines as text.");
  auto* row = new QHBoxLayout;
  row->addWidget(title, 1);
  row->addWidget(ledger_copy_);
  return row;
}

}  // namespace treegrpo
