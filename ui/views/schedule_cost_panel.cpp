#include "views/schedule_cost_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "base/byte_size.h"
#include "canvas/number_text.h"
#include "canvas/schedule_drawing.h"
#include "models/record_table_model.h"
#include "style/studio_style.h"
#include "tree/schedule_draft.h"

namespace treegrpo {
namespace {

constexpr int row_height = 24;
constexpr int share_role = Qt::UserRole + 7;  // of the largest NFE, for the bar

QString text(std::int64_t number) { return QString::number(number); }
QString fixed(double number, int decimals) {
  return QString::fromStdString(fixedText(number, decimals));
}
QString bytes(double size) {
  if (!std::isfinite(size)) return "–";
  return QString::fromStdString(byte_size_text(static_cast<std::int64_t>(size)));
}

// "−54 %" of more or less than another number.
QString change(double number, double other) {
  if (!(other > 0)) return "–";
  return QString::fromStdString(signedText(100 * (number / other - 1), 0)) + " %";
}

// Latents before the noisy block, in it and after it.
QString sumText(const TreeSchedule& schedule) {
  const NoisyBlock block = noisy_block(schedule);
  const std::vector<std::int64_t> latents = frontiers(schedule);
  std::int64_t parts[3] = {0, 0, 0};
  for (std::size_t step = 0; step < latents.size(); ++step) {
    const int at = static_cast<int>(step);
    parts[at < block.first ? 0 : at < block.end ? 1 : 2] += latents[step];
  }
  if (block.end == block.first) return QObject::tr("%1 in ODE steps").arg(parts[2]);
  return QObject::tr("%1 before + %2 in SDE steps + %3 after")
      .arg(parts[0])
      .arg(parts[1])
      .arg(parts[2]);
}

// A bar behind the number, as long as its share of the largest.
class BarCells : public QStyledItemDelegate {
 public:
  BarCells(const Theme* const& theme, QObject* parent)
      : QStyledItemDelegate(parent), theme_(theme) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const double share = index.data(share_role).toDouble();
    const bool drawn = index.data(Qt::FontRole).isValid();
    const int room = option.rect.width() - option.fontMetrics.horizontalAdvance("000000");
    QRect bar = option.rect.adjusted(0, 6, 0, -6);
    bar.setWidth(std::max(2, static_cast<int>(room * share)));
    painter->fillRect(bar, toQColor(drawn ? theme_->text : theme_->neutral));
    painter->save();
    QFont font = option.font;
    if (drawn) font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(toQColor(theme_->text));
    painter->drawText(option.rect.adjusted(bar.width() + 6, 0, 0, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    painter->setPen(toQColor(theme_->grid));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
  }

 private:
  const Theme* const& theme_;
};

void setTone(QLabel* label, const char* tone) {
  if (label->property("tone") == tone) return;
  label->setProperty("tone", tone);
  label->style()->unpolish(label);
  label->style()->polish(label);
}

}  // namespace

ScheduleCostPanel::ScheduleCostPanel(QWidget* parent)
    : QWidget(parent), theme_(&theme(ThemeKind::dark)) {
  setObjectName("scheduleCost");
  setProperty("panel", true);
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 8, 16, 8);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  auto* title = new QLabel(tr("Cost of one prompt"));
  title->setProperty("role", "heading");
  start_ = new QLabel;
  start_->setObjectName("scheduleCostStart");
  start_->setProperty("role", "secondary");
  head->addWidget(title);
  head->addStretch(1);
  head->addWidget(start_);
  column->addLayout(head);
  nfe_ =
      addFigure("scheduleNfe", tr("NFE to sample"),
                tr("NFE = Σₜ wₜ with wₜ = R · Π b of the steps before t: latents predicted while "
                   "sampling. Siblings share their parent's prediction. Guidance is not counted."));
  passes_ = addFigure("schedulePasses", tr("forward-backward passes"),
                      tr("Σ wₜ over the trained steps: latents predicted while training, once an "
                         "optimiser pass. One pass of a parent serves all its children."));
  latents_ = addFigure("scheduleLatents", tr("latents at most"),
                       tr("max wₜ, the leaves included: latents held at once for one prompt. Nodes "
                          "are all latents that the store keeps a row of."));
  memory_ = addLine(
      "scheduleMemory",
      tr("Tensors = model + optimiser + prompts · max wₜ latents + rows of a micro-batch "
         "of activations, each measured once on the run that trains here; for other runs, "
         "what the process took so far. Store = nodes · row + pictures, a mean over iterations."));
  time_ =
      addLine("scheduleTime",
              tr("Predicted: sampled rows · seconds a row + trained passes · seconds a pass, as "
                 "measured on this machine. Rows count guidance twice."));
  verdict_ = addLine("scheduleVerdict",
                     tr("The iteration that was measured last against what its schedule predicts; "
                        "more than 20 % apart is flagged."));
  expected_ =
      addLine("scheduleExpected",
              tr("Σ p(i) · NFE(i) over the starts i of the window: what an iteration's prompt "
                 "costs in the mean, by the keyframe that is shown; below, over all iterations of "
                 "the run."));
  addMethods();
  column->addStretch(1);
}

ScheduleCostPanel::Figure ScheduleCostPanel::addFigure(const QString& name, const QString& title,
                                                       const QString& meaning) {
  Figure figure{new QLabel, new QLabel(title), new QLabel};
  figure.number->setObjectName(name);
  figure.number->setProperty("role", "figure");
  figure.number->setMinimumWidth(78);
  figure.title->setProperty("role", "strong");
  figure.note->setProperty("role", "secondary");
  figure.note->setObjectName(name + "Note");
  figure.note->setWordWrap(true);
  auto* row = new QHBoxLayout;
  auto* words = new QVBoxLayout;
  words->setSpacing(1);
  words->addWidget(figure.title);
  words->addWidget(figure.note);
  row->addWidget(figure.number, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  for (QLabel* label : {figure.number, figure.title, figure.note}) label->setToolTip(meaning);
  return figure;
}

QLabel* ScheduleCostPanel::addLine(const QString& name, const QString& meaning) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setProperty("role", "secondary");
  label->setWordWrap(true);
  label->setToolTip(meaning);
  layout()->addWidget(label);
  return label;
}

std::vector<TableColumn> ScheduleCostPanel::methodColumns() const {
  const auto look = [this](int row, int role) -> QVariant {
    const MethodCost& method = cost_.methods[static_cast<std::size_t>(row)];
    if (role == Qt::FontRole && method.drawn) {
      QFont font = table_->font();
      font.setWeight(QFont::DemiBold);
      return font;
    }
    if (role != share_role) return {};
    double most = 1;
    for (const MethodCost& other : cost_.methods)
      most = std::max(most, static_cast<double>(other.counts.nfe));
    return static_cast<double>(method.counts.nfe) / most;
  };
  const auto number = [this](std::int64_t ScheduleCounts::*count) {
    return [this, count](int row) {
      return text(cost_.methods[static_cast<std::size_t>(row)].counts.*count);
    };
  };
  const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
  const auto title_of = [this](int row) {
    const std::string_view words = cost_.methods[static_cast<std::size_t>(row)].title;
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
  };
  return {
      {tr("Method"),
       tr("As published, with as many leaves where it has groups."),
       title_of,
       Qt::AlignLeft | Qt::AlignVCenter,
       {},
       look},
      {tr("NFE"),
       tr("Latents predicted while sampling one prompt."),
       number(&ScheduleCounts::nfe),
       Qt::AlignLeft | Qt::AlignVCenter,
       {},
       look},
      {tr("leaves"), tr("Images of a prompt."), number(&ScheduleCounts::leaves), right, {}, look},
      {tr("passes"),
       tr("Latents predicted while training one prompt."),
       number(&ScheduleCounts::trained_passes),
       right,
       {},
       look}};
}

void ScheduleCostPanel::addMethods() {
  beside_ = new QLabel(tr("Beside the other methods"));
  beside_->setProperty("role", "strong");
  layout()->addWidget(beside_);
  table_ = new QTableView;
  model_ = new RecordTableModel(this);
  table_->setObjectName("scheduleMethodsCost");
  table_->setAccessibleName(tr("Cost beside the other methods"));
  table_->setModel(model_);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setShowGrid(false);
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  table_->setTabKeyNavigation(false);  // Tab leaves it
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(row_height);
  table_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  model_->setTable(methodColumns(), 0);
  table_->setItemDelegateForColumn(1, new BarCells(theme_, table_));
  const QFontMetrics metrics(table_->font());
  for (const int column : {0, 2, 3})
    table_->setColumnWidth(
        column,
        metrics.horizontalAdvance(column == 0 ? "BranchGRPO" : "passes") + (column == 0 ? 22 : 24));
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  layout()->addWidget(table_);
}

void ScheduleCostPanel::setLooks(const Theme& theme) {
  theme_ = &theme;
  table_->viewport()->update();
}

void ScheduleCostPanel::setCost(ScheduleCost cost) {
  cost_ = std::move(cost);
  showFigures();
  showEstimates();
  showMeasured();
  model_->setRows(static_cast<int>(cost_.methods.size()));
  table_->setVisible(cost_.valid);
  beside_->setVisible(cost_.valid);
  table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                         row_height * static_cast<int>(cost_.methods.size()) + 2);
}

