#include "focus.h"

#include <algorithm>
#include <utility>

namespace treegrpo {
namespace {

constexpr std::size_t longest_history = 500;

constexpr int trace_milliseconds = 300;  // a tree that is gone by then needs no arithmetic

Growing growingFrom(const TreeRecord& tree, std::int32_t first_new) {
  Growing growing;
  growing.on = true;
  growing.first_new = first_new;
  std::vector<bool> has_child(tree.nodes.size(), false);
  for (const TreeNode& node : tree.nodes)
    if (node.parent >= 0) has_child[static_cast<std::size_t>(node.parent)] = true;
  growing.evaluated = std::ranges::count(has_child, true);
  return growing;
}

// The record with the pictures of inner nodes that were seen while it grew and that it does not
// store itself.
std::shared_ptr<const TreeRecord> withPictures(std::shared_ptr<const TreeRecord> record,
                                               const std::shared_ptr<const TreeRecord>& seen) {
  if (!seen || seen->iteration != record->iteration || seen->prompt != record->prompt)
    return record;
  const std::size_t count = std::min(seen->nodes.size(), record->nodes.size());
  std::shared_ptr<TreeRecord> filled;
  for (std::size_t node = 0; node < count; ++node) {
    if (seen->nodes[node].image.empty() || !record->nodes[node].image.empty()) continue;
    if (!filled) filled = std::make_shared<TreeRecord>(*record);
    filled->nodes[node].image = seen->nodes[node].image;
  }
  return filled ? filled : record;
}

}  // namespace

NodePath nodePath(const TreeRecord& record, std::int32_t node) {
  return {record.nodes[static_cast<std::size_t>(node)].tree, path(record, node)};
}

std::int32_t nodeAt(const TreeRecord& record, const NodePath& path) {
  const auto find = [&](std::int32_t parent, std::int32_t from, std::int32_t child) {
    for (std::size_t i = static_cast<std::size_t>(from); i < record.nodes.size(); ++i) {
      const TreeNode& node = record.nodes[i];
      if (node.parent == parent && (parent < 0 ? node.tree : node.child) == child)
        return static_cast<std::int32_t>(i);
    }
    return std::int32_t{-1};
  };
  std::int32_t node = find(-1, 0, path.tree);
  for (const std::int32_t child : path.children) {
    if (node < 0) break;
    node = find(node, node + 1, child);
  }
  return node;
}

Focus::Focus(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session_, &Session::treeGrown, this, &Focus::grew);
  connect(&session_, &Session::treeCredited, this, &Focus::credited);
  connect(&session_, &Session::iterationFinished, this, &Focus::finished);
  connect(&session_, &Session::stateChanged, this, [this](RunState state) {
    if (state != RunState::running) catchUp();
  });
  connect(&session_, &Session::runFollowed, this, [this] {
    live_.reset();
    growing_tree_.reset();
    live_trees_.clear();
  });
  due_.setSingleShot(true);
  connect(&due_, &QTimer::timeout, this, &Focus::showLive);
  trace_due_.setSingleShot(true);
  trace_due_.setInterval(trace_milliseconds);
  connect(&trace_due_, &QTimer::timeout, this, &Focus::askTrace);
  session_.watch(watched_);
}

std::int32_t Focus::indexOf(const std::optional<NodePath>& path) const {
  return path && tree_ ? nodeAt(*tree_, *path) : -1;
}

std::int32_t Focus::selected() const {
  if (!growing_.on || !selected_) return indexOf(selected_);
  NodePath path = *selected_;
  std::int32_t node = indexOf(path);
  for (; node < 0 && !path.children.empty(); node = indexOf(path)) path.children.pop_back();
  return node;
}

std::set<std::int32_t> Focus::bookmarks() const {
  std::set<std::int32_t> nodes;
  if (tree_)
    for (const NodePath& path : bookmarks_)
      if (const std::int32_t node = nodeAt(*tree_, path); node >= 0) nodes.insert(node);
  return nodes;
}

void Focus::goTo(std::optional<NodePath> node) {
  selected_ = std::move(node);
  also_.clear();
  askTrace();
  Q_EMIT selectionChanged();
}

