#include "views/node_inspector.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "canvas/number_text.h"
#include "style/icons.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr int padding = 10;
// Tabs of the picture, as they stand.
constexpr NodeImage::Shown tabs[] = {NodeImage::Shown::prediction, NodeImage::Shown::latent,
                                     NodeImage::Shown::difference};
constexpr int latent_tab = 1, difference_tab = 2;
constexpr int least_number_width = 64;  // px: a name such as t10.26 as the title of its column

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

// Tables go from edge to edge, all else keeps a distance.
QLayout* padded(QLayout* layout) {
  layout->setContentsMargins(padding, 0, padding, 0);
  return layout;
}

void copyText(const QString& words) { QGuiApplication::clipboard()->setText(words); }

// A node's picture as an owner of the record.
std::shared_ptr<const Image> imageOf(const std::shared_ptr<const TreeRecord>& record,
                                     std::int32_t node) {
  if (!record || node < 0) return nullptr;
  return {record, &record->nodes[static_cast<std::size_t>(node)].image};
}

QIcon thumbnail(const Image& image) {
  if (image.empty()) return {};
  const QImage view(image.rgb.data(), image.width, image.height, 3 * image.width,
                    QImage::Format_RGB888);
  return QPixmap::fromImage(view.scaled(36, 36, Qt::KeepAspectRatio));
}

std::vector<std::int32_t> childrenOf(const TreeRecord& record, std::int32_t node) {
  std::vector<std::int32_t> found;
  for (std::size_t at = static_cast<std::size_t>(node) + 1; at < record.nodes.size(); ++at)
    if (record.nodes[at].parent == node) found.push_back(static_cast<std::int32_t>(at));
  return found;
}

// The column of one node's numbers; they outlive it.
TableColumn numberColumn(const QString& title, const std::vector<NodeNumber>& numbers) {
  const auto at = [&numbers](int row) -> const NodeNumber& {
    return numbers[static_cast<std::size_t>(row)];
  };
  return {.title = title,
          .tooltip = "The numbers of a node; each line says what it means.",
          .text = [at](int row) { return text(at(row).text); },
          .alignment = Qt::AlignRight,
          .look =
              [at](int row, int role) {
                if (role == Qt::ToolTipRole) return QVariant(text(at(row).tooltip));
                return role == SignDelegate::advantage_role ? QVariant(at(row).advantage)
                                                            : QVariant();
              }};
}

}  // namespace

NodeInspector::NodeInspector(QWidget* parent)
    : QWidget(parent), theme_(&theme(ThemeKind::dark)), pages_(new QStackedLayout(this)) {
  setObjectName("nodeInspector");
  setProperty("panel", true);
  setMinimumWidth(300);
  no_node_ = new NoNode;
  makeTables();
  ledger_view_ = new LedgerView;
  auto* page = new QWidget;
  page->setProperty("panel", true);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, padding, 0, padding);
  column->setSpacing(8);
  column->addLayout(padded(makeHead()));
  column->addLayout(padded(makeFacts()));
  column->addWidget(numbers_.table);
  column->addLayout(padded(makeTitle()));
  auto* ledger = new QHBoxLayout;
  ledger->addWidget(ledger_view_);
  column->addLayout(padded(ledger));
  column->addWidget(children_table_);
  column->addWidget(more_numbers_.table);
  column->addLayout(padded(makeCommand()));
  column->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setObjectName("nodeScroll");
  scroll->setAccessibleName("Numbers of the node");
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(page);
  pages_->addWidget(no_node_);
  pages_->addWidget(scroll);
  connectAll();
  setLooks(*theme_);
}

RecordTable* NodeInspector::makeNumbers(NumbersTable& numbers, const char* name) {
  numbers.table = new RecordTable(&numbers.model, RecordTable::Choice::on_press);
  numbers.table->setObjectName(name);
  numbers.table->setSortingEnabled(false);
  numbers.table->setSelectionMode(QAbstractItemView::NoSelection);
  numbers.table->setFocusPolicy(Qt::NoFocus);
  numbers.table->setItemDelegate(signs_);
  return numbers.table;
}

void NodeInspector::makeTables() {
  signs_ = new SignDelegate(this);
  makeNumbers(numbers_, "nodeNumbers")->setAccessibleName("Numbers of this node");
  makeNumbers(more_numbers_, "nodeMoreNumbers")->setAccessibleName("More numbers of this node");
  children_table_ = new RecordTable(&children_model_, RecordTable::Choice::on_press);
  children_table_->setObjectName("nodeChildren");
  children_table_->setAccessibleName("Children of this node");
  children_table_->setItemDelegate(signs_);
}

