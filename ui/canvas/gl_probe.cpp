#include "canvas/gl_probe.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QStringList>
#include <QSurfaceFormat>
#include <algorithm>
#include <array>

#include "canvas/gl_surface.h"

namespace treegrpo {
namespace {

GlProbe refused(const std::string& renderer, const std::string& why) {
  return {.usable = false, .renderer = renderer, .why_not = why};
}

std::string rendererOf(QOpenGLContext& context) {
  const GLubyte* name = context.functions()->glGetString(GL_RENDERER);
  return name ? reinterpret_cast<const char*>(name) : "";
}

GlProbe probeContext(QOpenGLContext& context, SoftwareGl software) {
  const std::string renderer = rendererOf(context);
  const auto [major, minor] = context.format().version();
  if (context.isOpenGLES() || std::pair(major, minor) < std::pair(3, 3))
    return refused(renderer, "OpenGL here is older than 3.3.");
  if (software == SoftwareGl::refused && isSoftwareRenderer(renderer))
    return refused(renderer, "OpenGL here is done in software (" + renderer + ").");
  return {.usable = true, .renderer = renderer, .why_not = ""};
}

}  // namespace

bool platformHasGl(const QString& platform) {
  static const QStringList with_gl{"xcb", "wayland", "wayland-egl", "windows", "cocoa"};
  return with_gl.contains(platform);
}

bool isSoftwareRenderer(const std::string& renderer) {
  const QString name = QString::fromStdString(renderer);
  const std::array marks{"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software Rasterizer"};
  return std::any_of(marks.begin(), marks.end(), [&](const char* mark) {
    return name.contains(QString(mark), Qt::CaseInsensitive);
  });
}

GlProbe probeGl(SoftwareGl software) {
  const QString platform = QGuiApplication::platformName();
  if (!platformHasGl(platform))
    return refused("", "The platform \"" + platform.toStdString() + "\" shows no OpenGL.");
  QOpenGLContext context;
  context.setFormat(GlSurface::wantedFormat());
  QOffscreenSurface surface;
  surface.setFormat(context.format());
  if (!context.create()) return refused("", "There is no OpenGL 3.3 on this display.");
  surface.create();
  if (!context.makeCurrent(&surface)) return refused("", "OpenGL does not start on this display.");
  GlProbe probe = probeContext(context, software);
  context.doneCurrent();
  return probe;
}

}  // namespace treegrpo
