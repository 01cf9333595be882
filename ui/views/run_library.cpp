#include "views/run_library.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "models/run_words.h"

namespace treegrpo {
namespace {

constexpr int name_column = static_cast<int>(LibraryColumn::name);
constexpr int workspace_column = static_cast<int>(LibraryColumn::workspace);
constexpr int curve_column = static_cast<int>(LibraryColumn::curve);

}  // namespace

RunLibrary::RunLibrary(QWidget* parent)
    : QWidget(parent, Qt::Window),
      strip_(new MessageStrip),
      filter_(new FilterField),
      grouping_(new QComboBox),
      table_(new QTreeView),
      count_(new QLabel),
      compare_(new QPushButton("Compare selected")),
      curve_(new Sparkline(RunLibraryModel::curve_role, this)),
      pages_(new QStackedWidget),
      trash_(new TrashList),
      show_trash_(new QPushButton("Trash")),
      import_(new QPushButton("Import runs…")),
      list_(new QPushButton("Add workspace…")),
      others_(new ListedWorkspaces),
      import_these_(new QAction("Import into this workspace", this)),
      open_theirs_(new QAction("Open its workspace", this)) {
  setObjectName("runLibrary");
  setWindowTitle("Run library");
  resize(1320, 620);
  sorted_.setSourceModel(&model_);
  sorted_.setSortRole(RunLibraryModel::sort_role);
  dressTable();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(strip_);
  column->addWidget(makeHead());
  column->addWidget(others_);
  column->addWidget(pages_, 1);
  pages_->addWidget(table_);
  pages_->addWidget(trash_);
  column->addWidget(makeFoot());
  connect(&model_, &RunLibraryModel::renameAsked, this, &RunLibrary::renameAsked);
  connect(&model_, &RunLibraryModel::tagsAsked, this, &RunLibrary::tagsAsked);
  connect(trash_, &TrashList::restoreAsked, this, &RunLibrary::restoreAsked);
  connect(trash_, &TrashList::purgeAsked, this, &RunLibrary::purgeAsked);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunLibrary::count);
  connect(filter_, &FilterField::filterChanged, this, [this](const std::optional<Filter>& filter) {
    const std::vector<ListedRun> chosen = selected();
    model_.setFilter(filter);
    select(chosen);
  });
  connect(others_, &ListedWorkspaces::openAsked, this, &RunLibrary::workspaceAsked);
  connect(others_, &ListedWorkspaces::removalAsked, this, &RunLibrary::listingEndAsked);
  addKeys();
  addRemedies();
  setLooks(theme(ThemeKind::dark));
  count();
}

QWidget* RunLibrary::makeHead() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(8, 8, 8, 8);
  grouping_->setObjectName("libraryGrouping");
  grouping_->setAccessibleName("Group by");
  grouping_->addItems({"none", "all but seed", "method", "workspace"});
  grouping_->setToolTip(
      "All but seed: runs that differ in nothing but run.seed and their names, changes made while "
      "they ran included.");
  auto* label = new QLabel("Group by");
  label->setBuddy(grouping_);
  label->setMinimumHeight(grouping_->sizeHint().height());
  row->addWidget(filter_, 1);
  row->addWidget(label, 0, Qt::AlignTop);
  row->addWidget(grouping_, 0, Qt::AlignTop);
  connect(grouping_, &QComboBox::currentIndexChanged, this, &RunLibrary::group);
  return head;
}

QWidget* RunLibrary::makeFoot() {
  auto* foot = new QWidget;
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(8, 6, 8, 8);
  count_->setObjectName("libraryCount");
  count_->setProperty("role", "secondary");
  compare_->setObjectName("libraryCompare");
  compare_->setToolTip("Shows the selected runs side by side (Ctrl+Return)");
  show_trash_->setObjectName("libraryTrash");
  show_trash_->setCheckable(true);
  show_trash_->setToolTip("Shows the runs that were deleted and can be brought back.");
  import_->setObjectName("libraryImport");
  import_->setToolTip("Copies runs of another workspace into this one.");
  list_->setObjectName("libraryList");
  list_->setToolTip("Lists the runs of another workspace beside those of this one.");
  connect(show_trash_, &QPushButton::toggled, pages_, &QStackedWidget::setCurrentIndex);
  connect(import_, &QPushButton::clicked, this, [this] { Q_EMIT importAsked({}, {}); });
  connect(list_, &QPushButton::clicked, this, &RunLibrary::listingAsked);
  row->addWidget(count_, 1);
  row->addWidget(list_);
  row->addWidget(import_);
  row->addWidget(show_trash_);
  row->addWidget(compare_);
  connect(compare_, &QPushButton::clicked, this, &RunLibrary::compareSelected);
  return foot;
}