void NodeInspector::connectAll() {
  connect(breadcrumb_, &Breadcrumb::nodeChosen, this, &NodeInspector::nodeChosen);
  connect(ledger_view_, &LedgerView::nodeChosen, this, &NodeInspector::nodeChosen);
  connect(children_table_, &RecordTable::rowChosen, this,
          [this](int row) { Q_EMIT nodeChosen(children_[static_cast<std::size_t>(row)]); });
  connect(shown_, &QTabBar::currentChanged, this, [this] {
    image_->setShown(shown());
    if (has(node_)) showDrawn();
    Q_EMIT shownChanged();
  });
  connect(draw_, &QPushButton::clicked, this, [this] { Q_EMIT drawAsked(node_); });
  connect(image_, &NodeImage::captionChanged, this,
          [this] { caption_->setText(image_->caption()); });
  connect(regrow_, &QPushButton::clicked, this, [this] { Q_EMIT regrowAsked(node_); });
  connect(more_leaves_, &QPushButton::clicked, this, [this] { Q_EMIT moreLeavesAsked(node_); });
  connect(command_copy_, &QToolButton::clicked, this, [this] { copyText(command_); });
  connect(ledger_copy_, &QToolButton::clicked, this, [this] { copyText(ledgerAsText()); });
}

void NodeInspector::setTree(std::shared_ptr<const TreeRecord> record,
                            std::shared_ptr<const TreeFigures> figures,
                            std::shared_ptr<const CreditTrace> trace,
                            std::optional<std::int32_t> node) {
  if (!record) figures = nullptr;
  if (!figures && record) figures = std::make_shared<const TreeFigures>(treeFigures(*record));
  if (record == record_ && figures == figures_ && trace == trace_)
    return node ? setNode(*node) : void();
  const bool other_rewards = record != record_ || figures != figures_;
  record_ = std::move(record);
  figures_ = std::move(figures);
  trace_ = std::move(trace);
  if (node && *node != node_) {
    node_ = *node;
    drawn_ = {};
  }
  if (other_rewards) rewards_below_.reset();
  refresh();
}

void NodeInspector::setNode(std::int32_t node) {
  if (node == node_) return;
  node_ = node;
  drawn_ = {};
  refresh();
}

void NodeInspector::setReference(std::int32_t node) {
  if (node == reference_) return;
  reference_ = node;
  refresh();
}

void NodeInspector::setLooks(const Theme& theme) {
  theme_ = &theme;
  no_node_->setLooks(theme);
  image_->setLooks(theme);
  signs_->setLooks(theme);
  regrow_->setIcon(icon("regrow", theme));
  more_leaves_->setIcon(icon("plus", theme));
  draw_->setIcon(icon("regrow", theme));
  command_copy_->setIcon(icon("copy", theme));
  refresh();
}

void NodeInspector::setCommand(const QString& command) {
  command_ = command;
  if (!stale_) showCommand();
}

void NodeInspector::setExploring(bool exploring) {
  exploring_ = exploring;
  refresh();
}

void NodeInspector::setDrawn(const DrawnView& drawn) {
  drawn_ = drawn;
  if (stale_ || !has(node_)) return;
  showImages();
  showDrawn();
}

NodeImage::Shown NodeInspector::shown() const {
  return tabs[static_cast<std::size_t>(shown_->currentIndex())];
}

QString NodeInspector::ledgerAsText() const {
  return has(node_) ? text(ledgerText(creditLedger(*record_, *figures_, trace_.get(), node_)))
                    : QString();
}

void NodeInspector::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) refresh();
}

bool NodeInspector::has(std::int32_t node) const {
  return record_ && node >= 0 && static_cast<std::size_t>(node) < record_->nodes.size();
}

QString NodeInspector::nameOf(std::int32_t node) const {
  return text(nodeName(*record_, *figures_, node));
}

// Out of sight nothing is worked out: a tree may grow a hundred times before anyone looks.
void NodeInspector::refresh() {
  stale_ = !isVisible();
  // No row may be read of a tree that is gone.
  if (stale_ || !has(node_)) {
    children_of_ = -1;
    children_model_.setTable({}, 0);
  }
  if (stale_) return;
  pages_->setCurrentIndex(has(node_) ? 1 : 0);
  if (!has(node_)) {
    image_->setImages(nullptr, nullptr);
    return;
  }
  if (!rewards_below_) rewards_below_ = rewardsBelow(*record_, *figures_);
  showHead();
  showAdvantage();
  showNumbers();
  showLedger();
  showChildren();
}