void Focus::select(std::int32_t node) {
  if (!tree_ || node >= static_cast<std::int32_t>(tree_->nodes.size())) return;
  std::optional<NodePath> path;
  if (node >= 0) path = nodePath(*tree_, node);
  if (path == selected_ && also_.empty()) return;
  if (path != selected_) {
    history_.resize(at_);
    if (history_.size() == longest_history) history_.erase(history_.begin());
    history_.push_back(path);
    at_ = history_.size();
  }
  goTo(std::move(path));
}

void Focus::selectMany(const std::set<std::int32_t>& nodes) {
  if (nodes.empty()) return select(-1);
  if (!nodes.contains(selected())) select(*nodes.begin());
  also_ = nodes;
  also_.erase(selected());
  Q_EMIT selectionChanged();
}

void Focus::setReference(std::int32_t node) {
  if (!tree_) return;
  const std::optional<NodePath> path =
      node < 0 ? std::nullopt : std::optional(nodePath(*tree_, node));
  reference_ = path == reference_ ? std::nullopt : path;
  Q_EMIT selectionChanged();
}

void Focus::toggleBookmark(std::int32_t node) {
  if (!tree_ || node < 0) return;
  const NodePath path = nodePath(*tree_, node);
  if (std::erase(bookmarks_, path) == 0) bookmarks_.push_back(path);
  Q_EMIT selectionChanged();
}

void Focus::setMarks(const FocusMarks& marks) {
  reference_ = marks.reference;
  bookmarks_ = marks.bookmarks;
  goTo(marks.selected);
}

void Focus::back() {
  if (!canGoBack()) return;
  --at_;
  goTo(history_[at_ - 1]);
}

void Focus::forward() {
  if (!canGoForward()) return;
  goTo(history_[at_++]);
}

void Focus::setFollowing(bool following) {
  if (following == following_) return;
  following_ = following;
  due_.stop();
  Q_EMIT followingChanged();
}

void Focus::pin() { setFollowing(false); }

void Focus::show(const Place& place) {
  setFollowing(false);
  const int question = ++*questions_;
  const bool again = !rule_.empty();
  std::vector<std::string> sets;
  if (again) sets.push_back("credit.rule=" + rule_);
  session_.ask<std::optional<CreditedTree>>(
      [place, again, sets, question,
       newest = questions_](Workbench& store) -> std::optional<CreditedTree> {
        if (question != *newest) return {};
        if (again) return store.credit(place.run, place.iteration, place.prompt, sets);
        return CreditedTree{store.tree(place.run, place.iteration, place.prompt), {}, false};
      },
      this,
      [this, place, question, again](std::optional<CreditedTree> answer) {
        if (!answer || question != *questions_) return;
        committed_ = true;
        setTree(place, std::make_shared<const TreeRecord>(std::move(answer->tree)), {});
        if (again) {
          trace_ = std::make_shared<const CreditTrace>(std::move(answer->trace));
          Q_EMIT traceChanged();
        }
      });
}

// Of credit it knows nothing: what was grown again is not trained.
void Focus::showRegrown(std::shared_ptr<const StoredRegrown> regrown) {
  if (!regrown) return show(place_);
  setFollowing(false);
  ++*questions_;
  committed_ = false;
  const std::int32_t from = regrown->regrown.node;
  const std::shared_ptr<const TreeRecord> tree(regrown, &regrown->regrown.tree);
  setTree(place_, tree, {}, std::move(regrown));
  select(from);
}

void Focus::follow() {
  setFollowing(true);
  if (live_) showLive();
}

void Focus::choosePrompt(PromptId prompt) {
  watched_ = prompt;
  session_.watch(prompt);
  if (place_.iteration < 0) return;
  const auto at = static_cast<std::size_t>(prompt.value);
  if (following_ && at < live_trees_.size()) {
    live_ = live_trees_[at];
    live_place_ = {live_place_.run, live_->iteration, prompt};
    growing_tree_.reset();
    showLive();
  } else {
    const bool was_following = following_;
    show({place_.run, place_.iteration, prompt});
    setFollowing(was_following);
  }
}

void Focus::setCreditRule(const std::string& rule) {
  if (rule == rule_) return;
  rule_ = rule;
  if (committed_) {
    const bool was_following = following_;
    show(place_);
    setFollowing(was_following);
  }
}

