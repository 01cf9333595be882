// What people read: a progress line, notes and numbers as text.
#pragma once

#include <string>

namespace treegrpo::cli {

// ".655", "-.071", "1.200", "–" for none: three decimals without a leading zero.
std::string decimal(double value, int digits = 3);
// "+.071".
std::string signed_decimal(double value, int digits = 3);
// "1:23", "2:03:09".
std::string duration(double seconds);

// Text on stdout, flushed. Throws Error if nobody takes it.
void print_text(const std::string& text);

// A note on stderr: "treegrpo: …".
void note(const std::string& sentence);

// One line on stderr that is written over on a terminal; elsewhere a line every five seconds.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& text);
  // Takes the line away before other text is printed; without effect where lines stay.
  void clear();

 private:
  bool rewrites_ = false;
  bool visible_ = false;
  double last_seconds_ = -1e9;
};

// Bold and dim on a terminal that is not told NO_COLOR; the text itself elsewhere. Of stdout.
std::string bold(const std::string& text);
std::string dim(const std::string& text);

}  // namespace treegrpo::cli
