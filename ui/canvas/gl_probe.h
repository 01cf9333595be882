// Whether canvases are worth painting on OpenGL here: a platform that can, 3.3 core, and a graphics
// card behind it. GL that the processor computes is slower than the raster painter.
#pragma once

#include <QString>
#include <string>

namespace treegrpo {

struct GlProbe {
  bool usable = false;
  std::string renderer;  // as the driver calls itself; empty where there is no context
  std::string why_not;   // a sentence; empty where it is usable
};

enum class SoftwareGl : std::uint8_t { refused, allowed };  // allowed: --gl-canvas

// Whether a QOpenGLWidget may be made on this Qt platform at all; on others it ends the process.
bool platformHasGl(const QString& platform);

// GL_RENDERER of a driver without a graphics card.
bool isSoftwareRenderer(const std::string& renderer);

// Makes a context for a moment. After the QApplication, on the GUI thread.
GlProbe probeGl(SoftwareGl software = SoftwareGl::refused);

}  // namespace treegrpo
