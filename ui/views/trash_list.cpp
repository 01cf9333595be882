#include "views/trash_list.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

#include "base/byte_size.h"
#include "models/run_words.h"

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

}  // namespace

TrashList::TrashList(QWidget* parent)
    : QWidget(parent),
      table_(new RecordTable(&model_, RecordTable::Choice::on_press, this)),
      restore_(new QPushButton("Restore")),
      empty_(new QPushButton) {
  table_->setObjectName("trashTable");
  table_->setAccessibleName("Runs in the trash");
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  model_.setTable(columns(), 0);
  table_->setStretched(0);
  restore_->setObjectName("trashRestore");
  restore_->setToolTip("Lists the selected runs among the others again, with all they had.");
  empty_->setObjectName("trashEmpty");
  empty_->setToolTip(
      "Removes these runs for good. The bytes are those of their pictures; checkpoints and rows "
      "come on top.");
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 6, 8, 8);
  row->addStretch();
  row->addWidget(restore_);
  row->addWidget(empty_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(table_, 1);
  column->addLayout(row);
  connect(restore_, &QPushButton::clicked, this, [this] { Q_EMIT restoreAsked(selected()); });
  connect(empty_, &QPushButton::clicked, this, [this] {
    std::vector<RunId> all;
    for (const RunSummary& run : runs_) all.push_back(run.run);
    Q_EMIT purgeAsked(all);
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &TrashList::enable);
  setRuns({});
}

std::vector<TableColumn> TrashList::columns() const {
  const auto at = [this](int row) -> const RunSummary& {
    return runs_[static_cast<std::size_t>(row)];
  };
  return {{.title = "Run",
           .tooltip = "Name of the run; it is free for another one.",
           .text = [at](int row) { return text(at(row).name); }},
          {.title = "Method",
           .tooltip = "How trees grow and credit is given.",
           .text = [at](int row) { return text(at(row).method); }},
          {.title = "Iterations",
           .tooltip = "Iterations that are done and stored.",
           .text = [at](int row) { return QString::number(at(row).iterations); },
           .alignment = Qt::AlignRight,
           .sort_key = [at](int row) { return at(row).iterations; }},
          {.title = "Pictures",
           .tooltip = "Bytes of its stored pictures.",
           .text = [at](int row) { return text(byte_size_text(at(row).image_bytes)); },
           .alignment = Qt::AlignRight,
           .sort_key = [at](int row) { return static_cast<qlonglong>(at(row).image_bytes); }},
          {.title = "Deleted",
           .tooltip = "When it was put into the trash, by this machine's clock.",
           .text = [at](int row) { return shortTime(at(row).deleted); },
           .alignment = Qt::AlignRight,
           .sort_key = [at](int row) { return text(at(row).deleted); }}};
}

void TrashList::setRuns(std::vector<RunSummary> runs) {
  runs_ = std::move(runs);
  model_.setRows(static_cast<int>(runs_.size()));
  std::int64_t bytes = 0;
  for (const RunSummary& run : runs_) bytes += run.image_bytes;
  empty_->setText(runs_.empty()
                      ? QString("Empty trash")
                      : QString("Empty trash (frees %1)").arg(text(byte_size_text(bytes))));
  enable();
}

void TrashList::setEditable(bool editable) {
  editable_ = editable;
  enable();
}

std::vector<RunId> TrashList::selected() const {
  std::vector<RunId> runs;
  for (const QModelIndex& row : table_->selectionModel()->selectedRows())
    runs.push_back(runs_[static_cast<std::size_t>(table_->sorted().mapToSource(row).row())].run);
  return runs;
}

void TrashList::enable() {
  restore_->setEnabled(editable_ && table_->selectionModel()->hasSelection());
  empty_->setEnabled(editable_ && !runs_.empty());
}

}  // namespace treegrpo
