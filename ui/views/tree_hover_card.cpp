#include "views/tree_hover_card.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr int beside = 16;  // pixels from the pointer

QString inWords(const std::string& text) { return QString::fromStdString(text); }

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

// "1.2.0": which child was taken at each step that branches.
QString pathText(const TreeRecord& record, std::int32_t node) {
  const std::vector<std::int32_t> taken = path(record, node);
  QStringList parts;
  for (std::size_t step = 0; step < taken.size() && step < record.schedule.steps.size(); ++step)
    if (record.schedule.steps[step].branch > 1) parts << QString::number(taken[step]);
  return parts.join(u'.');
}

QString typeText(const TreeRecord& record, std::int32_t node) {
  const TreeNode& here = record.nodes[at(node)];
  const QString kind = here.kind == NodeKind::root  ? QStringLiteral("root")
                       : here.kind == NodeKind::sde ? QStringLiteral("SDE step")
                                                    : QStringLiteral("ODE step");
  if (record.is_leaf(at(node))) return QStringLiteral("leaf, by an %1").arg(kind);
  const int branch = record.schedule.steps[at(here.step)].branch;
  return branch > 1 ? QStringLiteral("%1, branches ×%2").arg(kind).arg(branch) : kind;
}

// A triangle says the sign without colour.
QString advantageText(double advantage) {
  const QString number = inWords(signedText(advantage, 2));
  if (advantage > 0) return QStringLiteral("▲ ") + number;
  return advantage < 0 ? QStringLiteral("▼ ") + number : number;
}

void addRewards(const TreeRecord& record, const TreeFigures& figures, std::int32_t node,
                std::vector<CardRow>& rows) {
  const bool leaf = record.is_leaf(at(node));
  rows.push_back({leaf ? QStringLiteral("reward R") : QStringLiteral("mean reward below"),
                  inWords(fixedText(figures.reward[at(node)], 3))});
  if (!leaf) return;
  const std::size_t place = at(figures.index[at(node)]);
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    if (place < record.rewards[column].size())
      rows.push_back({QStringLiteral("  ") + inWords(record.reward_names[column]),
                      inWords(fixedText(record.rewards[column][place], 3))});
}

QLabel* label(const QString& text, const char* property, const char* value) {
  auto* made = new QLabel(text);
  made->setTextFormat(Qt::PlainText);
  if (property) made->setProperty(property, value);
  return made;
}

}  // namespace

std::vector<CardRow> cardRows(const TreeRecord& record, const TreeFigures& figures,
                              std::int32_t node) {
  const TreeNode& here = record.nodes[at(node)];
  const double sigma =
      at(here.step) < record.sigmas.size() ? record.sigmas[at(here.step)] : no_value;
  std::vector<CardRow> rows{
      {QStringLiteral("node"), inWords(nodeName(record, figures, node))},
      {QStringLiteral("step t, noise σ"), QStringLiteral("%1 of %2, %3")
                                              .arg(here.step)
                                              .arg(record.steps())
                                              .arg(inWords(fixedText(sigma, 3)))},
      {QStringLiteral("type"), typeText(record, node)},
  };
  const QString key = pathText(record, node);
  if (!key.isEmpty()) rows.push_back({QStringLiteral("path"), key});
  if (here.kind != NodeKind::root) {
    rows.push_back({QStringLiteral("log π"), inWords(fixedText(here.log_prob, 4))});
    rows.push_back({QStringLiteral("advantage A"), advantageText(here.advantage), here.advantage});
  }
  rows.push_back({QStringLiteral("value V"), inWords(signedText(here.value, 2)), here.value});
  if (std::isfinite(here.ratio))
    rows.push_back({QStringLiteral("ratio ρ"), inWords(fixedText(here.ratio, 5))});
  if (std::isfinite(here.kl)) rows.push_back({QStringLiteral("KL"), inWords(shortText(here.kl))});
  addRewards(record, figures, node, rows);
  return rows;
}

TreeHoverCard::TreeHoverCard(QWidget* canvas) : CanvasCard(canvas), grid_(new QGridLayout(this)) {
  setObjectName(QStringLiteral("treeHoverCard"));
  setAccessibleName(QStringLiteral("Node under the pointer"));
  grid_->setContentsMargins(10, 8, 10, 8);
  grid_->setHorizontalSpacing(16);
  grid_->setVerticalSpacing(2);
}

void TreeHoverCard::showRows(const std::vector<CardRow>& rows, QPoint at) {
  while (QLayoutItem* item = grid_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const CardRow& here = rows[row];
    const char* tone = here.sign > 0 ? "positive" : "negative";
    QLabel* value = here.sign > 0 || here.sign < 0
                        ? label(here.value, "tone", tone)
                        : label(here.value, row == 0 ? "role" : nullptr, "strong");
    grid_->addWidget(label(here.name, "role", "caption"), static_cast<int>(row), 0);
    grid_->addWidget(value, static_cast<int>(row), 1, Qt::AlignRight);
  }
  placeBeside(at);
  show();
  raise();
}

// Right of and below the pointer, or on the other side where there is no room.
void TreeHoverCard::placeBeside(QPoint at) {
  ensurePolished();
  for (QLabel* child : findChildren<QLabel*>()) child->ensurePolished();
  grid_->activate();
  resize(grid_->sizeHint());
  const QSize room = parentWidget()->size();
  int x = at.x() + beside, y = at.y() + beside;
  if (x + width() > room.width()) x = at.x() - beside - width();
  if (y + height() > room.height()) y = at.y() - beside - height();
  move(std::max(0, x), std::max(0, y));
}

}  // namespace treegrpo
