#include "workbench/catalogs.h"

#include "tree/credit_rules.h"
#include "tree/method.h"

namespace treegrpo {

std::vector<CatalogEntry> method_catalog() {
  std::vector<CatalogEntry> entries;
  for (const Method& method : methods()) {
    std::string sentence(method.title);
    if (!method.citation.empty()) sentence += " (" + std::string(method.citation) + ")";
    entries.push_back({.name = std::string(method.name),
                       .sentence = sentence + ". " + std::string(method.sentence)});
  }
  return entries;
}

std::vector<CatalogEntry> credit_rule_catalog() {
  std::vector<CatalogEntry> entries;
  for (const CreditRule& rule : credit_rules())
    entries.push_back({.name = std::string(rule.name), .sentence = std::string(rule.sentence)});
  return entries;
}

std::vector<CatalogEntry> sampler_catalog() {
  return {
      {.name = "flow_sde",
       .sentence = "Flow-GRPO's SDE: noise a·sqrt(σ/(1−σ)) that keeps the marginals of the flow."},
      {.name = "dance_sde",
       .sentence = "DanceGRPO's SDE: a constant noise level at every stochastic step."},
      {.name = "cps",
       .sentence = "Coefficients-preserving sampling: part of the predicted noise is drawn anew."},
      {.name = "ddim", .sentence = "DDIM with eta = noise_level, for models that predict noise."},
      {.name = "ode", .sentence = "The plain Euler step: no noise, so nothing to train."},
  };
}

}  // namespace treegrpo
