// A new run: what it begins with (a preset, a run, a file), its name, seed and length, all its
// options, and how to start it.
#pragma once

#include <QComboBox>
#include <QDialog>
#include <vector>

#include "style/theme.h"
#include "views/config_editor.h"

class QFormLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace treegrpo {

// What a new run can begin with.
struct RunTemplate {
  QString title;    // "TreeGRPO", "tree-3"
  QString tooltip;  // what it is
  QString text;     // TOML
};

class NewRunDialog : public QDialog {
  Q_OBJECT

 public:
  // presets come with the program, runs are those of the workspace; at least one of either.
  NewRunDialog(const std::vector<RunTemplate>& presets, const std::vector<RunTemplate>& runs,
               const QHash<QString, QStringList>& suggestions = {}, QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Why nothing can start now, "A run is going on; …"; empty: it can.
  void setObstacle(const QString& sentence);
  // Names that are taken: a run of one of them cannot start.
  void setTakenNames(const QStringList& names);

  // Begins with a file; false with the sentence shown if it cannot be read.
  bool loadFile(const QString& path);
  // Writes the text as it stands; false with the sentence shown if that fails.
  bool saveFile(const QString& path);

  ConfigEditor& editor() { return *editor_; }

 Q_SIGNALS:
  void startAsked(const treegrpo::RunConfig& config, bool paused);

 private:
  void fillSources(const std::vector<RunTemplate>& presets, const std::vector<RunTemplate>& runs);
  void layOut();
  void addProminent(QFormLayout* form, const char* key, const QString& label);
  QHBoxLayout* buttons();
  void editPrompts();
  void begin(int source);
  void refresh();
  QString obstacle();
  void start(bool paused);

  QComboBox* source_;
  ConfigEditor* editor_;
  QHash<QString, FieldEditor*> prominent_;  // by key
  QLabel* obstacle_;
  QPushButton *start_, *start_paused_;
  QString outer_obstacle_, file_problem_;
  QStringList taken_;
  Theme theme_ = {};
};

}  // namespace treegrpo
