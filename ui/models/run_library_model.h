// The runs of a workspace as rows of a tree: filtered, and under a header a group where they are
// grouped. Edits are asked for by signals; the rows come back changed.
#pragma once

#include <QAbstractItemModel>
#include <QIcon>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "compare/filter.h"
#include "models/library_row.h"

namespace treegrpo {

enum class LibraryColumn : std::uint8_t {
  star,
  name,
  workspace,
  method,
  status,
  iterations,
  reward,
  curve,
  best,
  nfe,
  time,
  seed,
  tags,
  notes,
  updated
};
inline constexpr int library_columns = 15;

enum class LibraryGrouping : std::uint8_t { none, all_but_seed, method, workspace };

class RunLibraryModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  static constexpr int sort_role = Qt::UserRole;
  static constexpr int curve_role = Qt::UserRole + 1;  // QList<double>

  using QAbstractItemModel::QAbstractItemModel;

  // Each is a reset of the model.
  void setRows(std::vector<LibraryRow> rows);
  void setFilter(std::optional<Filter> filter);
  void setGrouping(LibraryGrouping grouping);
  // Names and tags of the open workspace may be written.
  void setEditable(bool editable) { editable_ = editable; }
  // Of each status, shown beside its word.
  void setIcons(std::array<QIcon, 7> icons) { icons_ = std::move(icons); }

  int total() const { return static_cast<int>(rows_.size()); }
  int shown() const;
  // Null where the index is a group's header.
  const LibraryRow* rowAt(const QModelIndex& index) const;
  QModelIndex indexOf(const ListedRun& run) const;  // invalid: it is not shown

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  // Asks; what is shown stays as it is until the rows come anew.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renameAsked(qint64 run, const QString& name);
  void tagsAsked(qint64 run, const QStringList& added, const QStringList& removed);

 private:
  struct Group {
    QString label;
    std::vector<std::size_t> rows;
    double reward = no_value;  // mean over its runs, as the next
    double best = no_value;
  };
  void arrange();
  std::vector<std::vector<std::size_t>> partsByWorkspace(
      const std::vector<std::size_t>& shown) const;
  std::vector<std::vector<std::size_t>> parts(const std::vector<std::size_t>& shown) const;
  Group groupOf(std::size_t number, std::vector<std::size_t> rows) const;
  bool grouped() const { return grouping_ != LibraryGrouping::none; }
  QVariant groupData(const Group& group, LibraryColumn column, int role) const;
  QVariant rowData(const LibraryRow& row, LibraryColumn column, int role) const;

  std::vector<LibraryRow> rows_;
  std::optional<Filter> filter_;
  LibraryGrouping grouping_ = LibraryGrouping::none;
  std::vector<Group> groups_;  // ungrouped: one, that has no header
  std::array<QIcon, 7> icons_;
  bool editable_ = true;
};

}  // namespace treegrpo
