// What differs between the configs of compared runs: a tree by section, type-strict, a missing key
// apart from its default; schedules as lanes; what was edited while the runs trained.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>
#include <QTreeWidget>
#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "compare/config_entries.h"
#include "record/event.h"
#include "style/fonts.h"
#include "style/theme.h"

namespace treegrpo {

class LanesView;

struct ComparedConfigs {
  struct Edit {
    std::string letter;
    ParameterChanged change;
  };
  std::vector<std::string> letters;  // one a run or group
  std::vector<ConfigEntries> configs;
  std::optional<ScheduleDifference> schedules;  // none: some have none
  std::vector<Edit> edits;
};

class ConfigDifferences : public QWidget {
  Q_OBJECT

 public:
  explicit ConfigDifferences(QWidget* parent = nullptr);

  void setConfigs(ComparedConfigs configs);
  // Keys or sections that count as no difference.
  void setIgnored(const QStringList& keys);
  const QStringList& ignored() const { return ignored_; }
  void setLooks(const Theme& theme, const FontSet& fonts);

 Q_SIGNALS:
  void ignoredChanged(const QStringList& keys);

 private:
  QWidget* makeHead();
  QWidget* makeFoot();
  void showAll();
  void showRows();
  void showSchedules();
  void showEdits();
  QTreeWidgetItem* section(const QString& name);
  void addRow(const ConfigDifference& row);
  void menuAt(QPoint place);
  void ignore(const QString& key, bool on);
  std::vector<std::string> ignoredKeys() const;

  ComparedConfigs configs_;
  QStringList ignored_;
  const Theme* theme_;
  QLineEdit* filter_ = nullptr;
  QPushButton* only_ = nullptr;
  QTreeWidget* tree_ = nullptr;
  QLabel* count_ = nullptr;
  LanesView* lanes_ = nullptr;
  QLabel* schedules_ = nullptr;
  QLabel* edits_ = nullptr;
};

}  // namespace treegrpo
