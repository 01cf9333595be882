#include "canvas/run_look.h"

#include <array>

namespace treegrpo {
namespace {

constexpr std::array<Dash, 6> dashes = {
    {{}, {{6, 3}}, {{2, 2.5f}}, {{8, 3, 2, 3}}, {{1, 2}}, {{10, 4}}}};

}  // namespace

Color runColor(const Theme& theme, std::size_t run) { return theme.runs[run % theme.runs.size()]; }

// There are as many dashes as colours, so each further round of colours begins one dash later.
Dash runDash(std::size_t run) { return seriesDash(run + run / Theme().runs.size()); }

Dash seriesDash(std::size_t series) { return dashes[series % dashes.size()]; }

}  // namespace treegrpo
