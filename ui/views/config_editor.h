// A config as a form and as TOML beside it, both editable and always the same; what is wrong with
// it in one sentence above. It knows no run: who shows it says what it edits.
#pragma once

#include <QWidget>

#include "models/config_draft.h"
#include "style/theme.h"
#include "views/config_form.h"
#include "views/config_text.h"

class QLabel;
class QPushButton;
class QSplitter;

namespace treegrpo {

class ConfigEditor : public QWidget {
  Q_OBJECT

 public:
  // suggestions: known words of a text field by its key, "reward.name"; methods and credit rules
  // are known without.
  explicit ConfigEditor(const QHash<QString, QStringList>& suggestions = {},
                        QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Begins anew. origin: what it is, in words ("run tree-3", "treegrpo.toml").
  void setConfig(const RunConfig& config, const QString& origin);
  // The same from a text, which need not be right.
  void setText(const QString& text, const QString& origin);
  // The config is that of a live run: what it keeps from its beginning is locked, with the reason.
  void setRunning(bool running);
  // The button that hands the config over; empty: none, whoever shows it has one.
  void setAcceptText(const QString& text);

  ConfigDraft& draft() { return draft_; }
  ConfigForm& form() { return *form_; }

 Q_SIGNALS:
  void changed(const QStringList& overrides);  // KEY=VALUE against what it began with
  void accepted(const treegrpo::RunConfig& config);

 private:
  QWidget* bar();
  void layOut();
  void refresh();

  ConfigDraft draft_;
  ConfigForm* form_;
  ConfigText* text_;
  QLabel *origin_, *count_, *problem_;
  QPushButton *show_problem_, *accept_;
  QSplitter* split_;
};

}  // namespace treegrpo
