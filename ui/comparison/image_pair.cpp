#include "comparison/image_pair.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "canvas/number_text.h"
#include "canvas/tree_figures.h"

namespace treegrpo {
namespace {

constexpr const char* metric_tips[] = {"E: b − a, signed", "AE: |b − a|", "SE: (b − a)²",
                                       "RAE: |b − a| / (a + 0.01)", "RSE: (b − a)² / (a² + 0.01)"};

QString number(double value, int decimals = 3) {
  return QString::fromStdString(fixedText(value, decimals));
}

std::shared_ptr<const Image> imageOf(const std::shared_ptr<const TreeRecord>& tree,
                                     std::int32_t node) {
  if (!tree || node < 0) return nullptr;
  return {tree, &tree->nodes[static_cast<std::size_t>(node)].image};
}

std::string missingWords(const std::shared_ptr<const TreeRecord>& tree, std::int32_t node) {
  if (!tree) return "No tree";
  return node < 0 ? "No node at this path" : "Image not stored";
}

QString row(const QString& name, double first, double second, int decimals = 3) {
  return QString(
             "<tr><td>%1&nbsp;&nbsp;</td><td align=right>%2&nbsp;&nbsp;</td>"
             "<td align=right>%3&nbsp;&nbsp;</td><td align=right>%4</td></tr>")
      .arg(name.toHtmlEscaped(), number(first, decimals), number(second, decimals),
           QString::fromStdString(signedText(second - first, decimals)));
}

// The raw column of a leaf; none of an inner node.
double rewardOf(const TreeRecord& tree, std::size_t column, std::int32_t node) {
  if (column >= tree.rewards.size() || !tree.is_leaf(static_cast<std::size_t>(node)))
    return no_value;
  const std::size_t leaves = tree.rewards[column].size();
  const std::size_t first = tree.nodes.size() - leaves;
  const auto at = static_cast<std::size_t>(node);
  return at >= first ? tree.rewards[column][at - first] : no_value;
}

}  // namespace

ImagePair::ImagePair(QWidget* parent) : QWidget(parent) {
  setObjectName("imagePair");
  setProperty("panel", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  canvas_ = new ImagePairCanvas;
  column->addWidget(makeHead());
  column->addWidget(canvas_, 1);
  caption_ = new QLabel;
  caption_->setObjectName("imagePairCaption");
  caption_->setProperty("role", "secondary");
  caption_->setWordWrap(true);
  caption_->setMargin(4);
  numbers_ = new QLabel;
  numbers_->setObjectName("imagePairNumbers");
  numbers_->setTextFormat(Qt::RichText);
  numbers_->setMargin(6);
  numbers_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  column->addWidget(caption_);
  column->addWidget(numbers_);
  connect(canvas_, &ImagePairCanvas::pixelPointed, this, [this](const QString& words) {
    words.isEmpty() ? showPair() : caption_->setText(words);
  });
}

QWidget* ImagePair::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 4, 8, 4);
  mode_ = new QTabBar(head);
  mode_->setObjectName("imagePairMode");
  mode_->setAccessibleName("How the two pictures are compared");
  mode_->setProperty("segmented", true);
  mode_->setDrawBase(false);
  mode_->setExpanding(false);
  mode_->setUsesScrollButtons(false);
  for (const char* words : {"Side by side", "Wipe", "Flicker", "Difference"}) mode_->addTab(words);
  metric_ = new QComboBox(head);
  metric_->setObjectName("imagePairMetric");
  metric_->setAccessibleName("Error metric");
  metric_->setProperty("small", true);
  for (std::size_t i = 0; i < error_metric_names.size(); ++i) {
    metric_->addItem(QString::fromUtf8(error_metric_names[i].data()));
    metric_->setItemData(static_cast<int>(i), metric_tips[i], Qt::ToolTipRole);
  }
  metric_->setCurrentIndex(static_cast<int>(ErrorMetric::absolute));
  metric_->setToolTip(
      "Of each pixel the mean over its channels, values 0 to 1; b of B, a of A.\nE = b − a, AE = "
      "|b − a|, SE = (b − a)², RAE = |b − a| / (a + 0.01), RSE = (b − a)² / (a² + 0.01)");
  metric_->hide();
  row->addWidget(mode_, 1);
  row->addWidget(metric_);
  connect(mode_, &QTabBar::currentChanged, this, [this](int mode) {
    canvas_->setMode(static_cast<ImageMode>(mode));
    metric_->setVisible(static_cast<ImageMode>(mode) == ImageMode::difference);
  });
  connect(metric_, &QComboBox::currentIndexChanged, this,
          [this](int metric) { canvas_->setMetric(static_cast<ErrorMetric>(metric)); });
  return head;
}

