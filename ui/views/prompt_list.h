// The prompts of the shown iteration: text, a tick for each leaf's reward on one scale, their mean.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "models/record_table_model.h"
#include "record/ids.h"
#include "record/tree_record.h"
#include "style/theme.h"
#include "views/record_pages.h"
#include "views/reward_strip.h"

namespace treegrpo {

struct PromptRow {
  PromptId prompt;
  std::string text;
  std::vector<double> leaf_rewards;  // empty before they are known
  double mean = no_value;
};

class PromptList : public QWidget {
  Q_OBJECT

 public:
  explicit PromptList(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Those of an iteration. The current prompt stays current if it is among them.
  void setPrompts(std::vector<PromptRow> prompts, std::int32_t iteration = -1);
  // The iteration that grows meanwhile, whose prompts are not known; -1: none.
  void setGrowing(std::int32_t iteration);
  void setCurrent(PromptId prompt);

 Q_SIGNALS:
  void promptChosen(std::int32_t prompt);

 private:
  std::vector<TableColumn> columns() const;
  QString title() const;
  void fill();
  void showCurrent();

  std::vector<PromptRow> prompts_;
  std::int32_t iteration_ = -1, growing_ = -1;
  RewardStrip scale_;  // of all rows
  PromptId current_{-1};
  const Theme* theme_;
  RecordTableModel model_;
  RecordTable* table_;
  RecordPages* pages_;
};

}  // namespace treegrpo
