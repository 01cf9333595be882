#include "models/run_library_model.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "canvas/number_text.h"
#include "compare/run_groups.h"
#include "models/record_table_model.h"
#include "models/run_words.h"

namespace treegrpo {
namespace {

constexpr quintptr top = 0;  // of an index: it has no parent

struct Title {
  const char *title, *tooltip;
};
constexpr Title titles[library_columns] = {
    {"★", "Starred: the tag \"star\". A click or * changes it."},
    {"Run", "Name of the run. F2 or a double click renames it."},
    {"Workspace", "File that the run is in; the tooltip of a run has its folder."},
    {"Method", "How trees grow and credit is given."},
    {"Status", "What the run is doing, or how it ended."},
    {"Iterations", "Iterations that are done and stored."},
    {"Reward", "Mean over leaves of the weighted rewards, of the last iteration."},
    {"Curve", "That reward over iterations; its own scale in each row."},
    {"Best eval.", "Greatest reward on held-out prompts."},
    {"NFE", "Function evaluations: latents predicted while sampling, from the run's beginning."},
    {"Wall time", "Hours, minutes and seconds of its iterations, without evaluation."},
    {"Seed", "run.seed: what all noise of the run is drawn from."},
    {"Tags", "Words of yours, divided by commas. F2 or a double click changes them."},
    {"Note", "The last note; the tooltip has all. N adds one."},
    {"Updated", "When something of the run was last stored, by this machine's clock."}};

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString number(double value) {
  return std::isfinite(value) ? text(fixedText(value, 3)) : QStringLiteral("–");
}

QString timeText(double seconds) {
  const qint64 all = std::llround(seconds);
  return QString("%1:%2:%3")
      .arg(all / 3600)
      .arg(all / 60 % 60, 2, 10, QChar('0'))
      .arg(all % 60, 2, 10, QChar('0'));
}

// Of those that are finite; none: no_value.
template <class Value>
double meanOf(const std::vector<std::size_t>& rows, const Value& value) {
  double sum = 0;
  int count = 0;
  for (const std::size_t row : rows)
    if (std::isfinite(value(row))) sum += value(row), ++count;
  return count ? sum / count : no_value;
}

QStringList words(const QString& list) {
  QStringList tags;
  for (const QString& tag : list.split(',')) tags << tag.trimmed();
  tags.removeAll(QString());
  tags.removeDuplicates();
  return tags;
}

QString notesOf(const LibraryRow& row) {
  QStringList lines;
  for (const Note& note : row.run.notes) lines << "• " + text(note.text);
  return lines.join('\n');
}

bool isNumber(LibraryColumn column) {
  using C = LibraryColumn;
  return (column >= C::iterations && column <= C::seed && column != C::curve) ||
         column == C::updated;
}

QString textOf(const LibraryRow& row, LibraryColumn column) {
  const RunSummary& run = row.run.summary;
  switch (column) {
    case LibraryColumn::star:
      return hasStar(run) ? "★" : "☆";
    case LibraryColumn::name:
      return text(run.name);
    case LibraryColumn::workspace:
      return text(workspaceName(row));
    case LibraryColumn::method:
      return text(run.method);
    case LibraryColumn::status:
      return statusWords(run).section(':', 0, 0);
    case LibraryColumn::iterations:
      return QString::number(run.iterations);
    case LibraryColumn::reward:
      return number(row.reward());
    case LibraryColumn::curve:
      return {};
    case LibraryColumn::best:
      return number(row.run.best);
    case LibraryColumn::nfe:
      return QLocale::c().toString(static_cast<qlonglong>(row.run.nfe));
    case LibraryColumn::time:
      return timeText(row.run.seconds);
    case LibraryColumn::seed:
      return QString::number(run.seed);
    case LibraryColumn::tags:
      return tagsOf(run);
    case LibraryColumn::notes:
      return row.run.notes.empty() ? QString()
                                   : text(row.run.notes.back().text).section('\n', 0, 0);
    case LibraryColumn::updated:
      return shortTime(run.updated);
  }
  return {};
}

QVariant keyOf(const LibraryRow& row, LibraryColumn column) {
  const RunSummary& run = row.run.summary;
  switch (column) {
    case LibraryColumn::star:
      return hasStar(run);
    case LibraryColumn::iterations:
      return run.iterations;
    case LibraryColumn::reward:
    case LibraryColumn::curve:
      return sortKey(row.reward());
    case LibraryColumn::best:
      return sortKey(row.run.best);
    case LibraryColumn::nfe:
      return static_cast<qlonglong>(row.run.nfe);
    case LibraryColumn::time:
      return row.run.seconds;
    case LibraryColumn::seed:
      return static_cast<qulonglong>(run.seed);
    case LibraryColumn::updated:
      return text(run.updated);
    default:
      return textOf(row, column);
  }
}

QString tooltipOf(const LibraryRow& row, LibraryColumn column) {
  const RunSummary& run = row.run.summary;
  switch (column) {
    case LibraryColumn::name:
      return text(run.name);
    case LibraryColumn::workspace:
      return row.workspace.empty() ? QString("The workspace that is open") : text(row.workspace);
    case LibraryColumn::status:
      return statusWords(run);
    case LibraryColumn::iterations:
      return QString("%1 of %2 iterations").arg(run.iterations).arg(run.iterations_planned);
    case LibraryColumn::notes:
      return notesOf(row);
    case LibraryColumn::updated:
      return localTime(run.updated).toString("yyyy-MM-dd HH:mm:ss");
    default:
      return QString::fromUtf8(titles[static_cast<int>(column)].tooltip);
  }
}

QString spokenOf(const LibraryRow& row, LibraryColumn column) {
  if (column == LibraryColumn::star) return hasStar(row.run.summary) ? "starred" : "not starred";
  if (column == LibraryColumn::curve)
    return row.run.rewards.empty()
               ? "no reward yet"
               : QString("reward from %1 to %2")
                     .arg(number(row.run.rewards.front()), number(row.reward()));
  return textOf(row, column);
}

}  // namespace

void RunLibraryModel::setRows(std::vector<LibraryRow> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  arrange();
  endResetModel();
}

void RunLibraryModel::setFilter(std::optional<Filter> filter) {
  beginResetModel();
  filter_ = std::move(filter);
  arrange();
  endResetModel();
}

void RunLibraryModel::setGrouping(LibraryGrouping grouping) {
  beginResetModel();
  grouping_ = grouping;
  arrange();
  endResetModel();
}

int RunLibraryModel::shown() const {
  return std::accumulate(groups_.begin(), groups_.end(), 0, [](int sum, const Group& group) {
    return sum + static_cast<int>(group.rows.size());
  });
}

void RunLibraryModel::arrange() {
  std::vector<std::size_t> shown;
  for (std::size_t row = 0; row < rows_.size(); ++row)
    if (!filter_ || filter_->matches(rows_[row].asked)) shown.push_back(row);
  groups_.clear();
  for (std::vector<std::size_t>& part : parts(shown))
    groups_.push_back(groupOf(groups_.size(), std::move(part)));
}

std::vector<std::vector<std::size_t>> RunLibraryModel::parts(
    const std::vector<std::size_t>& shown) const {
  if (!grouped()) return {shown};
  if (grouping_ == LibraryGrouping::workspace) return partsByWorkspace(shown);
  std::vector<const RunParameters*> parameters;
  for (const std::size_t row : shown) parameters.push_back(rows_[row].run.parameters.get());
  const bool method = grouping_ == LibraryGrouping::method;
  std::vector<std::vector<std::size_t>> parts =
      group_runs(parameters, {.keys = {method ? "method.name" : "run.seed"}, .by_equal = method});
  for (std::vector<std::size_t>& part : parts)
    for (std::size_t& row : part) row = shown[row];
  return parts;
}

std::vector<std::vector<std::size_t>> RunLibraryModel::partsByWorkspace(
    const std::vector<std::size_t>& shown) const {
  std::vector<std::vector<std::size_t>> parts;  // rows of a workspace stand together
  for (const std::size_t row : shown) {
    if (parts.empty() || rows_[parts.back().back()].workspace != rows_[row].workspace)
      parts.emplace_back();
    parts.back().push_back(row);
  }
  return parts;
}

RunLibraryModel::Group RunLibraryModel::groupOf(std::size_t number,
                                                std::vector<std::size_t> rows) const {
  Group group{.label = {}, .rows = std::move(rows)};
  if (!grouped()) return group;
  const LibraryRow& first = rows_[group.rows.front()];
  group.label = grouping_ == LibraryGrouping::workspace
                    ? QString("%1, n = %2").arg(text(workspaceName(first))).arg(group.rows.size())
                    : QString("%1: %2, n = %3")
                          .arg(text(group_letter(number)), text(first.run.summary.method))
                          .arg(group.rows.size());
  group.reward = meanOf(group.rows, [this](std::size_t row) { return rows_[row].reward(); });
  group.best = meanOf(group.rows, [this](std::size_t row) { return rows_[row].run.best; });
  return group;
}

const LibraryRow* RunLibraryModel::rowAt(const QModelIndex& index) const {
  if (!index.isValid() || (grouped() && index.internalId() == top)) return nullptr;
  const Group& group = groups_[grouped() ? index.internalId() - 1 : 0];
  return &rows_[group.rows[static_cast<std::size_t>(index.row())]];
}

QModelIndex RunLibraryModel::indexOf(const ListedRun& run) const {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t row = 0; row < groups_[g].rows.size(); ++row)
      if (rows_[groups_[g].rows[row]].listed() == run)
        return createIndex(static_cast<int>(row), 0, grouped() ? g + 1 : top);
  return {};
}

