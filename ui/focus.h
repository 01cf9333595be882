// What the window looks at: the tree of one prompt of one iteration of a run, and the nodes chosen
// in it. One for all views; every change of it is told by a signal. GUI thread only.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "canvas/tree_figures.h"
#include "canvas/tree_view.h"
#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "session.h"

namespace treegrpo {

// Which tree.
struct Place {
  RunId run;
  std::int32_t iteration = -1;  // -1: no tree
  PromptId prompt;
  bool operator==(const Place&) const = default;
};

// A node by its way from the root: it names the same place in trees of other iterations.
struct NodePath {
  std::int32_t tree = 0;
  std::vector<std::int32_t> children;
  bool operator==(const NodePath&) const = default;
};

// What a user marked, which is the same in every tree.
struct FocusMarks {
  std::optional<NodePath> selected, reference;
  std::vector<NodePath> bookmarks;
  bool operator==(const FocusMarks&) const = default;
};

// The way to a node of a record, and back: -1 where the record has no such node (yet).
NodePath nodePath(const TreeRecord& record, std::int32_t node);
std::int32_t nodeAt(const TreeRecord& record, const NodePath& path);

// While it follows, it shows the tree of the run in progress that is being grown, and each tree
// after it; a selection is kept as a path and found again in the next tree. show() pins.
class Focus : public QObject {
  Q_OBJECT

 public:
  explicit Focus(Session& session, QObject* parent = nullptr);

  const Place& place() const { return place_; }
  const std::shared_ptr<const TreeRecord>& tree() const { return tree_; }  // null: none
  const std::shared_ptr<const TreeFigures>& figures() const { return figures_; }
  const std::shared_ptr<const CreditTrace>& trace() const { return trace_; }  // null: not known
  const Growing& growing() const { return growing_; }
  bool following() const { return following_; }

  // While a tree grows: the newest node on the way to the selected one.
  std::int32_t selected() const;
  std::int32_t reference() const { return indexOf(reference_); }
  std::set<std::int32_t> alsoSelected() const { return also_; }
  std::set<std::int32_t> bookmarks() const;

  void select(std::int32_t node);
  void selectMany(const std::set<std::int32_t>& nodes);
  void setReference(std::int32_t node);  // the same node again: none
  void toggleBookmark(std::int32_t node);
  FocusMarks marks() const { return {selected_, reference_, bookmarks_}; }
  void setMarks(const FocusMarks& marks);  // those of an earlier session
  void back();
  void forward();
  bool canGoBack() const { return at_ > 1; }
  bool canGoForward() const { return at_ < history_.size(); }

  // Shows what was grown again from the tree of place() in its stead, from the node that it was
  // grown from; null: back to that tree. Any other choice of a tree goes back as well.
  void showRegrown(std::shared_ptr<const StoredRegrown> regrown);
  const std::shared_ptr<const StoredRegrown>& regrown() const { return regrown_; }  // null: none

  // Pins another tree of a run, read from the store; a place that is not there is told by failed().
  void show(const Place& place);
  // Back to the run in progress, or to the last tree it showed.
  void follow();
  // Holds still on the tree that is shown.
  void pin();
  // While it follows a run that trains, a change of its tree waits for so many milliseconds, and
  // what comes until then is shown with it. Without: each at once.
  void setPace(std::function<int()> milliseconds) { pace_ = std::move(milliseconds); }
  // Shows what waits for its time.
  void catchUp();
  // Another prompt of the same iteration; while following, of the trees to come too.
  void choosePrompt(PromptId prompt);

  // The rule that edges are credited by; empty: that of the run.
  const std::string& creditRule() const { return rule_; }
  void setCreditRule(const std::string& rule);

 Q_SIGNALS:
  void treeChanged();       // tree, figures, place or growing
  void selectionChanged();  // selected, also, reference, bookmarks
  void traceChanged();
  void followingChanged();

 private:
  std::int32_t indexOf(const std::optional<NodePath>& path) const;
  void goTo(std::optional<NodePath> node);
  void grew(RunId run, const TreeGrown& grown);
  void credited(RunId run, const TreeCredited& credited);
  void finished(RunId run, const IterationFinished& finished);
  void showWhenDue();
  void showLive();
  void setTree(const Place& place, std::shared_ptr<const TreeRecord> tree, const Growing& growing,
               std::shared_ptr<const StoredRegrown> regrown = nullptr);
  void askTrace();
  void askTraceLater();
  void setFollowing(bool following);

  Session& session_;
  Place place_;
  std::shared_ptr<const TreeRecord> tree_;
  std::shared_ptr<const TreeFigures> figures_;
  std::shared_ptr<const CreditTrace> trace_;
  std::shared_ptr<const StoredRegrown> regrown_;
  Growing growing_;

  Place live_place_;  // of the tree below, the newest of the run in progress
  std::shared_ptr<const TreeRecord> live_;
  std::shared_ptr<TreeRecord> growing_tree_;                   // live_, while it grows
  std::int32_t first_new_ = 0;                                 // of its nodes, since it was shown
  std::vector<std::shared_ptr<const TreeRecord>> live_trees_;  // of the last iteration, by prompt

  std::function<int()> pace_;
  QTimer due_;        // of a change that waits
  QTimer trace_due_;  // of the question for its arithmetic

  bool following_ = true;
  bool committed_ = false;  // the shown tree is in the store, and of the run's training
  PromptId watched_;
  std::string rule_;
  // Asked for trees so far: an older question is passed over, and its answer is not shown.
  std::shared_ptr<std::atomic<int>> questions_ = std::make_shared<std::atomic<int>>(0);

  std::optional<NodePath> selected_, reference_;
  std::set<std::int32_t> also_;
  std::vector<NodePath> bookmarks_;
  std::vector<std::optional<NodePath>> history_;
  std::size_t at_ = 0;  // one past the entry of history_ that is shown
};

}  // namespace treegrpo
