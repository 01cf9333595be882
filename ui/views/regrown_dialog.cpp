#include "views/regrown_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr int columns = 4;
constexpr int side = 128;  // least, px; pictures keep whole multiples of their own size

QPixmap pixmapOf(const Image& image) {
  if (image.empty()) return {};
  const QImage picture(image.rgb.data(), image.width, image.height, 3 * image.width,
                       QImage::Format_RGB888);
  const int scale = std::max(1, side / std::max(1, image.width));
  return QPixmap::fromImage(picture.scaled(picture.size() * scale));
}

QString number(double value, int decimals) {
  return QString::fromStdString(fixedText(value, decimals));
}

// Mean and spread of the new leaves' weighted rewards.
QString rewardsOf(const TreeRecord& record) {
  const std::size_t count = leaves(record).size();
  double sum = 0, least = INFINITY, most = -INFINITY;
  for (std::size_t leaf = 0; leaf < count; ++leaf) {
    const double reward = total_reward(record, leaf);
    sum += reward;
    least = std::min(least, reward);
    most = std::max(most, reward);
  }
  return QObject::tr("%1 new leaves: mean reward %2, from %3 to %4.")
      .arg(count)
      .arg(number(sum / static_cast<double>(count), 3), number(least, 3), number(most, 3));
}

// How true the replayed path is to the stored one. The noise is the same; the latents are, as long
// as the weights are.
QString pathOf(const Regrown& regrown) {
  if (regrown.weights.iterations == regrown.tree.iteration && !regrown.weights.updating)
    return QObject::tr(
        "These weights grew the tree itself: the path to the node is the stored one.");
  return QObject::tr(
             "The tree was grown with the weights that began iteration %1; these have moved on "
             "since, so the path to the node has the same noise and other latents.")
      .arg(regrown.tree.iteration);
}

QLabel* labelOf(const QString& text, const char* name, const char* role) {
  auto* label = new QLabel(text);
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("role", role);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

}  // namespace

RegrownDialog::RegrownDialog(const Regrown& regrown, const QString& weights, const QString& command,
                             QWidget* parent)
    : QDialog(parent) {
  setObjectName("regrown_dialog");
  setAttribute(Qt::WA_DeleteOnClose);
  const bool more = regrown.kind == RegrowKind::leaves;
  const QString title = more ? tr("More leaves of node %1") : tr("Regrown from node %1");
  setWindowTitle(title.arg(regrown.from.value));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->addWidget(labelOf(tr("Grown from node %1 of iteration %2 with the %3, seed %4. Never "
                               "trained; stored beside the tree.")
                                .arg(regrown.from.value)
                                .arg(regrown.tree.iteration)
                                .arg(weights)
                                .arg(regrown.seed),
                            "regrown_origin", "body"));
  column->addWidget(labelOf(rewardsOf(regrown.tree), "regrown_rewards", "body"));
  column->addWidget(labelOf(pathOf(regrown), "regrown_path", "secondary"));
  auto* pictures = new QWidget;
  auto* grid = new QGridLayout(pictures);
  addLeaves(regrown.tree, *grid);
  auto* scroll = new QScrollArea;
  scroll->setObjectName("regrown_leaves");
  scroll->setWidget(pictures);
  scroll->setWidgetResizable(true);
  column->addWidget(scroll, 1);
  auto* row = new QHBoxLayout;
  row->addWidget(labelOf(command, "regrown_command", "mono"), 1);
  auto* copy = new QPushButton(tr("Copy"));
  copy->setObjectName("regrown_command_copy");
  copy->setToolTip(tr("Copies the command line that grows the same leaves."));
  connect(copy, &QPushButton::clicked, this,
          [command] { QApplication::clipboard()->setText(command); });
  row->addWidget(copy);
  auto* show = new QPushButton(tr("Show on the canvas"));
  show->setObjectName("regrown_show");
  show->setToolTip(tr("Shows it in place of its tree; the row above the tree goes back."));
  connect(show, &QPushButton::clicked, this, [this] {
    Q_EMIT showAsked();
    close();
  });
  row->addWidget(show);
  column->addLayout(row);
  resize(640, 520);
}

void RegrownDialog::addLeaves(const TreeRecord& record, QGridLayout& grid) {
  const std::vector<std::int32_t> all = leaves(record);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const TreeNode& leaf = record.nodes[static_cast<std::size_t>(all[i])];
    auto* picture = new QLabel;
    picture->setPixmap(pixmapOf(leaf.image));
    const QString reward = tr("Reward %1").arg(number(total_reward(record, i), 3));
    picture->setAccessibleName(tr("New leaf %1 of %2, %3").arg(i + 1).arg(all.size()).arg(reward));
    auto* cell = new QVBoxLayout;
    cell->addWidget(picture);
    auto* text = new QLabel(reward);
    text->setToolTip(tr("Weighted sum of the raw rewards of this leaf, Σ w·R, no unit."));
    cell->addWidget(text);
    cell->addStretch();
    grid.addLayout(cell, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
  }
}

}  // namespace treegrpo