QModelIndex RunLibraryModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  const auto group = static_cast<quintptr>(parent.row() + 1);
  return createIndex(row, column, parent.isValid() ? group : top);
}

QModelIndex RunLibraryModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == top) return {};
  return createIndex(static_cast<int>(child.internalId()) - 1, 0, top);
}

int RunLibraryModel::rowCount(const QModelIndex& parent) const {
  if (!grouped()) return parent.isValid() ? 0 : shown();
  if (!parent.isValid()) return static_cast<int>(groups_.size());
  if (parent.internalId() != top || parent.column() != 0) return 0;
  return static_cast<int>(groups_[static_cast<std::size_t>(parent.row())].rows.size());
}

int RunLibraryModel::columnCount(const QModelIndex&) const { return library_columns; }

QVariant RunLibraryModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto column = static_cast<LibraryColumn>(index.column());
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) |
                               Qt::AlignVCenter);
  if (const LibraryRow* row = rowAt(index)) return rowData(*row, column, role);
  return groupData(groups_[static_cast<std::size_t>(index.row())], column, role);
}

QVariant RunLibraryModel::groupData(const Group& group, LibraryColumn column, int role) const {
  const double value = column == LibraryColumn::reward ? group.reward
                       : column == LibraryColumn::best ? group.best
                                                       : no_value;
  const bool mean = column == LibraryColumn::reward || column == LibraryColumn::best;
  if (role == sort_role) return mean ? sortKey(value) : QVariant(group.label);
  if (role == Qt::ToolTipRole && mean) return QString("Mean over the runs of the group");
  if (role != Qt::DisplayRole) return {};
  if (mean) return number(value);
  return column == LibraryColumn::name ? group.label : QString();
}