// Extends the tree in place as long as nobody else holds it.
void Focus::grew(RunId run, const TreeGrown& grown) {
  if (!grown.outline) return;
  const bool another = grown.first_node == 0 || !growing_tree_;
  const auto known = another ? 0 : static_cast<std::int32_t>(growing_tree_->nodes.size());
  if (known != grown.first_node) return;  // some were lost
  constexpr long own = 2;                 // growing_tree_ and live_
  if (another || growing_tree_.use_count() > own) {
    growing_tree_ = std::make_shared<TreeRecord>(another ? *grown.outline : *growing_tree_);
    first_new_ = known;
  }
  std::vector<TreeNode>& nodes = growing_tree_->nodes;
  nodes.insert(nodes.end(), grown.nodes.begin(), grown.nodes.end());
  for (const NodePicture& picture : grown.pictures)
    if (picture.node.value < static_cast<std::int32_t>(nodes.size()))
      nodes[static_cast<std::size_t>(picture.node.value)].image = *picture.image;
  live_ = growing_tree_;
  live_place_ = {run, grown.iteration, grown.prompt};
  live_trees_.clear();
  showWhenDue();
}

void Focus::credited(RunId run, const TreeCredited& credited) {
  live_ = withPictures(credited.trees, live_);
  live_place_ = {run, live_->iteration, live_->prompt};
  growing_tree_.reset();
  showWhenDue();
}

void Focus::finished(RunId run, const IterationFinished& finished) {
  if (finished.trees.empty()) return;
  live_trees_ = finished.trees;
  const auto at = std::min(static_cast<std::size_t>(watched_.value), live_trees_.size() - 1);
  live_ = live_trees_[at] = withPictures(live_trees_[at], live_);
  live_place_ = {run, live_->iteration, live_->prompt};
  growing_tree_.reset();
  showWhenDue();
}

void Focus::showWhenDue() {
  if (!following_ || due_.isActive()) return;
  const int wait = pace_ && session_.state() == RunState::running ? pace_() : 0;
  wait > 0 ? due_.start(wait) : showLive();
}

void Focus::catchUp() {
  if (due_.isActive()) showLive();
}

void Focus::showLive() {
  ++*questions_;
  due_.stop();
  committed_ = !live_trees_.empty();
  setTree(live_place_, live_, growing_tree_ ? growingFrom(*live_, first_new_) : Growing());
}

void Focus::setTree(const Place& place, std::shared_ptr<const TreeRecord> tree,
                    const Growing& growing, std::shared_ptr<const StoredRegrown> regrown) {
  const std::int32_t before = selected();
  const bool moved = place != place_;
  place_ = place;
  regrown_ = std::move(regrown);
  tree_ = std::move(tree);
  figures_ = std::make_shared<const TreeFigures>(treeFigures(*tree_));
  growing_ = growing;
  if (moved) also_.clear();
  trace_.reset();
  Q_EMIT treeChanged();
  if (selected() != before || moved) Q_EMIT selectionChanged();
  askTraceLater();
}

// Of a run that trains the next tree may come before anyone could read it.
void Focus::askTraceLater() {
  const bool may_go = pace_ && following_ && session_.state() == RunState::running;
  may_go ? trace_due_.start() : askTrace();
}

// The arithmetic is read of stored trees alone, and only while somebody looks at a node.
void Focus::askTrace() {
  trace_due_.stop();
  if (trace_ || !committed_ || selected() < 0) return;
  std::vector<std::string> sets;
  if (!rule_.empty()) sets.push_back("credit.rule=" + rule_);
  session_.ask<std::optional<CreditedTree>>(
      [place = place_, sets, question = questions_->load(),
       newest = questions_](Workbench& store) -> std::optional<CreditedTree> {
        if (question != *newest) return {};
        return store.credit(place.run, place.iteration, place.prompt, sets);
      },
      this,
      [this, place = place_](std::optional<CreditedTree> answer) {
        if (!answer || place != place_ || trace_) return;
        trace_ = std::make_shared<const CreditTrace>(std::move(answer->trace));
        Q_EMIT traceChanged();
      });
}

}  // namespace treegrpo
