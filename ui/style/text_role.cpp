#include "style/text_role.h"

namespace treegrpo {

int pixelSize(TextRole role) {
  switch (role) {
    case TextRole::caption:
    case TextRole::caption_medium:
      return 11;
    case TextRole::table:
    case TextRole::mono:
      return 12;
    case TextRole::body:
    case TextRole::body_strong:
      return 13;
    case TextRole::heading:
      return 15;
    case TextRole::figure:
      return 24;
  }
  return 13;
}

}  // namespace treegrpo