void RunLibrary::dressTable() {
  table_->setObjectName("libraryTable");
  table_->setAccessibleName("All runs");
  table_->setModel(&sorted_);
  table_->setTreePosition(name_column);
  table_->setRootIsDecorated(false);
  table_->setUniformRowHeights(true);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  table_->setItemDelegateForColumn(curve_column, curve_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(-1, Qt::AscendingOrder);
  QHeaderView* titles = table_->header();
  titles->setSortIndicatorClearable(true);
  titles->setSectionsMovable(false);
  titles->setStretchLastSection(false);
  titles->setMinimumSectionSize(28);
  titles->setSectionResizeMode(QHeaderView::ResizeToContents);
  titles->setSectionResizeMode(name_column, QHeaderView::Stretch);
  table_->installEventFilter(this);
  connect(table_, &QTreeView::clicked, this, &RunLibrary::clicked);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(table_, &QWidget::customContextMenuRequested, this, &RunLibrary::menuAt);
}

void RunLibrary::addKeys() {
  const auto on = [this](const QKeySequence& keys, auto work) {
    auto* key = new QShortcut(keys, this);
    connect(key, &QShortcut::activated, this, work);
  };
  on(QKeySequence("Ctrl+Return"), [this] { compare_->click(); });
  on(QKeySequence::Find, [this] { filter_->line().setFocus(); });
}

void RunLibrary::setLooks(const Theme& theme) {
  std::array<QIcon, 7> icons;
  for (std::size_t i = 0; i < icons.size(); ++i)
    icons[i] = statusIcon(static_cast<RunStatus>(i), theme);
  model_.setIcons(std::move(icons));
  curve_->setColors(theme.runs[0], theme.selection_text);
  table_->viewport()->update();
}

void RunLibrary::setLibrary(Library library) {
  const std::vector<ListedRun> chosen = selected();
  model_.setRows(std::move(library.rows));
  table_->setColumnHidden(workspace_column, library.others.empty());
  others_->setWorkspaces(library.others);
  filter_->setNames(std::move(library.names));
  show_trash_->setText(library.trash.empty() ? QString("Trash")
                                             : QString("Trash (%1)").arg(library.trash.size()));
  trash_->setRuns(std::move(library.trash));
  select(chosen);
}

void RunLibrary::setEditable(bool editable) {
  editable_ = editable;
  model_.setEditable(editable);
  trash_->setEditable(editable);
  import_->setEnabled(editable);
  import_these_->setEnabled(editable);
}

const LibraryRow* RunLibrary::rowAt(const QModelIndex& shown) const {
  return model_.rowAt(sorted_.mapToSource(shown));
}

std::vector<ListedRun> RunLibrary::selected() const {
  std::vector<std::pair<int, ListedRun>> places;
  for (const QModelIndex& shown : table_->selectionModel()->selectedRows())
    if (const LibraryRow* row = rowAt(shown))
      places.emplace_back(table_->visualRect(shown).top(), row->listed());
  std::ranges::stable_sort(places, {}, &std::pair<int, ListedRun>::first);
  std::vector<ListedRun> runs;
  for (const auto& [top, run] : places) runs.push_back(run);
  return runs;
}

void RunLibrary::select(const std::vector<ListedRun>& runs) {
  table_->expandAll();
  auto* selection = table_->selectionModel();
  for (const ListedRun& run : runs) {
    const QModelIndex shown = sorted_.mapFromSource(model_.indexOf(run));
    if (!shown.isValid()) continue;
    if (run == runs.front()) selection->setCurrentIndex(shown, QItemSelectionModel::NoUpdate);
    selection->select(shown, QItemSelectionModel::Select | QItemSelectionModel::Rows);
  }
  count();
}

void RunLibrary::group() {
  const std::vector<ListedRun> chosen = selected();
  const auto grouping = static_cast<LibraryGrouping>(grouping_->currentIndex());
  model_.setGrouping(grouping);
  table_->setRootIsDecorated(grouping != LibraryGrouping::none);
  select(chosen);
}

void RunLibrary::count() {
  const int total = model_.total(), shown = model_.shown();
  const auto chosen = selected().size();
  QString words = total == 0 ? QString("No runs yet. Each is listed here from its first tree on.")
                  : shown == total ? QString(total == 1 ? "%1 run" : "%1 runs").arg(total)
                                   : QString("%1 of %2 runs match").arg(shown).arg(total);
  if (chosen > 0) words += QString(", %1 selected").arg(chosen);
  count_->setText(words);
  compare_->setEnabled(chosen > 1);
}

}  // namespace treegrpo
