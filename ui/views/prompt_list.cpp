#include "views/prompt_list.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

double spreadOf(const std::vector<double>& rewards) {
  if (rewards.empty()) return no_value;
  const auto [least, most] = std::minmax_element(rewards.begin(), rewards.end());
  return *most - *least;
}

// One scale for all rows, so that they can be compared down the list.
RewardStrip scaleOf(const std::vector<PromptRow>& prompts) {
  RewardStrip scale{.least = INFINITY, .most = -INFINITY};
  for (const PromptRow& row : prompts)
    for (const double reward : row.leaf_rewards) {
      if (!std::isfinite(reward)) continue;
      scale.least = std::min(scale.least, reward);
      scale.most = std::max(scale.most, reward);
    }
  return scale;
}

QString stripTitle(const std::vector<PromptRow>& prompts) {
  const bool alike = std::all_of(prompts.begin(), prompts.end(), [&prompts](const PromptRow& row) {
    return row.leaf_rewards.size() == prompts.front().leaf_rewards.size();
  });
  return alike && !prompts.empty() && !prompts.front().leaf_rewards.empty()
             ? QString("%1 leaf rewards").arg(prompts.front().leaf_rewards.size())
             : QString("leaf rewards");
}

QString stripTip(const PromptRow& row) {
  if (row.leaf_rewards.empty()) return "The images of this prompt have no rewards yet.";
  const auto [least, most] = std::minmax_element(row.leaf_rewards.begin(), row.leaf_rewards.end());
  return text("Rewards R of its " + std::to_string(row.leaf_rewards.size()) + " images, from " +
              fixedText(*least, 3) + " to " + fixedText(*most, 3) +
              ", on the same scale in every row; the longer tick is their mean.");
}

}  // namespace

PromptList::PromptList(QWidget* parent)
    : QWidget(parent),
      theme_(&theme(ThemeKind::dark)),
      table_(new RecordTable(&model_, RecordTable::Choice::on_walk, this)),
      pages_(new RecordPages(table_, "promptListEmpty",
                             "No prompts yet. They are listed as soon as an iteration begins.")) {
  setLayout(pages_);
  setObjectName("promptList");
  setProperty("panel", true);
  table_->setObjectName("promptTable");
  table_->setAccessibleName("Prompts of this iteration");
  const auto strip_of = [this](int row) {
    const PromptRow& prompt = prompts_[static_cast<std::size_t>(row)];
    RewardStrip strip = scale_;
    strip.rewards = &prompt.leaf_rewards;
    strip.mean = prompt.mean;
    return strip;
  };
  table_->setItemDelegateForColumn(1, new RewardStripDelegate(strip_of, table_));
  connect(table_, &RecordTable::rowChosen, this, [this](int row) {
    current_ = prompts_[static_cast<std::size_t>(row)].prompt;
    Q_EMIT promptChosen(current_.value);
  });
}

void PromptList::setLooks(const Theme& theme) {
  theme_ = &theme;
  static_cast<RewardStripDelegate*>(table_->itemDelegateForColumn(1))->setLooks(theme);
  model_.touch();
}

std::vector<TableColumn> PromptList::columns() const {
  const auto at = [this](int row) -> const PromptRow& {
    return prompts_[static_cast<std::size_t>(row)];
  };
  return {
      {.title = title(),
       .tooltip = "The prompts of an iteration; all images of one are one group. While the next "
                  "one grows, "
                  "its prompts are not known yet.",
       .text = [at](int row) { return text(at(row).text); },
       .look =
           [at](int row, int role) {
             return role == Qt::ToolTipRole ? QVariant(text(at(row).text)) : QVariant();
           }},
      {.title = stripTitle(prompts_),
       .tooltip = "Rewards R = Σ weight × raw reward of the prompt's images, a tick each, on one "
                  "scale for all prompts; the longer tick is the mean. Sorts by their range.",
       .text = [at](int row) { return at(row).leaf_rewards.empty() ? "–" : QString(); },
       .sort_key = [at](int row) { return sortKey(spreadOf(at(row).leaf_rewards)); },
       .look =
           [at](int row, int role) {
             if (role == RewardStripDelegate::row_role) return QVariant(row);
             const bool words = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
             return words ? QVariant(stripTip(at(row))) : QVariant();
           }},
      {.title = "mean",
       .tooltip = "Mean reward R of the prompt's images: Σ R / n.",
       .text = [at](int row) { return text(fixedText(at(row).mean, 3)); },
       .alignment = Qt::AlignRight,
       .sort_key = [at](int row) { return sortKey(at(row).mean); }}};
}

// Whose prompts they are, where that is not the iteration of the tree.
QString PromptList::title() const {
  const bool other = growing_ >= 0 && iteration_ >= 0 && growing_ != iteration_;
  return other ? QString("Prompts of iteration %1 (%2 grows)").arg(iteration_).arg(growing_)
               : QString("Prompt");
}

void PromptList::setPrompts(std::vector<PromptRow> prompts, std::int32_t iteration) {
  prompts_ = std::move(prompts);
  iteration_ = iteration;
  scale_ = scaleOf(prompts_);
  fill();
}

void PromptList::setGrowing(std::int32_t iteration) {
  const QString before = title();
  growing_ = iteration;
  if (title() != before) fill();
}

void PromptList::fill() {
  model_.setTable(columns(), static_cast<int>(prompts_.size()));
  table_->setStretched(0);
  pages_->showTable(!prompts_.empty());
  showCurrent();
}

void PromptList::setCurrent(PromptId prompt) {
  current_ = prompt;
  showCurrent();
}

void PromptList::showCurrent() {
  const auto found = std::find_if(prompts_.begin(), prompts_.end(),
                                  [this](const PromptRow& row) { return row.prompt == current_; });
  table_->setChosenRow(found == prompts_.end() ? -1 : static_cast<int>(found - prompts_.begin()));
}

}  // namespace treegrpo
