#include "style/resources.h"

#include <QtGlobal>

// The macro declares a function of the global namespace.
static void registerStudioResources() { Q_INIT_RESOURCE(studio); }

namespace treegrpo {

void openResources() { registerStudioResources(); }

}  // namespace treegrpo
