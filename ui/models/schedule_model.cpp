#include "models/schedule_model.h"

#include "canvas/number_text.h"
#include "canvas/schedule_drawing.h"

namespace treegrpo {
namespace {

struct RowWords {
  const char* title;
  const char* meaning;
};

constexpr RowWords words[schedule_rows] = {
    {"step t", "Denoising step, from noise (0) to image (T − 1)."},
    {"σ → σ′", "Noise level before and after the step: 1 is noise, 0 is the image."},
    {"type",
     "SDE: the step draws noise, so children differ and have a log-prob. ODE: it draws none. "
     "Space switches; drag across to paint."},
    {"children b", "Children of each node, b ≥ 1. The leaves are the roots times all b."},
    {"noise η", "Standard deviation of the step's noise, as a share a of the sampler's; 0 is ODE."},
    {"train",
     "Whether the edges of this step get gradients. Only an SDE step can. Space switches."},
    {"NFE so far",
     "Latents predicted up to this step: Σ w, w the roots times the b of the steps before. All "
     "children of a node share one prediction."}};

const char* fieldOf(ScheduleRow row) {
  switch (row) {
    case ScheduleRow::children:
      return "branch";
    case ScheduleRow::noise:
    case ScheduleRow::type:
      return "noise_level";
    case ScheduleRow::train:
      return "train";
    default:
      return nullptr;
  }
}

bool isEdited(ScheduleRow row) { return fieldOf(row) != nullptr; }

}  // namespace

ScheduleModel::ScheduleModel(QObject* parent) : QAbstractTableModel(parent) {}

void ScheduleModel::setSheet(ScheduleSheet sheet) {
  const bool same_size = sheet.schedule.steps.size() == sheet_.schedule.steps.size();
  if (!same_size) beginResetModel();
  sheet_ = std::move(sheet);
  nfe_ = frontiers(sheet_.schedule);
  for (std::size_t step = 1; step < nfe_.size(); ++step) nfe_[step] += nfe_[step - 1];
  if (!same_size) return endResetModel();
  if (columnCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(schedule_rows - 1, columnCount() - 1));
}

int ScheduleModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : schedule_rows;
}

int ScheduleModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(sheet_.schedule.steps.size());
}

const StepPlan& ScheduleModel::plan(int step) const {
  return sheet_.schedule.steps[static_cast<std::size_t>(step)];
}

QString ScheduleModel::text(ScheduleRow row, int step) const {
  const auto at = static_cast<std::size_t>(step);
  switch (row) {
    case ScheduleRow::step:
      return QString::number(step);
    case ScheduleRow::sigma:
      if (sheet_.sigmas.size() <= at + 1) return "–";
      return QString::fromStdString(fixedText(sheet_.sigmas[at], 2) + " → " +
                                    fixedText(sheet_.sigmas[at + 1], 2));
    case ScheduleRow::type:
      return plan(step).noise_level > 0 ? "SDE" : "ODE";
    case ScheduleRow::children:
      return QString::number(plan(step).branch);
    case ScheduleRow::noise:
      return plan(step).noise_level == 0
                 ? QString("0")
                 : QString::fromStdString(fixedText(plan(step).noise_level, 2));
    case ScheduleRow::train:
      return plan(step).train ? tr("yes") : tr("no");
    case ScheduleRow::nfe:
      return QString::fromStdString(countText(nfe_[at]));
  }
  return {};
}

QVariant ScheduleModel::edited(ScheduleRow row, int step) const {
  switch (row) {
    case ScheduleRow::type:
      return plan(step).noise_level > 0;
    case ScheduleRow::children:
      return plan(step).branch;
    case ScheduleRow::noise:
      return plan(step).noise_level;
    case ScheduleRow::train:
      return plan(step).train;
    default:
      return text(row, step);
  }
}

QString ScheduleModel::problem(ScheduleRow row, int step) const {
  const char* field = fieldOf(row);
  if (!field) return {};
  for (const ScheduleProblem& found : sheet_.problems) {
    const bool here = found.step == step && found.key.ends_with(std::string(".") + field);
    const bool leaves =
        found.step == step && found.key == "schedule.max_leaves" && row == ScheduleRow::children;
    if (here || leaves) return QString::fromStdString(found.sentence);
  }
  return {};
}

bool ScheduleModel::staged(ScheduleRow row, int step) const {
  const auto at = static_cast<std::size_t>(step);
  if (at >= sheet_.of_run.steps.size()) return isEdited(row);
  const StepPlan &now = plan(step), &before = sheet_.of_run.steps[at];
  switch (row) {
    case ScheduleRow::type:
      return (now.noise_level > 0) != (before.noise_level > 0);
    case ScheduleRow::children:
      return now.branch != before.branch;
    case ScheduleRow::noise:
      return now.noise_level != before.noise_level;
    case ScheduleRow::train:
      return now.train != before.train;
    default:
      return false;
  }
}

QVariant ScheduleModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto row = static_cast<ScheduleRow>(index.row());
  const int step = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return text(row, step);
    case Qt::EditRole:
      return edited(row, step);
    case Qt::TextAlignmentRole:
      return static_cast<int>(Qt::AlignCenter);
    case Qt::ToolTipRole: {
      const QString why = problem(row, step);
      return why.isEmpty() ? tr(words[index.row()].meaning) : why;
    }
    case Qt::AccessibleTextRole:
      return tr("Step %1, %2: %3").arg(step).arg(tr(words[index.row()].title), text(row, step));
    case Qt::AccessibleDescriptionRole:
    case problem_role:
      return problem(row, step);
    case staged_role:
      return staged(row, step);
    case noisy_role:
      return plan(step).noise_level > 0;
    default:
      return {};
  }
}

QVariant ScheduleModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal)
    return role == Qt::DisplayRole ? QVariant(QString::number(section)) : QVariant();
  if (section < 0 || section >= schedule_rows) return {};
  if (role == Qt::DisplayRole) return tr(words[section].title);
  if (role == Qt::ToolTipRole) return tr(words[section].meaning);
  return {};
}

Qt::ItemFlags ScheduleModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
  const bool edited = index.isValid() && isEdited(static_cast<ScheduleRow>(index.row()));
  return edited ? plain | Qt::ItemIsEditable : plain;
}

bool ScheduleModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid()) return false;
  const auto row = static_cast<ScheduleRow>(index.row());
  bool is_number = false;
  const double number = value.toDouble(&is_number);
  if (!isEdited(row) || !is_number) return false;
  if (value != edited(row, index.column())) Q_EMIT editAsked(row, index.column(), number);
  return true;
}

}  // namespace treegrpo
