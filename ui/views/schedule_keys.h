// The method of a schedule and the options it is made from: roots, window, the rule by which the
// window moves over the training.
#pragma once

#include <QHBoxLayout>
#include <QWidget>
#include <string>
#include <vector>

#include "record/run_config.h"

class QLabel;
class QTabBar;

namespace treegrpo {

class ScheduleKeys : public QWidget {
  Q_OBJECT

 public:
  explicit ScheduleKeys(QWidget* parent = nullptr);

  // Puts a widget at the end of the row of methods, above the options.
  void addTool(QWidget* tool);

  // What is drawn, and what the run has: options that differ are marked as staged.
  void setConfig(const RunConfig& drawn, const RunConfig& run);

 Q_SIGNALS:
  void methodAsked(const QString& name);
  void keyAsked(const QString& key, const QString& value);

 private:
  struct Field {
    std::string key;
    QLabel* label;
    QWidget* editor;
  };

  void addMethods();
  void addField(const std::string& key, const QString& title);
  QWidget* makeEditor(const std::string& key);
  QWidget* makeRules();
  void showValue(const Field& field, const RunConfig& drawn, const RunConfig& run);

  QTabBar* methods_;
  QHBoxLayout* tools_;
  QWidget* row_;
  std::vector<Field> fields_;
};

}  // namespace treegrpo
