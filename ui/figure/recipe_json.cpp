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
  void operator()(const char* key, Value& value) {
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

// The keys of each kind of panel and of the page, in the order they are written: `io` reads or
// writes each.
struct Fields {
  template <class Io>
  static void of(Io& io, auto&& panel) {
    using Kind = std::remove_cvref_t<decltype(panel)>;
    if constexpr (requires { panel.runs; }) io("runs", panel.runs);
    if constexpr (requires { panel.run; }) io("run", panel.run);
    if constexpr (requires { panel.other_run; }) io("other_run", panel.other_run);
    if constexpr (requires { panel.iteration; }) io("iteration", panel.iteration);
    if constexpr (requires { panel.other_iteration; }) io("other_iteration", panel.other_iteration);
    if constexpr (requires { panel.prompt; }) io("prompt", panel.prompt);
    if constexpr (requires { panel.edges; }) io("edges", panel.edges);
    if constexpr (std::is_same_v<Kind, CurvesPanel>) {
      io("metric", panel.metric);
      io("x", panel.x);
      io("group", panel.group);
      io("band", panel.band);
      io("smoothing", panel.smoothing);
      io("running_mean", panel.running_mean);
      io("show_runs", panel.show_runs);
    } else if constexpr (std::is_same_v<Kind, TreePanel>) {
      io("order", panel.order);
      io("hoisted", panel.hoisted);
      io("collapsed", panel.collapsed);
    } else if constexpr (std::is_same_v<Kind, ImagesPanel>) {
      io("iterations", panel.iterations);
      io("prompts", panel.prompts);
      io("leaf", panel.leaf);
    } else if constexpr (std::is_same_v<Kind, ProbesPanel>) {
      io("seed", panel.seed);
    }
  }

  template <class Io>
  static void ofPage(Io& io, auto&& recipe) {
    io("title", recipe.title);
    io("venue", recipe.venue);
    io("width_mm", recipe.width_mm);
    io("font", recipe.font);
    io("text_pt", recipe.text_pt);
    io("letters", recipe.letters);
    io("sharp_pixels", recipe.sharp_pixels);
    io("outlines", recipe.outlines);
    io("provenance", recipe.provenance);
    io("dpi", recipe.dpi);
  }

  template <class Io>
  static void ofPlace(Io& io, auto&& panel) {
    io("share", panel.share);
    io("height_mm", panel.height_mm);
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
  keys("kind", kind);
  FigurePanel panel{emptyContent(kind)};
  std::visit([&](auto& content) { Fields::of(keys, content); }, panel.content);
  Fields::ofPlace(keys, panel);
  keys.refuseOthers();
  return panel;
}

FigureRecipe recipeOf(const Json& json) {
  Keys keys(json, "the recipe");
  int version = 0;
  keys("figure", version);
  if (version != recipe_version)
    throw configuration_error(version == 0
                                  ? "it is no recipe of a figure: \"figure\": 1 is missing"
                                  : "it is a recipe of version " + std::to_string(version) +
                                        "; this program reads version 1, a newer one may read it");
  FigureRecipe recipe;
  Fields::ofPage(keys, recipe);
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
  const auto into = [](Json& object) {
    return [&object](const char* key, const auto& value) { object[key] = value; };
  };
  const auto page = into(json);
  Fields::ofPage(page, recipe);
  json["panels"] = Json::array();
  for (const FigurePanel& panel : recipe.panels) {
    Json one;
    one["kind"] = kindOf(panel.content);
    const auto write = into(one);
    std::visit([&](const auto& content) { Fields::of(write, content); }, panel.content);
    Fields::ofPlace(write, panel);
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
