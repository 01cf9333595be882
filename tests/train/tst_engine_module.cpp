// The module as the program opens it: through the loader, without a LibTorch header in sight.
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "base/error.h"
#include "engine/engine_loader.h"

using namespace treegrpo;

namespace {

namespace fs = std::filesystem;

const fs::path modules = fs::path(TREEGRPO_BINARY_DIR) / "lib";

// A folder torch/ that looks like LibTorch of another version.
fs::path other_torch(const fs::path& folder, const std::string& version_line) {
  fs::create_directories(folder / "torch" / "lib");
  std::ofstream(folder / "torch" / "lib" / "libtorch_cpu.so") << "not a library";
  std::ofstream(folder / "torch" / "version.py") << "__all__ = ['__version__']\n" << version_line;
  return folder / "torch" / "lib";
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

bool says(const std::string& message, const std::string& part) {
  if (message.find(part) != std::string::npos) return true;
  qWarning("said: %s", message.c_str());
  return false;
}

}  // namespace

class TestEngineModule : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    ::setenv("TREEGRPO_ENGINE_PATH", modules.c_str(), 1);
    ::unsetenv("LD_LIBRARY_PATH");
  }

  void a_missing_module_is_a_sentence() {
    ::setenv("TREEGRPO_ENGINE_PATH", "/no/such/folder", 1);
    QVERIFY(says(message_of([] { load_engine(); }), "/no/such/folder"));
  }

  void another_version_of_libtorch_is_refused_before_it_is_loaded() {
    QTemporaryDir folder;
    const fs::path lib = other_torch(folder.path().toStdString(), "__version__ = '2.1.0+cu118'\n");
    ::setenv("LD_LIBRARY_PATH", lib.c_str(), 1);
    QVERIFY(says(message_of([] { load_engine(); }), "is version 2.1.0, but the engine was built"));
    other_torch(folder.path().toStdString(), "");
    QVERIFY(says(message_of([] { load_engine(); }), "version unknown"));
    fs::remove(lib.parent_path() / "version.py");
    QVERIFY(says(message_of([] { load_engine(); }), "version.py"));
  }

  void a_file_that_is_no_module_is_refused() {
    QTemporaryDir folder;
    const fs::path file = folder.filePath("libtreegrpo_engine.so").toStdString();
    std::ofstream(file) << "not a library";
    ::setenv("TREEGRPO_ENGINE_PATH", file.c_str(), 1);
    QVERIFY(says(message_of([] { load_engine(); }), "cannot load the engine"));
  }

  void the_engine_opens_and_tells_what_it_has() {
    const auto engine = load_engine();
    QVERIFY(engine->torch_version().starts_with("2."));
    QVERIFY(!engine->devices().empty());
    QCOMPARE(engine->devices().front().kind, std::string("cpu"));
    QVERIFY(!engine->rewards().empty());
    QVERIFY(!engine->policies().empty());
    QCOMPARE(std::string(std::getenv("OMP_WAIT_POLICY")), std::string("PASSIVE"));
  }

  void what_cannot_run_is_refused_with_a_sentence() {
    const auto engine = load_engine();
    TrainRequest request;
    request.model = "/no/such/model.safetensors";
    QVERIFY(says(message_of([&] { engine->check(request); }), "/no/such/model.safetensors"));
    if (engine->devices().size() == 1) {
      request.config.run.device = "cuda";
      QVERIFY(says(message_of([&] { engine->check(request); }), "run.device = 'cuda'"));
    }
    request.config.run.device = "cpu";
    request.config.prompts.train = "/no/such/prompts.txt";
    QVERIFY(says(message_of([&] { engine->check(request); }), "/no/such/prompts.txt"));
  }
};

QTEST_APPLESS_MAIN(TestEngineModule)
#include "tst_engine_module.moc"