void NodeInspector::showHead() {
  breadcrumb_->setCrumbs(crumbsTo(*record_, *figures_, node_));
  state_->setText(text(nodeState(*record_, node_)));
  key_->setText(nameOf(node_) + ", key " + text(nodeKey(*record_, node_)));
  const bool compared = has(reference_) && reference_ != node_;
  if (!compared && shown_->currentIndex() == difference_tab) shown_->setCurrentIndex(0);
  if (compared != shown_->isTabEnabled(difference_tab))
    shown_->setTabEnabled(difference_tab, compared);
  shown_->setTabToolTip(latent_tab, text(latentWords(*record_, node_)));
  showImages();
  showDrawn();
  regrow_->setVisible(exploring_ && !record_->is_leaf(static_cast<std::size_t>(node_)));
  more_leaves_->setVisible(exploring_ && !record_->is_leaf(static_cast<std::size_t>(node_)));
  showCommand();
}

void NodeInspector::showImages() {
  const bool compared = has(reference_) && reference_ != node_;
  std::shared_ptr<const Image> image = imageOf(record_, node_);
  if (image->empty() && drawn_.clean) image = drawn_.clean;
  image_->setImages(std::move(image), imageOf(record_, compared ? reference_ : -1), drawn_.latent);
}

// Below the picture: whose weights drew it, or that it is not there and can be drawn.
void NodeInspector::showDrawn() {
  const bool latent = shown() == NodeImage::Shown::latent;
  const bool stored = !record_->nodes[static_cast<std::size_t>(node_)].image.empty();
  const bool drawn = latent ? drawn_.latent != nullptr : drawn_.clean != nullptr;
  const bool lacking = !drawn && (latent || !stored);
  QString words = drawn_.missing;
  if (latent) words = tr("Latents are not stored; this one can be drawn again.");
  if (!drawn_.refusal.isEmpty()) words = drawn_.refusal;
  if (!lacking) words = latent || !stored ? drawn_.whose : QString();
  drawn_of_->setText(words);
  drawn_of_->setVisible(!words.isEmpty());
  draw_->setVisible(lacking && drawn_.offered);
  draw_->setEnabled(!drawn_.drawing);
  draw_->setText(drawn_.drawing ? tr("Drawing…") : latent ? tr("Draw xₜ") : tr("Draw again"));
}

void NodeInspector::showCommand() {
  command_text_->setText(command_);
  command_text_->setVisible(!command_.isEmpty());
  command_copy_->setVisible(!command_.isEmpty());
}

void NodeInspector::showAdvantage() {
  const TreeNode& node = record_->nodes[static_cast<std::size_t>(node_)];
  // Where the edge in has none of its own, what is backed up from here is the number that counts.
  const bool passes = !trains(*record_, node_) && std::isfinite(node.value);
  const double advantage = passes ? node.value : node.advantage;
  const bool leaf = record_->is_leaf(static_cast<std::size_t>(node_));
  advantage_of_->setText(!passes ? "advantage of the edge in"
                         : leaf  ? "advantage of the leaf, backed up from here"
                                 : "value backed up to here");
  mark_->setPixmap(signPixmap(advantage, *theme_, 16, devicePixelRatioF()));
  mark_->setVisible(advantage > 0 || advantage < 0);
  const bool broken = std::isnan(advantage) && figures_->credited && trains(*record_, node_) &&
                      figures_->broken[static_cast<std::size_t>(node_)] != 0;
  advantage_->setText(broken ? "NaN" : text(signedText(advantage, 2)));
  setLook(*advantage_, "tone",
          broken          ? "error"
          : advantage > 0 ? "positive"
          : advantage < 0 ? "negative"
                          : "");
  advantage_->setToolTip(
      trains(*record_, node_)
          ? "A of the edge into this node, in deviations of the group: what the objective "
            "min(ρA, clip(ρ, 1 ± ε) A) weighs the step with."
          : "The edge into this node does not train, so it has no advantage of its own; this value "
            "passes through it towards the root.");
}

void NodeInspector::showNumbers() {
  fillNumbers(numbers_, true);
  fillNumbers(more_numbers_, false);
}

