#include "train/pretrain_stage.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <limits>

#include "base/error.h"
#include "weights/tensor_file.h"
#include "weights/weight_source.h"

namespace treegrpo {
namespace {

constexpr double gradient_clip = 1;

std::vector<at::Tensor> trainable(const NamedTensors& tensors, const NamedTensors& like) {
  std::vector<at::Tensor> result;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (like[i].tensor.requires_grad()) result.push_back(tensors[i].tensor);
  }
  return result;
}

// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string print(const char* format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  return buffer;
}

// What must be equal for a state to be gone on from.
std::string settings(const StageTask& task) {
  const PretrainStage& plan = task.plan;
  return print(
      "seed %lu steps %ld batch %ld learning_rate %.17g warmup %ld decay %.17g ema %.17g from '%s'",
      task.seed, plan.steps, plan.batch, plan.learning_rate, plan.warmup, plan.decay,
      plan.ema_decay, task.begins_from.c_str());
}

// One stage while it runs.
class Stage {
 public:
  Stage(const StageTask& task, const StageFiles& files, const PretrainHooks& hooks)
      : task_(task),
        files_(files),
        hooks_(hooks),
        optimizer_(task.weights, task.optimizer),
        weights_(trainable(task.weights, task.weights)),
        average_(trainable(task.average, task.weights)) {
    read_state();
  }

  bool run() {
    while (step_ < task_.plan.steps) {
      if (hooks_.proceed && hooks_.proceed() != RunCommand::proceed) {
        write_state();
        return false;
      }
      train_step();
      ++step_;
      const bool is_last = step_ == task_.plan.steps;
      if (step_ % files_.log_every == 0 || is_last) log_loss();
      if (step_ % task_.plan.evaluate_every == 0 || is_last) evaluate();
      if (step_ % files_.state_every == 0 || is_last) write_state();
    }
    return true;
  }

 private:
  void train_step() {
    const auto begin = std::chrono::steady_clock::now();
    optimizer_.zero_grad();
    const at::Tensor loss = task_.loss(step_);
    loss.backward();
    gradient_norm_ = optimizer_.clip_gradients(gradient_clip);
    optimizer_.step(learning_rate_at(task_.plan, step_));
    follow();
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
      throw Error(
          print("the loss of the %s stage is not a number at step %ld: lower its learning_rate "
                "and start it anew",
                task_.name.c_str(), step_));
    }
    loss_sum_ += value;
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ++logged_steps_;
  }

  // average += (1 − decay)·(weights − average); the decay grows so that the first steps do not
  // linger.
  void follow() {
    const c10::NoGradGuard no_grad;
    const double t = static_cast<double>(step_);
    at::_foreach_lerp_(average_, weights_, 1 - std::min(task_.plan.ema_decay, (1 + t) / (10 + t)));
  }

  void evaluate() {
    const c10::NoGradGuard no_grad;
    const auto [score, sentence] = task_.evaluate(step_);
    const bool is_best = score >= best_;
    tell(print("%s step %ld: %s%s", task_.name.c_str(), step_, sentence.c_str(),
               is_best ? " (best)" : ""));
    if (!is_best) return;
    best_ = score;
    task_.keep_best(step_, score);
  }

  void log_loss() {
    const double steps = std::max<double>(1, static_cast<double>(logged_steps_));
    const double left = static_cast<double>(task_.plan.steps - step_) * seconds_ / steps;
    tell(
        print("%s step %ld of %ld: loss %.4f, gradient %.3f, learning rate %.2e, %.0f ms a step, "
              "%.0f min left",
              task_.name.c_str(), step_, task_.plan.steps, loss_sum_ / steps, gradient_norm_,
              learning_rate_at(task_.plan, step_ - 1), 1000 * seconds_ / steps, left / 60));
    loss_sum_ = seconds_ = 0;
    logged_steps_ = 0;
  }

  void tell(const std::string& sentence) const {
    if (!hooks_.progress) return;
    hooks_.progress({.what = sentence,
                     .fraction = static_cast<double>(step_) /
                                 static_cast<double>(std::max<std::int64_t>(1, task_.plan.steps))});
  }

  std::filesystem::path state_path() const {
    return files_.state_folder / (task_.name + ".safetensors");
  }

  // Every tensor that a state holds; written from, and read into.
  NamedTensors state() const {
    NamedTensors all = optimizer_.state();
    for (const auto& [name, tensor] : task_.weights) all.push_back({"weights." + name, tensor});
    for (const auto& [name, tensor] : task_.average) all.push_back({"average." + name, tensor});
    return all;
  }

  void write_state() const {
    write_tensors(state_path(), state(),
                  {{"step", std::to_string(step_)},
                   {"best", print("%.17g", best_)},
                   {"settings", settings(task_)}});
  }

  void read_state() {
    if (!std::filesystem::exists(state_path())) return;
    const SafetensorsFile file(state_path());
    const auto field = [&](const std::string& key) {
      const auto entry = file.metadata().find(key);
      return entry == file.metadata().end() ? std::string() : entry->second;
    };
    if (field("settings") != settings(task_)) {
      throw Error("the state in '" + state_path().string() + "' was made with other settings (" +
                  field("settings") + "); use those, or remove the folder to start anew");
    }
    const c10::NoGradGuard no_grad;
    for (const auto& [name, tensor] : state()) {
      const TensorEntry* entry = file.find(name);
      if (!entry || tensor.sizes() != at::IntArrayRef(entry->shape)) {
        throw Error("the state in '" + state_path().string() + "' does not fit the model ('" +
                    name + "'); remove the folder to start anew");
      }
      at::Tensor(tensor).copy_(read_tensor(file, *entry));
    }
    step_ = std::stoll(field("step"));
    best_ = std::stod(field("best"));
    tell(print("%s: going on from step %ld", task_.name.c_str(), step_));
  }

  const StageTask& task_;
  const StageFiles& files_;
  const PretrainHooks& hooks_;
  AdamW optimizer_;
  std::vector<at::Tensor> weights_, average_;
  std::int64_t step_ = 0;  // done
  double best_ = -std::numeric_limits<double>::infinity();
  double gradient_norm_ = 0;
  double loss_sum_ = 0;  // since the last log line, as the next two
  double seconds_ = 0;
  std::int64_t logged_steps_ = 0;
};

}  // namespace

double learning_rate_at(const PretrainStage& plan, std::int64_t step) {
  const double total = static_cast<double>(plan.steps);
  const double warm =
      plan.warmup > 0 ? static_cast<double>(step + 1) / static_cast<double>(plan.warmup) : 1;
  const double left = total - static_cast<double>(step);
  const double fall = plan.decay > 0 ? left / (plan.decay * total) : 1;
  return plan.learning_rate * std::min({1.0, warm, fall});
}

bool run_stage(const StageTask& task, const StageFiles& files, const PretrainHooks& hooks) {
  return Stage(task, files, hooks).run();
}

}  // namespace treegrpo
