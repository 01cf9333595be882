#include "canvas/gl_surface.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QWindow>
#include <utility>

#include "canvas/imgui_painter.h"

namespace treegrpo {
namespace {

constexpr int look_milliseconds = 1000;
constexpr int patience_looks = 5;        // a busy event loop takes many seconds for one
constexpr GLenum context_lost = 0x0507;  // GL_CONTEXT_LOST, of GL 4.5

// ImGui works on one current context; other widgets have theirs.
class CurrentImGui {
 public:
  explicit CurrentImGui(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(context);
  }
  ~CurrentImGui() { ImGui::SetCurrentContext(before_); }
  CurrentImGui(const CurrentImGui&) = delete;
  CurrentImGui& operator=(const CurrentImGui&) = delete;

 private:
  ImGuiContext* before_;
};

// ImGui makes its first context the current one, and a later one would then count into the freed
// memory of the first: nothing stays current here.
ImGuiContext* makeImGuiContext() {
  const CurrentImGui as_before(ImGui::GetCurrentContext());
  return ImGui::CreateContext();
}

ImTextureID textureId(unsigned int texture) {
  return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(texture));
}

}  // namespace

// Made and destroyed with the GL context current.
struct GlSurface::Resources {
  ImGuiContext* imgui;
  SpriteAtlas atlas;
  ImGuiPainter painter{atlas};
  bool started = false;

  Resources() : imgui(makeImGuiContext()) {
    const CurrentImGui current(imgui);
    ImGui::GetIO().IniFilename = nullptr;  // else it writes into the working directory
    ImGui::GetIO().LogFilename = nullptr;
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // those lie in a texture we do not use
    started =
        ImGui_ImplOpenGL3_Init("#version 330 core") && ImGui_ImplOpenGL3_CreateDeviceObjects();
    const Sprite white = atlas.whitePixel();
    ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
    fonts.SetTexID(textureId(white.texture));
    fonts.TexUvWhitePixel = {white.left, white.top};
  }

  ~Resources() {
    atlas.destroy();
    const CurrentImGui current(imgui);
    if (started) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext(imgui);
  }

  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;

  bool paint(const Drawing& drawing, const ImGuiPaintOptions& options, QSize device) {
    ImGui::GetIO().DisplaySize = {static_cast<float>(device.width()),
                                  static_cast<float>(device.height())};
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    const bool all_fit = painter.paint(*ImGui::GetBackgroundDrawList(), drawing, options);
    ImGui::Render();
    return all_fit;
  }
};

GlSurface::GlSurface(QWidget* parent, std::function<void()> paint_frame)
    : QOpenGLWidget(parent), paint_frame_(std::move(paint_frame)) {
  setFormat(wantedFormat());
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setObjectName("gl_surface");
  watch_.setInterval(look_milliseconds);
  connect(&watch_, &QTimer::timeout, this, &GlSurface::lookAfter);
}

GlSurface::~GlSurface() {
  if (context()) disconnect(context(), nullptr, this, nullptr);
  release();
}

QSurfaceFormat GlSurface::wantedFormat() {
  QSurfaceFormat format = QSurfaceFormat::defaultFormat();
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 3);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setSamples(0);
  format.setDepthBufferSize(0);
  format.setStencilBufferSize(0);
  return format;
}

std::size_t GlSurface::textureBytes() const { return resources_ ? resources_->atlas.bytes() : 0; }

void GlSurface::initializeGL() {
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &GlSurface::release,
          Qt::UniqueConnection);
  ++contexts_;
  // Qt gives an older one where there is none as wanted.
  if (context()->isOpenGLES() || context()->format().version() < std::pair(3, 3))
    return giveUp(tr("OpenGL here is older than 3.3."));
  resources_ = std::make_unique<Resources>();
  if (!resources_->started) giveUp(tr("OpenGL did not take the shaders."));
}

// A dock that is torn off gets a new context at once; if it does not, this is the end of it.
void GlSurface::release() {
  if (!resources_) return;
  makeCurrent();
  resources_.reset();
  doneCurrent();
  startWatch();
}

void GlSurface::showEvent(QShowEvent* event) {
  QOpenGLWidget::showEvent(event);
  startWatch();
}

void GlSurface::startWatch() {
  looks_ = 0;
  watch_.start();
}

void GlSurface::lookAfter() {
  // Starts again when it is shown.
  if (!isVisible() || (resources_ && isValid())) return watch_.stop();
  const QWindow* shown_in = window()->windowHandle();
  if (size().isEmpty() || !shown_in || !shown_in->isExposed()) return;
  if (++looks_ < patience_looks) return update();
  watch_.stop();
  giveUp(tr("OpenGL did not start."));
}

void GlSurface::giveUp(const QString& sentence) {
  if (given_up_) return;
  given_up_ = true;
  // Later: whoever hears of it deletes this widget, which may be painting.
  QMetaObject::invokeMethod(
      this, [this, sentence] { Q_EMIT lost(sentence); }, Qt::QueuedConnection);
}

void GlSurface::paintGL() {
  if (!given_up_ && resources_) paint_frame_();
}

void GlSurface::show(const Drawing& drawing, const FontSet& fonts, float scale, Color background) {
  if (!resources_) return;
  const CurrentImGui current(resources_->imgui);
  QOpenGLFunctions& gl = *context()->functions();
  const ImGuiPaintOptions options{.fonts = fonts,
                                  .width = static_cast<float>(width()) / scale,
                                  .height = static_cast<float>(height()) / scale,
                                  .pixel_ratio = scale * static_cast<float>(devicePixelRatioF())};
  const QSize device(qRound(width() * devicePixelRatioF()), qRound(height() * devicePixelRatioF()));
  if (!resources_->paint(drawing, options, device)) {
    resources_->painter.forget();
    resources_->paint(drawing, options, device);
  }
  gl.glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
  const auto part = [](std::uint8_t value) { return static_cast<float>(value) / 255; };
  gl.glClearColor(part(background.red), part(background.green), part(background.blue), 1);
  gl.glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  const GLenum error = gl.glGetError();
  if (error == context_lost) giveUp(tr("The graphics card was reset."));
  if (error == GL_OUT_OF_MEMORY) giveUp(tr("The graphics card has no memory left."));
}

}  // namespace treegrpo
