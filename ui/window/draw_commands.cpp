#include "window/draw_commands.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "window/weights_commands.h"

namespace treegrpo {
namespace {

// Those from the root to the node.
std::vector<std::int32_t> nodesTo(const TreeRecord& record, std::int32_t node) {
  std::vector<std::int32_t> nodes;
  for (; node >= 0; node = record.nodes[static_cast<std::size_t>(node)].parent)
    nodes.push_back(node);
  std::ranges::reverse(nodes);
  return nodes;
}

}  // namespace

QString drawnWords(const DrawnPath& drawn, std::int32_t iteration) {
  if (!began(drawn.weights, iteration))
    return QObject::tr(
               "Drawn with the %1; the tree was grown with those after %2: the same noise, other "
               "latents.")
        .arg(wordsOf(drawn.weights))
        .arg(iteration);
  if (!drawn.picture_difference)
    return QObject::tr("Drawn again with the weights that grew the tree.");
  if (*drawn.picture_difference == 0)
    return QObject::tr(
        "Drawn again with the weights that grew the tree; its stored pictures on this path are the "
        "same.");
  return QObject::tr(
             "Drawn again with the weights that grew the tree; its stored pictures on this path "
             "differ by at most %1 of 255.")
      .arg(*drawn.picture_difference);
}

DrawCommands::DrawCommands(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(&parts_.inspector, &NodeInspector::drawAsked, this, &DrawCommands::draw);
  connect(&parts_.inspector, &NodeInspector::shownChanged, this, [this] {
    refused_ = {};
    update();
  });
  connect(&parts_.focus, &Focus::selectionChanged, this, &DrawCommands::update);
  connect(&parts_.focus, &Focus::treeChanged, this, &DrawCommands::update);
  connect(&parts_.session, &Session::stateChanged, this, &DrawCommands::update);
  connect(&parts_.session, &Session::computingChanged, this, &DrawCommands::update);
  connect(&parts_.session, &Session::workEnded, this,
          [this](const QString& failure, bool cancelled) {
            if (!drawing_ || (failure.isEmpty() && !cancelled)) return;
            refuse(*std::exchange(drawing_, std::nullopt), cancelled ? tr("Cancelled.") : failure);
          });
}

void DrawCommands::update() {
  show();
  follow();
}

const DrawCommands::Kept* DrawCommands::keptOf(const NodePlace& of) const {
  const auto found = std::ranges::find(kept_, of, &Kept::of);
  return found == kept_.end() ? nullptr : &*found;
}

void DrawCommands::show() {
  const NodePlace of = selected();
  if (of.node < 0 || !parts_.focus.tree()) return;
  DrawnView view{.clean = nullptr,
                 .latent = nullptr,
                 .whose = {},
                 .missing = missingWords(),
                 .refusal = refused_ == of ? refusal_ : QString(),
                 .offered = of.place.iteration >= 0 && !parts_.focus.regrown(),
                 .drawing = drawing_.has_value()};
  if (parts_.focus.regrown())
    view.refusal =
        tr("What is shown was grown again; go back to the trained tree to draw its "
           "nodes.");
  else if (const Kept* kept = keptOf(of)) {
    view.clean = kept->clean;
    view.latent = kept->latent;
    view.whose = kept->whose;
  }
  parts_.inspector.setDrawn(view);
}

void DrawCommands::follow() {
  if (parts_.inspector.shown() != NodeImage::Shown::latent || !parts_.inspector.isVisible()) return;
  const NodePlace of = selected();
  const bool refused = refused_.node >= 0 && refused_.place == of.place;
  if (parts_.session.state() == RunState::running || parts_.session.computing() || refused) return;
  if (of.node >= 0 && !keptOf(of)) draw(of.node);
}

QString DrawCommands::missingWords() const {
  const auto node = static_cast<std::size_t>(parts_.focus.selected());
  if (parts_.focus.growing().on) return tr("Of this node there is no picture yet.");
  const ImageSection& images = parts_.history.config().images;
  if (parts_.focus.tree()->is_leaf(node))
    return tr("Image not stored: beyond %1 MB (images.budget_mb) a run keeps no more.")
        .arg(images.budget_mb);
  if (images.every <= 0)
    return tr("Image not stored: inner nodes keep theirs in iteration 0 (images.every).");
  return tr("Image not stored: inner nodes keep theirs in iteration 0 and every %1 iterations "
            "(images.every).")
      .arg(images.every);
}

void DrawCommands::refuse(const NodePlace& of, const QString& why) {
  refused_ = of;
  refusal_ = why;
  show();
}

void DrawCommands::draw(std::int32_t node) {
  const NodePlace of{parts_.focus.place(), node};
  const std::shared_ptr<const TreeRecord> tree = parts_.focus.tree();
  if (node < 0 || !tree || of.place.iteration < 0 || parts_.focus.regrown() || drawing_) return;
  if (parts_.session.computing())
    return refuse(of, tr("The engine is at other work for the window; wait for its end."));
  // Its config is read where the engine works.
  const auto options =
      std::make_shared<DrawOptions>(DrawOptions{.way = way_to(*tree, {node}), .config = {}});
  const auto nearest = [options, run = of.place.run, iteration = of.place.iteration](
                           Workbench& workbench, const std::optional<WeightsOrigin>& live) {
    options->config = workbench.config(run, iteration);
    return workbench.nearest_model(run, options->config, iteration, live);
  };
  const bool own = parts_.session.trainsHere() && parts_.session.run() == of.place.run;
  drawing_ = of;
  refused_ = {};
  parts_.session.compute<DrawnPath>(
      [nearest](Workbench& workbench) { return nearest(workbench, std::nullopt); },
      [options](ModelWork& model, const Proceed& proceed) { return model.draw(*options, proceed); },
      this,
      [this, place = of.place, nodes = nodesTo(*tree, node)](DrawnPath drawn) {
        drawing_.reset();
        keep(place, nodes, std::move(drawn));
        update();
      },
      tr("Draw node %1").arg(node),
      [nearest, own](Workbench& workbench, const WeightsOrigin& live) {
        return nearest(workbench, own ? std::optional(live) : std::nullopt);
      });
  show();
}

void DrawCommands::keep(const Place& place, const std::vector<std::int32_t>& nodes,
                        DrawnPath drawn) {
  const QString whose = drawnWords(drawn, place.iteration);
  for (std::size_t at = 0; at < drawn.nodes.size(); ++at) {
    const NodePlace of{place, nodes[at]};
    std::erase_if(kept_, [&](const Kept& kept) {
      if (kept.of != of) return false;
      bytes_ -= kept.clean->bytes() + kept.latent->bytes();
      return true;
    });
    DrawnNode& node = drawn.nodes[at];
    bytes_ += node.clean.bytes() + node.noisy.bytes();
    kept_.push_back({.of = of,
                     .clean = std::make_shared<const Image>(std::move(node.clean)),
                     .latent = std::make_shared<const Image>(std::move(node.noisy)),
                     .whose = whose});
  }
  forgetOld();
}

// The last one stays, however large.
void DrawCommands::forgetOld() {
  while (bytes_ > most_bytes && kept_.size() > 1) {
    bytes_ -= kept_.front().clean->bytes() + kept_.front().latent->bytes();
    kept_.pop_front();
  }
}

}  // namespace treegrpo
