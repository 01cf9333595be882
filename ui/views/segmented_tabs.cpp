#include "views/segmented_tabs.h"

namespace treegrpo {

QTabBar* segmentedTabs(const QString& name, const QString& label, std::span<const TabWords> tabs,
                       QWidget* parent) {
  auto* bar = new QTabBar(parent);
  bar->setObjectName(name);
  bar->setAccessibleName(label);
  bar->setProperty("segmented", true);
  bar->setDrawBase(false);
  bar->setExpanding(false);
  bar->setUsesScrollButtons(false);
  bar->setElideMode(Qt::ElideRight);
  for (const TabWords& words : tabs) bar->setTabToolTip(bar->addTab(words.name), words.tip);
  return bar;
}

}  // namespace treegrpo
