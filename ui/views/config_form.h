// All fields of a config as a form, made from config_fields(): sections, a search over key and
// help, a row a field.
#pragma once

#include <QCheckBox>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <QWidget>

#include "models/config_draft.h"
#include "views/config_field_row.h"
#include "views/config_list_box.h"

namespace treegrpo {

class ConfigForm : public QWidget {
  Q_OBJECT

 public:
  // draft outlives the form. suggestions: known words of a text field, by its key.
  ConfigForm(ConfigDraft& draft, QHash<QString, QStringList> suggestions,
             QWidget* parent = nullptr);

  void refresh();
  QLineEdit* searchField() { return search_; }
  // Scrolls to a field and gives it the keys.
  void goToField(const QString& key);

 private:
  struct Section {
    QLabel* head;
    QList<ConfigFieldRow*> rows;
    QList<ConfigListBox*> lists;
  };

  void build(QVBoxLayout* column);
  Section& section(const QString& name, QVBoxLayout* column);
  void filter();

  ConfigDraft& draft_;
  QHash<QString, QStringList> suggestions_;
  QLineEdit* search_;
  QCheckBox* changed_only_;
  QLabel* none_;
  QList<Section> sections_;
};

}  // namespace treegrpo
