// An array of tables of a config, [[reward]], [[schedule.step]]: a row an item, with add and
// remove.
#pragma once

#include <QGridLayout>
#include <QHash>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include "models/config_draft.h"
#include "views/field_editor.h"

namespace treegrpo {

class ConfigListBox : public QWidget {
  Q_OBJECT

 public:
  // list and draft outlive the box.
  ConfigListBox(const ConfigList& list, const QHash<QString, QStringList>& suggestions,
                ConfigDraft& draft, QWidget* parent = nullptr);

  void refresh();
  bool matches(const QString& words) const;
  bool isChanged() const;

 private:
  void orderTabs();
  void rebuild(std::size_t items);
  void addHead();
  void addItem(std::size_t item, int row);
  QString problemOf(const QString& key) const;

  const ConfigList& list_;
  const QHash<QString, QStringList>& suggestions_;
  ConfigDraft& draft_;
  std::vector<const ConfigField*> fields_;
  std::size_t items_ = 0;
  QGridLayout* grid_;
  QWidget* rows_;
  QList<QToolButton*> removes_;
  QHash<QString, FieldEditor*> editors_;
  QToolButton* add_;
  QLabel* note_;
};

}  // namespace treegrpo
