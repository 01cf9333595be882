#include "figure/figure_provenance.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace treegrpo {

FigureProvenance provenanceOf(const FigureRecipe& recipe, const FigureData& data,
                              const std::string& version) {
  FigureProvenance provenance;
  provenance.title = recipe.title;
  provenance.program = "TreeGRPO Studio";
  if (!recipe.provenance) return provenance;
  provenance.program += " " + version;
  nlohmann::ordered_json json;
  json["n"] = data.runs.size();
  json["runs"] = nlohmann::ordered_json::array();
  for (const FigureRun& run : data.runs) {
    json["runs"].push_back({{"run", run.id},
                            {"name", run.name},
                            {"method", run.method},
                            {"seed", run.seed},
                            {"iterations", run.iterations},
                            {"config", run.config},
                            {"created", run.created},
                            {"version", run.version},
                            {"commit", run.commit}});
    provenance.created = std::max(provenance.created, run.created);
  }
  json["recipe"] = nlohmann::ordered_json::parse(jsonOf(recipe));
  provenance.description =
      json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return provenance;
}

}  // namespace treegrpo