void ScheduleCostPanel::showFigures() {
  if (!cost_.valid) return showNoFigures();
  const ScheduleCounts &counts = cost_.counts, &flat = cost_.flat;
  const int start = noisy_block(cost_.schedule).first;
  start_->setText(counts.trained_edges > 0 ? tr("window start %1").arg(start) : QString());
  nfe_.number->setText(text(counts.nfe));
  nfe_.note->setText(tr("%1\n%2 for %3 separate trajectories: %4")
                         .arg(sumText(cost_.schedule), text(flat.nfe), text(counts.leaves),
                              change(double(counts.nfe), double(flat.nfe))));
  passes_.number->setText(text(counts.trained_passes));
  passes_.note->setText(
      tr("one a parent, %1 trained edges\n%2 if each leaf trained alone: %3")
          .arg(text(counts.trained_edges), text(flat.trained_passes),
               change(double(counts.trained_passes), double(flat.trained_passes))));
  latents_.number->setText(text(counts.frontier_peak));
  latents_.title->setText(tr("latents at most, %1 nodes stored").arg(counts.nodes));
  latents_.note->setText(tr("%1 leaves; %2 rows forward an iteration, guidance counted")
                             .arg(text(counts.leaves), fixed(cost_.iteration.forward_rows, 0)));
}

