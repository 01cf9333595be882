// A recipe as JSON and back, key by key: what is not known is refused.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "figure/figure_recipe.h"

namespace treegrpo {
namespace {

using Json = nlohmann::ordered_json;

constexpr int recipe_version = 1;

// The keys of an object, each asked for once; whatever is left is unknown.
class Keys {
 public:
  Keys(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object.is_object()) throw configuration_error(where_ + " is no JSON object");
  }

  template <class Value>
  void read(const char* key, Value& value) {
    known_.push_back(key);
    const auto found = object_.find(key);
    if (found == object_.end()) return;
    if (!fits<Value>(*found))
      throw configuration_error("'" + std::string(key) + "' of " + where_ +
                                " has a value of another type: " + found->dump());
    value = found->template get<Value>();
  }

  const Json* list(const char* key) {
    known_.push_back(key);
    const auto found = object_.find(key);
    return found != object_.end() && found->is_array() ? &*found : nullptr;
  }

  void refuseOthers() const {
    for (const auto& [key, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        throw configuration_error(where_ + " has no key '" + key + "'; remove it");
  }

 private:
  template <class Value>
  static bool fits(const Json& json) {
    if constexpr (std::is_same_v<Value, bool>) {
      return json.is_boolean();
    } else if constexpr (std::is_integral_v<Value>) {
      return json.is_number_integer() && json >= -2147483648LL && json <= 2147483647LL;
    } else if constexpr (std::is_floating_point_v<Value>) {
      return json.is_number();
    } else if constexpr (std::is_same_v<Value, std::string>) {
      return json.is_string();
    } else {
      if (!json.is_array()) return false;
      for (const Json& one : json)
        if (!fits<typename Value::value_type>(one)) return false;
      return true;
    }
  }

  const Json& object_;
  std::string where_;
  std::vector<std::string> known_;
};

struct ReadContent {
  Keys& keys;
  void operator()(CurvesPanel& panel) const {
    keys.read("runs", panel.runs);
    keys.read("metric", panel.metric);
    keys.read("x", panel.x);
    keys.read("group", panel.group);
    keys.read("band", panel.band);
    keys.read("smoothing", panel.smoothing);
  }
  void operator()(TreePanel& panel) const {
    keys.read("run", panel.run);
    keys.read("iteration", panel.iteration);
    keys.read("prompt", panel.prompt);
    keys.read("edges", panel.edges);
    keys.read("order", panel.order);
  }
  void operator()(ImagesPanel& panel) const {
    keys.read("runs", panel.runs);
    keys.read("iterations", panel.iterations);
    keys.read("prompts", panel.prompts);
    keys.read("leaf", panel.leaf);
  }
  void operator()(DistributionsPanel& panel) const {
    keys.read("run", panel.run);
    keys.read("iteration", panel.iteration);
    keys.read("prompt", panel.prompt);
  }
  void operator()(PairPanel& panel) const {
    keys.read("run", panel.run);
    keys.read("other_run", panel.other_run);
    keys.read("iteration", panel.iteration);
    keys.read("other_iteration", panel.other_iteration);
    keys.read("prompt", panel.prompt);
  }
  void operator()(ProbesPanel& panel) const {
    keys.read("run", panel.run);
    keys.read("seed", panel.seed);
  }
};

struct WriteContent {
  Json& json;
  void operator()(const CurvesPanel& panel) const {
    json["runs"] = panel.runs;
    json["metric"] = panel.metric;
    json["x"] = panel.x;
    json["group"] = panel.group;
    json["band"] = panel.band;
    json["smoothing"] = panel.smoothing;
  }
  void operator()(const TreePanel& panel) const {
    json["run"] = panel.run;
    json["iteration"] = panel.iteration;
    json["prompt"] = panel.prompt;
    json["edges"] = panel.edges;
    json["order"] = panel.order;
  }
  void operator()(const ImagesPanel& panel) const {
    json["runs"] = panel.runs;
    json["iterations"] = panel.iterations;
    json["prompts"] = panel.prompts;
    json["leaf"] = panel.leaf;
  }
  void operator()(const DistributionsPanel& panel) const {
    json["run"] = panel.run;
    json["iteration"] = panel.iteration;
    json["prompt"] = panel.prompt;
  }
  void operator()(const PairPanel& panel) const {
    json["run"] = panel.run;
    json["other_run"] = panel.other_run;
    json["iteration"] = panel.iteration;
    json["other_iteration"] = panel.other_iteration;
    json["prompt"] = panel.prompt;
  }
  void operator()(const ProbesPanel& panel) const {
    json["run"] = panel.run;
    json["seed"] = panel.seed;
  }
};

PanelContent emptyContent(const std::string& kind) {
  const PanelContent contents[] = {CurvesPanel{},        TreePanel{},   ImagesPanel{},
                                   DistributionsPanel{}, ProbesPanel{}, PairPanel{}};
  for (const PanelContent& one : contents)
    if (kindOf(one) == kind) return one;
  throw configuration_error("'" + kind + "' is no panel of a figure; there are curves, tree, " +
                            "images, distributions, probes and pair");
}

FigurePanel panelFrom(const Json& json, std::size_t number) {
  Keys keys(json, "panel " + std::to_string(number));
  std::string kind;
  keys.read("kind", kind);
  FigurePanel panel{emptyContent(kind)};
  keys.read("share", panel.share);
  keys.read("height_mm", panel.height_mm);
  std::visit(ReadContent{keys}, panel.content);
  keys.refuseOthers();
  return panel;
}

FigureRecipe recipeOf(const Json& json) {
  Keys keys(json, "the recipe");
  int version = 0;
  keys.read("figure", version);
  if (version != recipe_version)
    throw configuration_error(version == 0
                                  ? "it is no recipe of a figure: \"figure\": 1 is missing"
                                  : "it is a recipe of version " + std::to_string(version) +
                                        "; this program reads version 1, a newer one may read it");
  FigureRecipe recipe;
  keys.read("title", recipe.title);
  keys.read("venue", recipe.venue);
  keys.read("width_mm", recipe.width_mm);
  keys.read("letters", recipe.letters);
  keys.read("sharp_pixels", recipe.sharp_pixels);
  keys.read("outlines", recipe.outlines);
  keys.read("provenance", recipe.provenance);
  keys.read("dpi", recipe.dpi);
  if (const Json* panels = keys.list("panels"))
    for (const Json& panel : *panels)
      recipe.panels.push_back(panelFrom(panel, recipe.panels.size() + 1));
  keys.refuseOthers();
  check(recipe);
  return recipe;
}

}  // namespace

std::string jsonOf(const FigureRecipe& recipe) {
  Json json;
  json["figure"] = recipe_version;
  json["title"] = recipe.title;
  json["venue"] = recipe.venue;
  json["width_mm"] = recipe.width_mm;
  json["letters"] = recipe.letters;
  json["sharp_pixels"] = recipe.sharp_pixels;
  json["outlines"] = recipe.outlines;
  json["provenance"] = recipe.provenance;
  json["dpi"] = recipe.dpi;
  json["panels"] = Json::array();
  for (const FigurePanel& panel : recipe.panels) {
    Json one;
    one["kind"] = kindOf(panel.content);
    std::visit(WriteContent{one}, panel.content);
    one["share"] = panel.share;
    one["height_mm"] = panel.height_mm;
    json["panels"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

FigureRecipe recipeFrom(std::string_view json, const std::string& source) {
  try {
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded()) throw configuration_error("it is no JSON");
    return recipeOf(parsed);
  } catch (const Error& error) {
    throw error.within("in the figure recipe '" + source + "'");
  }
}

}  // namespace treegrpo
