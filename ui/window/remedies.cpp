#include "window/remedies.h"

#include <iterator>

namespace treegrpo {
namespace {

// What the kind of a fault asks for, before the run is gone on with.
std::vector<FaultRemedy> ownRemedies(const Fault& fault, const FaultFacts& facts) {
  switch (fault.kind) {
    case ErrorKind::disk_full:
      return {FaultRemedy::free_space};
    case ErrorKind::store_damaged:
      return {FaultRemedy::check_store, FaultRemedy::open_store, FaultRemedy::new_store};
    case ErrorKind::store_foreign:
    case ErrorKind::no_access:
      return {FaultRemedy::open_store, FaultRemedy::new_store};
    case ErrorKind::model_file:
      if (!fault.of_run) return {};
      if (facts.own_model && facts.new_run)
        return {FaultRemedy::choose_model, FaultRemedy::bundled_model};
      return {FaultRemedy::choose_model};
    case ErrorKind::not_finite:
      if (facts.shown) return {FaultRemedy::show_place};
      return {};
    case ErrorKind::memory:
      if (fault.of_run && facts.halvable) return {FaultRemedy::half_rows};
      return {};
    case ErrorKind::configuration:
      if (fault.of_run) return {FaultRemedy::new_run};
      return {};
    default:
      return {};
  }
}

// Whether the same again may end otherwise.
bool isWorthAnotherTry(const Fault& fault, bool has_own_remedies) {
  switch (fault.kind) {
    case ErrorKind::store_damaged:
    case ErrorKind::store_foreign:
    case ErrorKind::configuration:
      return false;
    case ErrorKind::model_file:
    case ErrorKind::memory:
      return !has_own_remedies;
    default:
      return true;
  }
}

}  // namespace

std::vector<FaultRemedy> remediesOf(const Fault& fault, const FaultFacts& facts) {
  std::vector<FaultRemedy> remedies = ownRemedies(fault, facts);
  if (!fault.of_run) return remedies;
  if (isWorthAnotherTry(fault, !remedies.empty())) {
    if (fault.run.value > 0 && facts.stored)
      remedies.push_back(FaultRemedy::resume);
    else if (facts.attempted)
      remedies.push_back(FaultRemedy::try_again);
  }
  if (fault.run.value > 0) remedies.push_back(FaultRemedy::show_log);
  return remedies;
}

}  // namespace treegrpo