void ScheduleCostPanel::showNoFigures() {
  for (const Figure& figure : {nfe_, passes_, latents_}) {
    figure.number->setText("–");
    figure.note->setText(tr("not known while the draft cannot run"));
  }
  start_->clear();
  latents_.title->setText(tr("latents at most"));
}

QString ScheduleCostPanel::memoryAndStore() const {
  const QString store = bytes(cost_.iteration.store_bytes);
  if (!std::isnan(cost_.iteration.memory_bytes))
    return tr("tensors take %1 at most; store %2 an iteration")
        .arg(bytes(cost_.iteration.memory_bytes), store);
  return tr("store %1 an iteration; memory so far %2 at most")
      .arg(store, bytes(cost_.measured.peak_bytes));
}

void ScheduleCostPanel::showEstimates() {
  for (QLabel* label : {memory_, time_, expected_}) label->setVisible(cost_.valid);
  if (!cost_.valid) return;
  memory_->setText(memoryAndStore());
  time_->setText(tr("predicted %1 NFE, %2 s an iteration")
                     .arg(fixed(cost_.iteration.nfe, 0), fixed(cost_.iteration.seconds, 1)));
  const auto words = [](const QString& title, double run, double drawn) {
    return run == drawn ? tr("%1: %2").arg(title, fixed(drawn, 1))
                        : tr("%1: %2 now → %3").arg(title, fixed(run, 1), fixed(drawn, 1));
  };
  QString expected =
      words(tr("expected NFE over starts"), cost_.expected_run, cost_.expected_drawn);
  if (cost_.changes_over_training)
    expected += "\n" + words(tr("over the training"), cost_.training_run, cost_.training_drawn);
  expected_->setText(expected);
}

void ScheduleCostPanel::showMeasured() {
  if (cost_.measured.iteration < 0) {
    verdict_->setText(tr("No iteration was measured yet."));
    return setTone(verdict_, "");
  }
  const MeasuredIteration& measured = cost_.measured;
  const CostEstimate& predicted = cost_.predicted;
  const auto known = [](double share) { return std::isfinite(share) ? std::abs(share) : 0; };
  const double worst =
      std::max({known(deviation(predicted.nfe, measured.nfe)),
                known(deviation(predicted.trained_passes, measured.trained_passes)),
                known(deviation(predicted.seconds, measured.seconds))});
  const bool off = worst > tolerated_deviation;
  verdict_->setText(
      tr("it %1 predicted %2 NFE, %3\u00a0s; measured %4 NFE, %5\u00a0s: %6")
          .arg(measured.iteration)
          .arg(fixed(predicted.nfe, 0), fixed(predicted.seconds, 1), fixed(measured.nfe, 0),
               fixed(measured.seconds, 1),
               off ? tr("⚠ %1 % apart").arg(100 * worst, 0, 'f', 0) : tr("✓ within 20 %")));
  setTone(verdict_, off ? "warning" : "live");
}

}  // namespace treegrpo
