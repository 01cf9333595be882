// What the compare page shows of the runs, once it is read.
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "comparison/compare_page.h"

namespace treegrpo {

void ComparePage::setPrompts(const std::vector<PromptSummary>& prompts) {
  filling_ = true;
  const int before = std::max(0, prompt_->currentIndex());
  prompt_->clear();
  for (const PromptSummary& prompt : prompts) prompt_->addItem(QString::fromStdString(prompt.text));
  prompt_->setCurrentIndex(std::min(before, prompt_->count() - 1));
  filling_ = false;
}

void ComparePage::setTrees(PairTree first, PairTree second) {
  if (summaries_.empty()) return;
  QStringList remarks;
  if (first.tree && second.tree)
    for (const std::string& remark : pairing_remarks(*first.tree, summaries_[runOf(0)].seed,
                                                     *second.tree, summaries_[runOf(1)].seed)) {
      QString sentence = QString::fromStdString(remark);
      sentence[0] = sentence[0].toUpper();
      remarks << sentence + ".";
    }
  showSamples(first, second);
  const auto side = [&](int at, const PairTree& tree) {
    return pairedSide(letterOf(at), QString::fromStdString(summaries_[runOf(at)].name), tree.tree,
                      tree.missing);
  };
  const PairedSide a = side(0, first), b = side(1, second);
  images_->setTrees(a, b);
  trees_->setSides(a, b, remarks);
  if (view() == View::pictures) showCells();
}

// A column has the letter and colour of its run's group; samples are those of a group.
void ComparePage::setIteration(const IterationRead& read) {
  read_ = read;
  if (!read_.cancelled) showProgress(read_.done, read_.of, "%v of %m trees read");
  showIteration();
}

void ComparePage::showProgress(int done, int of, const QString& words) {
  progress_->setVisible(done < of);
  bar_->setFormat(words);
  bar_->setRange(0, of);
  bar_->setValue(done);
}

void ComparePage::setProbes(std::vector<std::vector<std::shared_ptr<const ProbeRecord>>> probes,
                            int of) {
  showProgress(static_cast<int>(probes.size()), of, "Probes of %v of %m runs read");
  probed_ = std::move(probes);
  showProbes();
}

void ComparePage::showProbes() {
  std::vector<ProbedRun> runs;
  for (std::size_t run = 0; run < std::min(probed_.size(), summaries_.size()); ++run)
    runs.push_back({letters_[run].toStdString(), summaries_[run].name,
                    static_cast<int>(groups_[run]), probed_[run]});
  probes_->setRuns(std::move(runs));
}

void ComparePage::showIteration() {
  ImageGrid grid = read_.grid;
  ComparedSamples samples;
  for (std::size_t run = 0; run < std::min(grid.columns.size(), letters_.size()); ++run) {
    grid.columns[run].letter = letters_[run].toStdString();
    grid.columns[run].run = groups_[run];
    samples.resize(std::max(samples.size(), groups_[run] + 1));
    samples[groups_[run]].letter = letters_[run].toStdString();
    pool(samples[groups_[run]].sample, read_.samples[run]);
  }
  curves_->setAllSamples(std::move(samples));
  const int step = images_->step();
  grid_->setGrid(std::move(grid));
  grid_->canvas().setStep(step);
  if (view() == View::pictures) showCells();
}

// The selected picture of the grid beside the reference; without one, beside the same prompt of the
// first other run.
void ComparePage::showCells() {
  const ImageGrid& grid = grid_->canvas().grid();
  const GridView& view = grid_->canvas().view();
  if (view.selected < 0 || grid.steps == 0) return;
  const std::int32_t columns = grid.columnCount(), column = view.selected % columns;
  const std::int32_t other = column == 0 && columns > 1 ? 1 : 0;
  const std::int32_t reference =
      view.reference >= 0 ? view.reference : view.selected - column + other;
  const auto pictures = [&](std::int32_t cell) {
    const GridColumn& column = grid.columns[static_cast<std::size_t>(cell % columns)];
    const GridCell& own = grid.cells[static_cast<std::size_t>(cell)];
    return ImagePair::Pictures{column.letter, column.run, own.pictures, own.missing};
  };
  images_->setPictures(pictures(reference), pictures(view.selected), grid.steps);
  images_->setStep(view.step);
}

void ComparePage::showSamples(const PairTree& first, const PairTree& second) {
  ComparedSamples samples;
  for (const PairTree* side : {&first, &second})
    samples.push_back({letterOf(side == &first ? 0 : 1).toStdString(),
                       side->tree ? sampleOf(*side->tree) : TreeSample()});
  curves_->setSamples(std::move(samples));
}

void ComparePage::showGroups(const std::vector<ComparedGroup>& groups, const QStringList& remarks) {
  remarks_->setText(
      remarks.isEmpty()
          ? QString()
          : QString(remarks.size() == 1 ? "⚠ %1 remark" : "⚠ %1 remarks").arg(remarks.size()));
  remarks_->setToolTip("<qt>" + remarks.join("<br>"));
  remarks_->setVisible(!remarks.isEmpty());
  for (std::size_t group = 0; group < groups.size(); ++group)
    for (const std::size_t run : groups[group].runs) {
      if (run >= letters_.size()) continue;
      letters_[run] = QString::fromStdString(groups[group].letter);
      groups_[run] = group;
    }
  fillChoices();
  showConfigs(groups);
  showIteration();
  showProbes();
  if (std::exchange(fresh_, false)) {
    choosePartner(groups);
    showLast();
  }
}

// The last iteration that both have.
void ComparePage::showLast() {
  if (summaries_.empty()) return;
  const int last = std::min(summaries_[runOf(0)].iterations, summaries_[runOf(1)].iterations) - 1;
  filling_ = true;
  iterations_[0]->setValue(std::max(0, last));
  filling_ = false;
  lookAt(iterations_[0]->value());
}

// A run of the second group with the seed of the first run, so that their trees share noise.
void ComparePage::choosePartner(const std::vector<ComparedGroup>& groups) {
  if (groups.size() < 2) return;
  const auto& candidates = groups[1].runs;
  const std::uint64_t seed = summaries_[runOf(0)].seed;
  const auto same = std::ranges::find_if(
      candidates, [&](std::size_t run) { return summaries_[run].seed == seed; });
  filling_ = true;
  sides_[1]->setCurrentIndex(
      static_cast<int>(same == candidates.end() ? candidates.front() : *same));
  filling_ = false;
}

// The configs of the first run of each group: its others differ by their seeds.
void ComparePage::showConfigs(const std::vector<ComparedGroup>& groups) {
  ComparedConfigs shown;
  std::vector<RunConfig> configs;
  for (const ComparedGroup& group : groups) {
    const ComparedRun& run = runs_[group.runs.front()];
    shown.letters.push_back(group.letter);
    shown.configs.push_back(config_entries(run.config));
    configs.push_back(run.config);
    for (const ParameterChanged& change : run.changes)
      shown.edits.push_back({group.letter, change});
  }
  try {
    if (!configs.empty()) shown.schedules = schedule_diff(configs);
  } catch (const Error&) {
    // One of them cannot be laid out as steps; its keys say so above.
  }
  differences_->setConfigs(std::move(shown));
}
}  // namespace treegrpo
