#include "views/iteration_list.h"

#include <algorithm>
#include <utility>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

double rewardNamed(const IterationRecord& iteration, const std::string& name) {
  for (const NamedValue& reward : iteration.reward_by_name)
    if (reward.name == name) return reward.value;
  return no_value;
}

std::vector<std::string> rewardNames(const std::vector<IterationRecord>& iterations) {
  std::vector<std::string> names;
  if (!iterations.empty())
    for (const NamedValue& reward : iterations.back().reward_by_name) names.push_back(reward.name);
  return names;
}

}  // namespace

IterationList::IterationList(QWidget* parent)
    : QWidget(parent),
      table_(new RecordTable(&model_, RecordTable::Choice::on_walk, this)),
      pages_(new RecordPages(table_, "iterationListEmpty",
                             "No iterations yet. Each is listed when its update is done.")) {
  setLayout(pages_);
  setObjectName("iterationList");
  setProperty("panel", true);
  table_->setObjectName("iterationTable");
  table_->setAccessibleName("Iterations of this run");
  connect(table_, &RecordTable::rowChosen, this, [this](int row) {
    current_ = iterations_[static_cast<std::size_t>(row)].iteration;
    Q_EMIT iterationChosen(current_);
  });
}

template <class ValueOf, class TextOf>
TableColumn IterationList::number(const QString& title, const QString& tooltip, ValueOf value_of,
                                  TextOf text_of) const {
  const auto value = [this, value_of](int row) {
    return value_of(iterations_[static_cast<std::size_t>(row)]);
  };
  return {.title = title,
          .tooltip = tooltip,
          .text = [value, text_of](int row) { return text(text_of(value(row))); },
          .alignment = Qt::AlignRight,
          .sort_key = [value](int row) { return sortKey(static_cast<double>(value(row))); }};
}

std::vector<TableColumn> IterationList::columns() const {
  using Record = IterationRecord;
  const auto whole = [](auto value) { return std::to_string(value); };
  const auto three = [](double value) { return fixedText(value, 3); };
  std::vector<TableColumn> all = {
      number(
          "it", "Iteration, from 0: one sampling of all prompts and its updates.",
          [](const Record& one) { return one.iteration; }, whole),
      number(
          "R", "Mean reward over all images: R = Σ weight × raw reward.",
          [](const Record& one) { return one.reward; }, three)};
  for (const std::string& name : rewards_)
    all.push_back(number(
        text(name), text("Mean over all images of the raw reward " + name + "."),
        [name](const Record& one) { return rewardNamed(one, name); }, three));
  all.push_back(number(
      "clip", "Clip fraction: share of the trained edges whose ratio ρ lay outside 1 ± ε.",
      [](const Record& one) { return one.clip_fraction; }, three));
  all.push_back(number(
      "KL",
      "KL divergence to the reference weights, mean over trained edges; a dash "
      "where it was not computed.",
      [](const Record& one) { return one.kl; }, shortText));
  all.push_back(number(
      "NFE", "Latents evaluated by the network while sampling; guidance is not counted.",
      [](const Record& one) { return one.nfe; }, whole));
  all.push_back(number(
      "s", "Wall time of the iteration in seconds, evaluation left out.",
      [](const Record& one) { return one.seconds.total; },
      [](double value) { return fixedText(value, 1); }));
  return all;
}

void IterationList::setIterations(std::vector<IterationRecord> iterations) {
  iterations_ = std::move(iterations);
  showAll();
}

void IterationList::addIteration(IterationRecord iteration) {
  if (const int row = rowOf(iteration.iteration); row >= 0) {
    iterations_[static_cast<std::size_t>(row)] = std::move(iteration);
    model_.touch();
    return;
  }
  if (iterations_.empty()) {  // the columns are those of its rewards
    setIterations({std::move(iteration)});
    return;
  }
  model_.append(1, [&] { iterations_.push_back(std::move(iteration)); });
}

void IterationList::setCurrent(int iteration) {
  current_ = iteration;
  table_->setChosenRow(rowOf(iteration));
}

int IterationList::rowOf(int iteration) const {
  const auto found =
      std::find_if(iterations_.begin(), iterations_.end(),
                   [iteration](const auto& one) { return one.iteration == iteration; });
  return found == iterations_.end() ? -1 : static_cast<int>(found - iterations_.begin());
}

void IterationList::showAll() {
  rewards_ = rewardNames(iterations_);
  model_.setTable(columns(), static_cast<int>(iterations_.size()));
  pages_->showTable(!iterations_.empty());
  table_->setChosenRow(rowOf(current_));
}

}  // namespace treegrpo
