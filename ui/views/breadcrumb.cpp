#include "views/breadcrumb.h"

#include <QHBoxLayout>
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

Breadcrumb::Breadcrumb(QWidget* parent) : QWidget(parent), between_(new QMenu(this)) {
  between_->setObjectName("crumbMenu");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  for (std::size_t at = 0; at < slots_shown; ++at) {
    arrows_[at] = new QLabel("›");
    arrows_[at]->setProperty("role", "secondary");
    buttons_[at] = new QToolButton;
    buttons_[at]->setObjectName(QString("crumb%1").arg(at));
    buttons_[at]->setAccessibleName("A node on the way from the root");
    buttons_[at]->setProperty("flat", true);
    buttons_[at]->setProperty("small", true);
    row->addWidget(arrows_[at]);
    row->addWidget(buttons_[at]);
    connect(buttons_[at], &QToolButton::clicked, this, [this, at] { press(at); });
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
    if (!shown) continue;
    const std::size_t crumb = cut && at > 1 ? count - slots_shown + at : at;
    nodes_[at] = dots ? -1 : crumbs_[crumb].node;
    buttons_[at]->setText(dots ? "…" : text(crumbs_[crumb].name));
    buttons_[at]->setAccessibleName(dots ? "Nodes that are left out" : text(crumbs_[crumb].name));
    buttons_[at]->setToolTip(dots ? "The nodes between." : "Selects this node of the path.");
    if (dots) fillMenu(1, count - slots_shown + 2);
  }
}

void Breadcrumb::press(std::size_t slot) {
  if (nodes_[slot] >= 0) {
    Q_EMIT nodeChosen(nodes_[slot]);
    return;
  }
  between_->popup(buttons_[slot]->mapToGlobal(buttons_[slot]->rect().bottomLeft()));
}

void Breadcrumb::fillMenu(std::size_t from, std::size_t to) {
  between_->clear();
  for (std::size_t at = from; at < to; ++at) {
    const std::int32_t node = crumbs_[at].node;
    connect(between_->addAction(text(crumbs_[at].name)), &QAction::triggered, this,
            [this, node] { Q_EMIT nodeChosen(node); });
  }
}

}  // namespace treegrpo
