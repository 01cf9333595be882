#include "views/no_node.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "style/icons.h"

namespace treegrpo {
namespace {

struct Key {
  const char* key;
  const char* what;
};

constexpr Key keys[] = {{"← →", "parent, child"},
                        {"↑ ↓", "siblings"},
                        {"B", "best leaf"},
                        {"N", "largest |A|"},
                        {"?", "all keys"}};

QLabel* centred(const QString& text, const char* role) {
  auto* label = new QLabel(text);
  label->setProperty("role", role);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}

QGridLayout* keyTable() {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(6);
  grid->setVerticalSpacing(6);
  int at = 0;
  for (const Key& key : keys) {
    auto* chip = new QLabel(key.key);
    chip->setProperty("chip", true);
    chip->setAlignment(Qt::AlignCenter);
    auto* what = new QLabel(key.what);
    what->setProperty("role", "secondary");
    what->setContentsMargins(0, 0, 12, 0);
    grid->addWidget(chip, at / 2, 2 * (at % 2), Qt::AlignLeft);
    grid->addWidget(what, at / 2, 2 * (at % 2) + 1);
    ++at;
  }
  return grid;
}

}  // namespace

NoNode::NoNode(QWidget* parent) : QWidget(parent), icon_(new QLabel) {
  setObjectName("noNode");
  icon_->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 16, 24, 16);
  column->setSpacing(8);
  column->addStretch();
  column->addWidget(icon_);
  column->addWidget(centred("Select a node", "strong"));
  column->addWidget(centred(
      "Click one, or walk the tree with the keys. The numbers of a node say where its advantage "
      "comes from.",
      "secondary"));
  auto* middle = new QHBoxLayout;
  middle->setContentsMargins(0, 16, 0, 0);
  middle->addStretch();
  middle->addLayout(keyTable());
  middle->addStretch();
  column->addLayout(middle);
  column->addStretch();
  setLooks(theme(ThemeKind::dark));
}

void NoNode::setLooks(const Theme& theme) {
  const double ratio = devicePixelRatioF();
  QPixmap pixmap = QPixmap::fromImage(iconImage("branch", theme.text2, int(24 * ratio)));
  pixmap.setDevicePixelRatio(ratio);
  icon_->setPixmap(pixmap);
}

}  // namespace treegrpo
