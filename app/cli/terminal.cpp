#include "terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"

namespace treegrpo::cli {
namespace {

constexpr double seconds_between_lines = 5;  // where the progress line cannot be written over

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_dumb() {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) == "dumb";
}

bool stdout_has_style() {
  return ::isatty(STDOUT_FILENO) == 1 && !is_set("NO_COLOR") && !is_dumb();
}

std::size_t terminal_columns() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
  return size.ws_col;
}

}  // namespace

std::string decimal(double value, int digits) {
  if (std::isnan(value)) return "–";
  std::string text = fmt::format("{:.{}f}", value, digits);
  // What rounds to nothing has no sign.
  if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-')) text.erase(0, 1);
  const std::size_t zero = text.starts_with('-') ? 1 : 0;
  if (text.compare(zero, 2, "0.") == 0) text.erase(zero, 1);
  return text;
}

std::string signed_decimal(double value, int digits) {
  const std::string text = decimal(value, digits);
  return std::isnan(value) || text.starts_with('-') ? text : "+" + text;
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
  const long long hours = whole / 3600;
  const long long minutes = whole / 60 % 60;
  if (hours == 0) return fmt::format("{}:{:02}", minutes, whole % 60);
  return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
}

void print_text(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw Error("cannot write to stdout");
}

void note(const std::string& sentence) { std::fprintf(stderr, "treegrpo: %s\n", sentence.c_str()); }

ProgressLine::ProgressLine() : rewrites_(::isatty(STDERR_FILENO) == 1 && !is_dumb()) {}

void ProgressLine::show(const std::string& text) {
  if (rewrites_) {
    // A line that wraps could not be written over.
    const std::string fitting = text.substr(0, terminal_columns() - 1);
    std::fprintf(stderr, "\r%s\033[K", fitting.c_str());
    visible_ = true;
    return;
  }
  const double now = monotonic_seconds();
  if (now - last_seconds_ < seconds_between_lines) return;
  last_seconds_ = now;
  std::fprintf(stderr, "%s\n", text.c_str());
}

void ProgressLine::clear() {
  if (visible_) std::fputs("\r\033[K", stderr);
  visible_ = false;
}

std::string bold(const std::string& text) {
  return stdout_has_style() ? "\033[1m" + text + "\033[0m" : text;
}
std::string dim(const std::string& text) {
  return stdout_has_style() ? "\033[2m" + text + "\033[0m" : text;
}

}  // namespace treegrpo::cli
