#include "comparison/image_pair.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "canvas/number_text.h"
#include "comparison/grid_cells.h"
#include "views/segmented_tabs.h"

namespace treegrpo {
namespace {

constexpr TabWords mode_words[] = {
    {"Side by side", "Both pictures at one zoom and place"},
    {"Wipe", "A left of the divider, B right of it; ← → move it"},
    {"Flicker", "One after the other in the same place; ← → show A or B"},
    {"Difference", "How far each pixel is from the reference, in false colours"}};

constexpr const char* metric_tips[] = {"E: b − a, signed", "AE: |b − a|", "SE: (b − a)²",
                                       "RAE: |b − a| / (a + 0.01)", "RSE: (b − a)² / (a² + 0.01)"};

QString number(double value, int decimals = 3) {
  return QString::fromStdString(fixedText(value, decimals));
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
    words.isEmpty() ? showCaption() : caption_->setText(words);
  });
  connect(canvas_, &ImagePairCanvas::stepAsked, this, [this](int by) { setStep(step_ + by); });
  connect(canvas_, &ImagePairCanvas::metricAsked, this, [this](int by) {
    const int count = metric_->count();
    metric_->setCurrentIndex((metric_->currentIndex() + by + count) % count);
  });
}

QWidget* ImagePair::makeHead() {
  auto* head = new QWidget(this);
  auto* column = new QVBoxLayout(head);
  column->setContentsMargins(8, 4, 8, 4);
  slider_ = new StepSlider("imagePairStep", head);
  connect(slider_, &StepSlider::chosen, this, &ImagePair::setStep);
  auto* row = new QHBoxLayout;
  row->addWidget(makeModes(), 1);
  row->addWidget(makeMetric());
  column->addLayout(row);
  column->addWidget(slider_);
  connect(mode_, &QTabBar::currentChanged, this, [this](int mode) {
    canvas_->setMode(static_cast<ImageMode>(mode));
    metric_->setVisible(static_cast<ImageMode>(mode) == ImageMode::difference);
  });
  return head;
}

QWidget* ImagePair::makeModes() {
  mode_ = segmentedTabs("imagePairMode", "How the two pictures are compared", mode_words, this);
  return mode_;
}

QWidget* ImagePair::makeMetric() {
  metric_ = new QComboBox(this);
  metric_->setObjectName("imagePairMetric");
  metric_->setAccessibleName("Error metric");
  metric_->setProperty("small", true);
  for (std::size_t i = 0; i < error_metric_names.size(); ++i) {
    metric_->addItem(QString::fromUtf8(error_metric_names[i].data()));
    metric_->setItemData(static_cast<int>(i), metric_tips[i], Qt::ToolTipRole);
  }
  metric_->setCurrentIndex(static_cast<int>(ErrorMetric::absolute));
  metric_->setToolTip(
      "Of each pixel the mean over its channels, values 0 to 1; a of the reference, b of the "
      "other picture.\nE = b − a, AE = |b − a|, SE = (b − a)², RAE = |b − a| / (a + 0.01), RSE = "
      "(b − a)² / (a² + 0.01)");
  metric_->hide();
  connect(metric_, &QComboBox::currentIndexChanged, this,
          [this](int metric) { canvas_->setMetric(static_cast<ErrorMetric>(metric)); });
  return metric_;
}

void ImagePair::setTrees(PairedSide first, PairedSide second) {
  sides_ = {std::move(first), std::move(second)};
  setNodes(-1, -1);
}

ImagePair::Pictures ImagePair::picturesOf(std::size_t side) const {
  const PairedSide& shown = sides_[side];
  const std::int32_t node = nodes_[side];
  Pictures pictures{shown.letter.toStdString(), side, {}, "Image not stored"};
  if (!shown.tree || node < 0)
    pictures.missing = shown.tree ? "No node at this path" : "No tree";
  else
    pictures.pictures = picturesThrough(shown.tree, *shown.figures, node);
  return pictures;
}

void ImagePair::setNodes(std::int32_t first, std::int32_t second) {
  nodes_ = {first, second};
  pictures_ = {picturesOf(0), picturesOf(1)};
  last_ = 0;
  int step = step_;
  for (std::size_t side = 0; side < 2; ++side) {
    if (!sides_[side].tree) continue;
    last_ = std::max(last_, sides_[side].tree->steps());
    if (nodes_[side] >= 0)
      step = sides_[side].tree->nodes[static_cast<std::size_t>(nodes_[side])].step;
  }
  setStep(step);
  showPair();
  showNumbers();
}

void ImagePair::setPictures(Pictures first, Pictures second, int last) {
  nodes_ = {-1, -1};
  pictures_ = {std::move(first), std::move(second)};
  last_ = last;
  setStep(step_);
  showPair();
  showNumbers();
}

void ImagePair::setStep(int step) {
  step = std::clamp(step, 0, last_);
  if (step == step_) return slider_->setStep(step_, last_);
  step_ = step;
  showPair();
  Q_EMIT stepChanged(step);
}

void ImagePair::setLooks(const Theme& theme, const FontSet& fonts) {
  canvas_->setLooks(theme, fonts);
}

void ImagePair::showPair() {
  slider_->setStep(step_, last_);
  ImagePairSides sides;
  for (std::size_t side = 0; side < 2; ++side) {
    const Pictures& own = pictures_[side];
    const StepPicture* nearest = nearestStep(own.pictures, step_);
    sides[side] = {own.letter,
                   own.run,
                   nearest ? nearest->image : nullptr,
                   own.missing,
                   nearest ? nearest->step : 0,
                   nearest && nearest->step != step_};
  }
  canvas_->setPair(std::move(sides));
  showCaption();
}

void ImagePair::showCaption() {
  const StepPicture* first = nearestStep(pictures_[0].pictures, step_);
  const StepPicture* second = nearestStep(pictures_[1].pictures, step_);
  const bool both = first && second && first->image->width == second->image->width &&
                    first->image->height == second->image->height;
  caption_->setText(both
                        ? QString("mean |Δ| %1 · PSNR %2 dB")
                              .arg(number(mean_absolute_error(*first->image, *second->image) / 255),
                                   number(psnr(*first->image, *second->image), 1))
                        : QString());
}

void ImagePair::showNumbers() {
  const bool both = sides_[0].tree && sides_[1].tree && nodes_[0] >= 0 && nodes_[1] >= 0;
  numbers_->setVisible(both);
  if (!both) return;
  const TreeRecord &first = *sides_[0].tree, &second = *sides_[1].tree;
  const auto in_first = static_cast<std::size_t>(nodes_[0]);
  const auto in_second = static_cast<std::size_t>(nodes_[1]);
  QString rows = QString(
                     "<tr><th align=left>%1</th><th align=right>%2&nbsp;&nbsp;</th>"
                     "<th align=right>%3&nbsp;&nbsp;</th><th align=right>Δ</th></tr>")
                     .arg(QString::fromStdString(nodeName(first, *sides_[0].figures, nodes_[0])),
                          sides_[0].letter.toHtmlEscaped(), sides_[1].letter.toHtmlEscaped());
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
