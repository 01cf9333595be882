#include "views/tree_keys_overlay.h"

#include <QGridLayout>
#include <QLabel>
#include <algorithm>

#include "actions.h"

namespace treegrpo {
namespace {

constexpr int column_letters = 32;  // of keys and words together
constexpr int most_columns = 3;

QLabel* label(const QString& text, const char* role) {
  auto* made = new QLabel(text);
  made->setTextFormat(Qt::PlainText);
  made->setProperty("role", role);
  return made;
}

}  // namespace

std::vector<KeyRow> treeKeyRows() {
  std::vector<KeyRow> rows;
  const KeyChoice choice = loadKeys();
  for (const ActionRow& row : actionRows()) {
    const QString name = QString::fromUtf8(row.name);
    const QString keys = keyText(keysOf(row, choice));
    if (name == u"tree.child")
      rows.push_back({QStringLiteral("1…9"), QStringLiteral("Child by its place")});
    if (!name.startsWith(u"tree.") || keys.isEmpty()) continue;
    const QString text = QString::fromUtf8(row.text);
    const bool overlay = name.startsWith(u"tree.overlay_");
    rows.push_back({keys, overlay ? QStringLiteral("Edges show: ") + text : text});
  }
  return rows;
}

TreeKeysOverlay::TreeKeysOverlay(QWidget* canvas) : CanvasCard(canvas) {
  setObjectName(QStringLiteral("treeKeysOverlay"));
  setAccessibleName(QStringLiteral("Keys of the tree"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(16, 12, 16, 12);
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(3);
  const std::vector<KeyRow> rows = treeKeyRows();
  const int column_width = column_letters * fontMetrics().averageCharWidth();
  const int columns = std::clamp(canvas->width() / column_width, 1, most_columns);
  const int lines = (static_cast<int>(rows.size()) + columns - 1) / columns;
  for (int at = 0; at < static_cast<int>(rows.size()); ++at) {
    const int line = at % lines, column = 3 * (at / lines);
    const KeyRow& row = rows[static_cast<std::size_t>(at)];
    grid->addWidget(label(row.keys, "mono"), line, column, Qt::AlignRight);
    grid->addWidget(label(row.text, "caption"), line, column + 1);
  }
  for (int column = 1; column < columns; ++column) grid->setColumnMinimumWidth(3 * column - 1, 16);
  for (QLabel* child : findChildren<QLabel*>()) child->ensurePolished();
  resize(grid->sizeHint().boundedTo(canvas->size()));
  move((canvas->width() - width()) / 2, (canvas->height() - height()) / 2);
  show();
  raise();
}

}  // namespace treegrpo