QVariant RunLibraryModel::rowData(const LibraryRow& row, LibraryColumn column, int role) const {
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return textOf(row, column);
    case Qt::ToolTipRole:
      return tooltipOf(row, column);
    case Qt::AccessibleTextRole:
      return spokenOf(row, column);
    case Qt::DecorationRole:
      return column == LibraryColumn::status
                 ? QVariant(icons_[static_cast<std::size_t>(row.run.summary.status)])
                 : QVariant();
    case sort_role:
      return keyOf(row, column);
    case curve_role:
      return column == LibraryColumn::curve ? QVariant::fromValue(QList<double>(
                                                  row.run.rewards.begin(), row.run.rewards.end()))
                                            : QVariant();
    default:
      return {};
  }
}

QVariant RunLibraryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= library_columns) return {};
  if (role == Qt::DisplayRole) return QString::fromUtf8(titles[section].title);
  if (role == Qt::ToolTipRole) return QString::fromUtf8(titles[section].tooltip);
  if (role == Qt::TextAlignmentRole && isNumber(static_cast<LibraryColumn>(section)))
    return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

Qt::ItemFlags RunLibraryModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractItemModel::flags(index);
  const auto column = static_cast<LibraryColumn>(index.column());
  const bool text = column == LibraryColumn::name || column == LibraryColumn::tags;
  const LibraryRow* row = editable_ && text ? rowAt(index) : nullptr;
  return row && row->listed().isHere() ? flags | Qt::ItemIsEditable : flags;
}

bool RunLibraryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const LibraryRow* row = role == Qt::EditRole ? rowAt(index) : nullptr;
  if (!row || !(flags(index) & Qt::ItemIsEditable)) return false;
  const RunSummary& run = row->run.summary;
  if (static_cast<LibraryColumn>(index.column()) == LibraryColumn::name) {
    const QString name = value.toString().trimmed();
    if (name != text(run.name)) Q_EMIT renameAsked(run.run.value, name);
    return false;
  }
  const QStringList before = words(tagsOf(run)), after = words(value.toString());
  QStringList added, removed;
  std::ranges::copy_if(after, std::back_inserter(added),
                       [&](const QString& tag) { return !before.contains(tag); });
  std::ranges::copy_if(before, std::back_inserter(removed),
                       [&](const QString& tag) { return !after.contains(tag); });
  if (!added.isEmpty() || !removed.isEmpty()) Q_EMIT tagsAsked(run.run.value, added, removed);
  return false;
}

}  // namespace treegrpo
