#include <QTest>
#include <filesystem>

#include "workbench/config_paths.h"

using namespace treegrpo;

class TestConfigPaths : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void files_are_found_from_another_folder_too() {
    RunConfig config;
    config.model.path = "models/../a.safetensors";
    config.prompts = {.train = "lists/train.txt", .held_out = "/abs/held_out.txt"};
    const RunConfig absolute = with_absolute_paths(config);
    const std::filesystem::path here = std::filesystem::current_path();
    QCOMPARE(absolute.model.path, (here / "a.safetensors").string());
    QCOMPARE(absolute.prompts.train, (here / "lists/train.txt").string());
    QCOMPARE(absolute.prompts.held_out, std::string("/abs/held_out.txt"));
    QCOMPARE(model_path(absolute), here / "a.safetensors");
  }

  void the_bundled_model_and_scenes_stay_names() {
    QVERIFY(with_absolute_paths({}) == RunConfig{});
  }
};

QTEST_APPLESS_MAIN(TestConfigPaths)
#include "tst_config_paths.moc"
