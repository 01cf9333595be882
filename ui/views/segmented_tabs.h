// A choice of one as buttons in a row, with a tooltip each.
#pragma once

#include <QString>
#include <QTabBar>
#include <span>

namespace treegrpo {

struct TabWords {
  const char* name;
  const char* tip = "";
};

// `label` is its name for screen readers.
QTabBar* segmentedTabs(const QString& name, const QString& label, std::span<const TabWords> tabs,
                       QWidget* parent);

}  // namespace treegrpo
