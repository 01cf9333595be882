// Before and after, side by side on one sheet: what a run did to the pictures of the same prompts
// from the same noise.
#pragma once

#include <string>
#include <vector>

#include "record/image.h"
#include "record/tree_record.h"

namespace treegrpo {

struct ContactPair {
  Image before;
  Image after;
  std::string caption;             // the prompt; wrapped under the pair
  double before_score = no_value;  // none: no number is drawn
  double after_score = no_value;
};

struct ContactSheet {
  std::string title;
  std::string subtitle;  // one line under the title; may be empty
  std::string before_label = "before";
  std::string after_label = "after";
  std::vector<ContactPair> pairs;
  int columns = 4;  // pairs in a row
  int picture_pixels =
      96;  // least side of a drawn picture; small ones are enlarged by a whole factor
};

// Draws the sheet. Pictures larger than picture_pixels are shrunk to it. Throws Error if there is
// no pair.
Image contact_sheet(const ContactSheet& sheet);

}  // namespace treegrpo
