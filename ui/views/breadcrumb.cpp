#include "views/breadcrumb.h"

#include <QHBoxLayout>
#include <QMenu>
#include <algorithm>
#include <utility>

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

bool isLandmark(const TreeRecord& record, std::int32_t node) {
  const auto at = static_cast<std::size_t>(node);
  const TreeNode& of = record.nodes[at];
  return of.kind != NodeKind::ode ||
         (!record.is_leaf(at) &&
          record.schedule.steps[static_cast<std::size_t>(of.step)].branch > 1);
}

}  // namespace

std::vector<Crumb> crumbsTo(const TreeRecord& record, const TreeFigures& figures,
                            std::int32_t node) {
  std::vector<Crumb> crumbs;
  for (std::int32_t at = node; at >= 0; at = record.nodes[static_cast<std::size_t>(at)].parent)
    if (at == node || isLandmark(record, at)) {
      const bool root = record.nodes[static_cast<std::size_t>(at)].parent < 0;
      crumbs.push_back({at, root ? "root" : nodeName(record, figures, at)});
    }
  std::reverse(crumbs.begin(), crumbs.end());
  return crumbs;
}

Breadcrumb::Breadcrumb(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  for (std::size_t at = 0; at < slots_shown; ++at) {
    arrows_[at] = new QLabel("›");
    arrows_[at]->setProperty("role", "secondary");
    buttons_[at] = new QToolButton;
    buttons_[at]->setObjectName(QString("crumb%1").arg(at));
    buttons_[at]->setProperty("flat", true);
    buttons_[at]->setProperty("small", true);
    buttons_[at]->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(arrows_[at]);
    row->addWidget(buttons_[at]);
    connect(buttons_[at], &QToolButton::clicked, this, [this, at] {
      if (nodes_[at] >= 0) Q_EMIT nodeChosen(nodes_[at]);
    });
  }
  setCrumbs({});
}

void Breadcrumb::setCrumbs(std::vector<Crumb> crumbs) {
  crumbs_ = std::move(crumbs);
  const std::size_t count = crumbs_.size();
  const bool cut = count > slots_shown;
  for (std::size_t at = 0; at < slots_shown; ++at) {
    const bool shown = at < count;
    const bool dots = cut && at == 1;
    buttons_[at]->setVisible(shown);
    arrows_[at]->setVisible(shown && at > 0);
    if (QMenu* old = buttons_[at]->menu()) {
      buttons_[at]->setMenu(nullptr);
      old->deleteLater();
    }
    if (!shown) continue;
    const std::size_t crumb = cut && at > 1 ? count - slots_shown + at : at;
    nodes_[at] = dots ? -1 : crumbs_[crumb].node;
    buttons_[at]->setText(dots ? "…" : text(crumbs_[crumb].name));
    buttons_[at]->setToolTip(dots ? "The nodes between." : "Selects this node of the path.");
    if (dots) setHidden_(1, count - slots_shown + 2);
  }
}

void Breadcrumb::setHidden_(std::size_t from, std::size_t to) {
  auto* menu = new QMenu(this);
  menu->setObjectName("crumbMenu");
  for (std::size_t at = from; at < to; ++at) {
    const std::int32_t node = crumbs_[at].node;
    connect(menu->addAction(text(crumbs_[at].name)), &QAction::triggered, this,
            [this, node] { Q_EMIT nodeChosen(node); });
  }
  buttons_[1]->setMenu(menu);
}

}  // namespace treegrpo