void NodeInspector::fillNumbers(NumbersTable& numbers, bool main) {
  const auto linesOf = [this, main](std::int32_t node) {
    auto lines = nodeNumbers(*record_, *figures_, *rewards_below_, node);
    std::erase_if(lines, [main](const NodeNumber& line) { return line.main != main; });
    return lines;
  };
  const bool compared = has(reference_) && reference_ != node_;
  const QStringList titles{nameOf(node_), compared ? "ref " + nameOf(reference_) : QString()};
  const std::size_t lines = numbers.numbers.size();
  numbers.numbers = linesOf(node_);
  numbers.reference = compared ? linesOf(reference_) : std::vector<NodeNumber>();
  if (titles == numbers.titles && lines == numbers.numbers.size())
    return numbers.table->touchRows();
  numbers.titles = titles;
  std::vector<TableColumn> columns = {numberColumn(main ? "" : "More numbers", numbers.numbers),
                                      numberColumn(titles[0], numbers.numbers)};
  columns[0].text = [&numbers](int row) {
    return text(numbers.numbers[static_cast<std::size_t>(row)].label);
  };
  columns[0].alignment = Qt::AlignLeft;
  columns[0].look = [&numbers](int row, int role) {
    const NodeNumber& line = numbers.numbers[static_cast<std::size_t>(row)];
    return role == Qt::ToolTipRole ? QVariant(text(line.tooltip)) : QVariant();
  };
  if (compared) columns.push_back(numberColumn(titles[1], numbers.reference));
  numbers.model.setTable(std::move(columns), static_cast<int>(numbers.numbers.size()));
  QHeaderView& header = *numbers.table->horizontalHeader();
  int least = least_number_width;
  for (const QString& title : titles)
    least = std::max(least, header.fontMetrics().horizontalAdvance(title) + 2 * padding);
  header.setMinimumSectionSize(least);
  numbers.table->setStretched(0);
  numbers.table->fitHeight(static_cast<int>(numbers.numbers.size()));
}

void NodeInspector::showLedger() {
  ledger_ = creditLedger(*record_, *figures_, trace_.get(), node_);
  ledger_view_->setRows(ledger_, *theme_);
}

TableColumn NodeInspector::rewardColumn(std::size_t column) const {
  const auto value = [this, column](int row) {
    return (*rewards_below_)[column]
                            [static_cast<std::size_t>(children_[static_cast<std::size_t>(row)])];
  };
  const QString name = text(record_->reward_names[column]);
  return {.title = name,
          .tooltip = "Mean raw reward " + name + " over the leaves below the child.",
          .text = [value](int row) { return text(fixedText(value(row), 3)); },
          .alignment = Qt::AlignRight,
          .sort_key = [value](int row) { return sortKey(value(row)); }};
}

std::vector<TableColumn> NodeInspector::childColumns() const {
  const auto node = [this](int row) -> const TreeNode& {
    const std::int32_t child = children_[static_cast<std::size_t>(row)];
    return record_->nodes[static_cast<std::size_t>(child)];
  };
  std::vector<TableColumn> columns = {
      {.title = "Child",
       .tooltip = "The nodes that one step leads to from here. Click or Return selects one.",
       .text = [this](int row) { return nameOf(children_[static_cast<std::size_t>(row)]); },
       .sort_key = [this](int row) { return children_[static_cast<std::size_t>(row)]; },
       .look =
           [node](int row, int role) {
             return role == Qt::DecorationRole ? QVariant(thumbnail(node(row).image)) : QVariant();
           }}};
  constexpr std::size_t most_rewards = 3;  // that fit beside each other in a dock
  for (std::size_t at = 0; at < std::min(rewards_below_->size(), most_rewards); ++at)
    columns.push_back(rewardColumn(at));
  columns.push_back({.title = "A",
                     .tooltip = "Advantage of the edge to the child; a dash where it does not "
                                "train.",
                     .text = [node](int row) { return text(signedText(node(row).advantage, 2)); },
                     .alignment = Qt::AlignRight,
                     .sort_key = [node](int row) { return sortKey(node(row).advantage); },
                     .look =
                         [node](int row, int role) {
                           return role == SignDelegate::advantage_role
                                      ? QVariant(node(row).advantage)
                                      : QVariant();
                         }});
  return columns;
}

void NodeInspector::showChildren() {
  // While a tree grows the row that the keys stand on stays.
  const int row = children_of_ == node_ ? children_table_->chosenRow() : -1;
  std::vector<std::int32_t> children = childrenOf(*record_, node_);
  std::vector<std::string> rewards;
  if (!rewards_below_->empty()) rewards = record_->reward_names;
  const bool same = children_of_ == node_ && children == children_ && rewards == children_rewards_;
  children_of_ = node_;
  children_rewards_ = std::move(rewards);
  children_ = std::move(children);
  if (same) return children_table_->touchRows();
  children_model_.setTable(childColumns(), static_cast<int>(children_.size()));
  children_table_->setStretched(0);
  children_table_->setChosenRow(row);
  children_table_->fitHeight(8);
  children_table_->setVisible(!children_.empty());
}

}  // namespace treegrpo