void ImagePair::setTrees(std::shared_ptr<const TreeRecord> first,
                         std::shared_ptr<const TreeRecord> second, const QString& first_letter,
                         const QString& second_letter) {
  trees_[0] = std::move(first);
  trees_[1] = std::move(second);
  letters_[0] = first_letter;
  letters_[1] = second_letter;
  setNodes(-1, -1);
}

void ImagePair::setNodes(std::int32_t first, std::int32_t second) {
  nodes_[0] = first;
  nodes_[1] = second;
  showPair();
  showNumbers();
}

void ImagePair::setLooks(const Theme& theme, const FontSet& fonts) {
  canvas_->setLooks(theme, fonts);
}

void ImagePair::showPair() {
  ImagePairSide sides[2];
  for (int side = 0; side < 2; ++side)
    sides[side] = {letters_[side].toStdString(), imageOf(trees_[side], nodes_[side]),
                   missingWords(trees_[side], nodes_[side])};
  const auto &a = sides[0].image, &b = sides[1].image;
  const bool both = a && b && !a->empty() && a->width == b->width && a->height == b->height;
  caption_->setText(
      both ? QString("mean |Δ| %1 · PSNR %2 dB")
                 .arg(number(mean_absolute_error(*a, *b) / 255), number(psnr(*a, *b), 1))
           : QString());
  canvas_->setPair(std::move(sides[0]), std::move(sides[1]));
}

void ImagePair::showNumbers() {
  const bool both = trees_[0] && trees_[1] && nodes_[0] >= 0 && nodes_[1] >= 0;
  numbers_->setVisible(both);
  if (!both) return;
  const TreeRecord &first = *trees_[0], &second = *trees_[1];
  const auto in_first = static_cast<std::size_t>(nodes_[0]);
  const auto in_second = static_cast<std::size_t>(nodes_[1]);
  QString rows = QString(
                     "<tr><th align=left>%1</th><th align=right>%2&nbsp;&nbsp;</th>"
                     "<th align=right>%3&nbsp;&nbsp;</th><th align=right>Δ</th></tr>")
                     .arg(QString::fromStdString(nodeName(first, treeFigures(first), nodes_[0])),
                          letters_[0].toHtmlEscaped(), letters_[1].toHtmlEscaped());
  if (first.is_leaf(in_first) && second.is_leaf(in_second)) {
    const std::size_t columns = std::min(first.rewards.size(), second.rewards.size());
    for (std::size_t column = 0; column < columns; ++column)
      if (first.reward_names[column] == second.reward_names[column])
        rows += row(QString::fromStdString(first.reward_names[column]),
                    rewardOf(first, column, nodes_[0]), rewardOf(second, column, nodes_[1]));
  }
  const TreeNode &a = first.nodes[in_first], &b = second.nodes[in_second];
  rows += row("value", a.value, b.value);
  if (std::isfinite(a.advantage) || std::isfinite(b.advantage))
    rows += row("advantage", a.advantage, b.advantage, 2);
  if (std::isfinite(a.log_prob) || std::isfinite(b.log_prob))
    rows += row("log-prob", a.log_prob, b.log_prob, 4);
  numbers_->setText("<table cellspacing=2>" + rows + "</table>");
}

}  // namespace treegrpo
