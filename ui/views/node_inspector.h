// One node in full, beside the tree: its picture with a pixel probe, its numbers beside those of
// the reference, the arithmetic behind its advantage, its children.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTabBar>
#include <QToolButton>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "canvas/tree_figures.h"
#include "models/record_table_model.h"
#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "style/theme.h"
#include "views/breadcrumb.h"
#include "views/ledger_view.h"
#include "views/no_node.h"
#include "views/node_image.h"
#include "views/node_numbers.h"
#include "views/record_table.h"
#include "views/sign_mark.h"

namespace treegrpo {

// What is drawn again of the shown node, and what is said of it.
struct DrawnView {
  std::shared_ptr<const Image> clean, latent;  // null: not drawn
  QString whose;                               // a sentence: with which weights
  QString missing;                             // why its picture is not stored
  QString refusal;                             // why it could not be drawn; empty: nobody tried
  bool offered = false;                        // it can be asked for
  bool drawing = false;
};

class NodeInspector : public QWidget {
  Q_OBJECT

 public:
  explicit NodeInspector(QWidget* parent = nullptr);

  // Each may be null; the trace may come later than the tree. Figures are those of the record. A
  // node or reference that the tree has not is none. With a tree its node can be told at once.
  void setTree(std::shared_ptr<const TreeRecord> record, std::shared_ptr<const TreeFigures> figures,
               std::shared_ptr<const CreditTrace> trace, std::optional<std::int32_t> node = {});
  void setNode(std::int32_t node);
  void setReference(std::int32_t node);
  void setLooks(const Theme& theme);
  // The command line that makes this node again; empty: none is offered.
  void setCommand(const QString& command);
  // Whether a subtree can be regrown and more leaves be sampled from a node.
  void setExploring(bool exploring);

  // Of the shown node, until it is another one.
  void setDrawn(const DrawnView& drawn);

  NodeImage::Shown shown() const;  // which tab of the picture is chosen
  std::int32_t node() const { return node_; }
  std::int32_t reference() const { return reference_; }
  // The ledger of the shown node, as "Copy as text" copies it.
  QString ledgerAsText() const;

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);
  void regrowAsked(std::int32_t node);
  void moreLeavesAsked(std::int32_t node);
  void drawAsked(std::int32_t node);
  void shownChanged();  // another tab of the picture

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  // Numbers of the node and of the reference, which may have none.
  struct NumbersTable {
    std::vector<NodeNumber> numbers, reference;
    QStringList titles;  // of their columns
    RecordTableModel model;
    RecordTable* table = nullptr;
  };
  QLayout* makeHead();
  void makeTabs();
  QLayout* makeFacts();
  QLayout* makeActions();
  QLayout* makeCommand();
  QLayout* makeDrawn();
  QLayout* makeTitle();
  RecordTable* makeNumbers(NumbersTable& numbers, const char* name);
  void makeTables();
  void connectAll();

  bool has(std::int32_t node) const;
  QString nameOf(std::int32_t node) const;
  void refresh();  // of all that is shown, now or when it comes into sight
  void showHead();
  void showImages();
  void showDrawn();
  void showCommand();
  void showAdvantage();
  void showNumbers();
  void fillNumbers(NumbersTable& numbers, bool main);
  void showLedger();
  void showChildren();
  std::vector<TableColumn> childColumns() const;
  TableColumn rewardColumn(std::size_t column) const;

  std::shared_ptr<const TreeRecord> record_;
  std::shared_ptr<const TreeFigures> figures_;
  std::shared_ptr<const CreditTrace> trace_;
  std::optional<std::vector<std::vector<double>>> rewards_below_;  // once it is looked at
  std::int32_t node_ = -1, reference_ = -1;
  const Theme* theme_;
  QString command_;
  DrawnView drawn_;
  bool exploring_ = false;
  bool stale_ = true;

  NumbersTable numbers_, more_numbers_;
  std::vector<LedgerRow> ledger_;
  std::vector<std::int32_t> children_;
  std::int32_t children_of_ = -1;
  std::vector<std::string> children_rewards_;  // that their table has columns of
  RecordTableModel children_model_;

  QStackedLayout* pages_;
  NoNode* no_node_;
  Breadcrumb* breadcrumb_;
  QLabel* state_;
  NodeImage* image_;
  QTabBar* shown_;
  QLabel* key_;
  QLabel* caption_;
  QLabel* mark_;
  QLabel* advantage_;
  QLabel* advantage_of_;
  QPushButton *regrow_, *more_leaves_, *draw_;
  QLabel* drawn_of_;
  QLabel* command_text_;
  QToolButton* command_copy_;
  QToolButton* ledger_copy_;
  RecordTable* children_table_;
  SignDelegate* signs_;
  LedgerView* ledger_view_;
};

}  // namespace treegrpo
