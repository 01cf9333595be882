#include "selfcheck/run_checks.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "rollout/evaluate.h"
#include "rollout/grow.h"
#include "selfcheck/tiny_run.h"
#include "train/checkpoint.h"
#include "train/evaluation_plan.h"
#include "train/objective.h"
#include "tree/method.h"
#include "tree/sigmas.h"

namespace treegrpo::selfcheck {
namespace {

constexpr int prompts = 2;
const at::Device cpu(at::kCPU);

// ‖a − b‖ / ‖b‖
double distance(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor right = b.to(at::kDouble);
  return ((a.to(at::kDouble) - right).norm() / right.norm()).item<double>();
}

// Trees of the bundled task with made-up advantages, their latents on the policy's device.
std::vector<GrownTree> some_trees(TinyRun& run, const RunConfig& config,
                                  const Conditioning& conditioning,
                                  const std::vector<std::string>& texts) {
  std::vector<GrownTree> trees =
      *grow(run.policy(), {.prompts = texts,
                           .conditioning = &conditioning,
                           .schedule = schedule_at(config, 0),
                           .sigmas = sigma_table(run.policy().info().sigma_rule,
                                                 config.sampler.steps, config.sampler.shift),
                           .kind = step_kind_from_name(config.sampler.kind),
                           .seed = config.run.seed,
                           .watched = {}});
  for (GrownTree& tree : trees)
    for (TrainedParent& parent : tree.trained)
      for (const std::int32_t child : parent.children)
        tree.record.nodes[static_cast<std::size_t>(child)].advantage = std::sin(7. * child);
  return trees;
}

void move_to(const at::Device& device, std::vector<GrownTree>& trees) {
  for (GrownTree& tree : trees) {
    tree.leaf_latents = tree.leaf_latents.to(device);
    for (TrainedParent& parent : tree.trained) {
      parent.latent = parent.latent.to(device);
      parent.child_latents = parent.child_latents.to(device);
    }
  }
}

at::Tensor gradient_of(Policy& policy) {
  std::vector<at::Tensor> parts;
  for (const NamedTensor& each : policy.parameters(Weights::current))
    if (each.tensor.grad().defined()) parts.push_back(each.tensor.grad().to(at::kCPU).flatten());
  return at::cat(parts);
}

// How far the log-probs of two runs' trees are apart, and their leaves' pictures.
void compare_trees(const TinyRun& a, const TinyRun& b, Findings& findings) {
  double log_probs = 0;
  std::int64_t bytes = 0, different = 0;
  for (std::size_t tree = 0; tree < a.trees().size(); ++tree)
    for (std::size_t node = 0; node < a.trees()[tree].nodes.size(); ++node) {
      const TreeNode& one = a.trees()[tree].nodes[node];
      const TreeNode& other = b.trees()[tree].nodes[node];
      if (!std::isnan(one.log_prob))
        log_probs = std::max(log_probs, std::abs(one.log_prob - other.log_prob));
      for (std::size_t byte = 0; byte < one.image.rgb.size(); ++byte, ++bytes)
        different += std::abs(one.image.rgb[byte] - other.image.rgb[byte]) > 1;
    }
  findings.at_most("log-probs, largest difference", log_probs, 1e-5);
  findings.at_most(
      "bytes of pictures that differ by more than 1, share",
      static_cast<double>(different) / static_cast<double>(std::max<std::int64_t>(bytes, 1)), .01);
}

// A folder of this process that is gone with it.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("treegrpo-selfcheck-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

Report gradients(const Machine& machine) {
  if (!machine.gpu) return skipped(machine.why_no_gpu);
  const RunConfig config = tiny_config("treegrpo", cpu, prompts);
  TinyRun here(machine, config);
  TinyRun there(machine, tiny_config("treegrpo", *machine.gpu, prompts));
  const std::vector<std::string> texts = here.setup().prompts.next(0, prompts);
  const Conditioning conditioning = here.policy().encode(texts);
  std::vector<GrownTree> trees = some_trees(here, config, conditioning, texts);
  const ObjectiveOptions options = objective_options(config);

  const PassResult one =
      accumulate_gradients(here.policy(), trees, conditioning, options, OldPolicy::itself);
  move_to(*machine.gpu, trees);
  const PassResult other = accumulate_gradients(there.policy(), trees, there.policy().encode(texts),
                                                options, OldPolicy::itself);

  double ratios = 0;  // log-probs of the CPU's sampling seen by either device
  for (const PassResult* pass : {&one, &other})
    for (const TrainedEdge& edge : pass->edges)
      ratios = std::max(ratios, std::abs(edge.stored_ratio - 1));
  Findings findings;
  findings.at_most("gradient, relative distance",
                   distance(gradient_of(there.policy()), gradient_of(here.policy())), 1e-3);
  findings.at_most("first-pass |ratio - 1|, largest", ratios, 1e-4);
  findings.at_most("loss, difference", std::abs(one.loss - other.loss), 1e-4);
  return findings.report();
}

Report optimizer(const Machine& machine) {
  if (!machine.gpu) return skipped(machine.why_no_gpu);
  TinyRun here(machine, tiny_config("treegrpo", cpu, prompts));
  TinyRun there(machine, tiny_config("treegrpo", *machine.gpu, prompts));
  Findings findings;
  for (int step = 0; step < 5; ++step) {
    const NamedTensors ours = here.policy().parameters(Weights::current);
    const NamedTensors theirs = there.policy().parameters(Weights::current);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const at::Tensor gradient =
          (ours[i].tensor.detach() * (step + 1.) + .01 * static_cast<double>(i)).sin();
      ours[i].tensor.mutable_grad() = gradient;
      theirs[i].tensor.mutable_grad() = gradient.clone().to(*machine.gpu);
    }
    const double norm = here.optimizer().clip_gradients(1);
    const double norm_there = there.optimizer().clip_gradients(1);
    findings.at_most("norm of the gradient, relative difference", std::abs(norm_there / norm - 1),
                     1e-5);
    here.optimizer().step(2e-4);
    there.optimizer().step(2e-4);
  }
  findings.at_most("weights after five steps, largest difference",
                   (here.weights() - there.weights()).abs().max().item<double>(), 1e-6);
  return findings.report();
}

Report iteration(const Machine& machine) {
  if (!machine.gpu) return skipped(machine.why_no_gpu);
  TinyRun here(machine, tiny_config("treegrpo", cpu, prompts));
  TinyRun there(machine, tiny_config("treegrpo", *machine.gpu, prompts));
  const at::Tensor before = here.weights();
  const IterationRecord& one = here.iterate();
  const IterationRecord& other = there.iterate();
  Findings findings;
  compare_trees(here, there, findings);
  findings.at_most("reward, difference of means", std::abs(one.reward - other.reward), .02);
  // Advantages follow rewards, which jump where the detector changes its mind about a picture: the
  // gradient may turn a little. A wrong one points anywhere.
  const at::Tensor moved = here.weights() - before, moved_there = there.weights() - before;
  const double cosine =
      (moved.dot(moved_there) / (moved.norm() * moved_there.norm())).item<double>();
  findings.at_most("direction of the update, 1 - cosine", 1 - cosine, .05);
  findings.note("norm of the gradient, cpu", one.grad_norm);
  findings.note("norm of the gradient, cuda", other.grad_norm);
  findings.note("loss, cpu", one.loss);
  findings.note("loss, cuda", other.loss);
  return findings.report();
}

Report repeat(const Machine& machine) {
  Findings findings;
  for (const at::Device& device : machine.devices()) {
    const RunConfig config = tiny_config("treegrpo", device, prompts);
    TinyRun first(machine, config), second(machine, config);
    first.iterate();
    second.iterate();
    findings.require(
        std::string("the weights' bytes are the same, ") + (device.is_cuda() ? "cuda" : "cpu"),
        first.weights().equal(second.weights()));
  }
  return findings.report();
}

Report checkpoint(const Machine& machine) {
  const at::Device device = machine.gpu.value_or(cpu);
  TinyRun trained(machine, tiny_config("treegrpo", device, prompts));
  trained.iterate();
  const ScratchFolder scratch;
  CheckpointState state;
  state.iterations = 1;
  const auto folder = write_checkpoint(
      scratch.path(), state,
      {.policy = trained.policy(), .optimizer = trained.optimizer(), .ema = false});
  Findings findings;
  for (const at::Device& into : machine.devices()) {
    TinyRun fresh(machine, tiny_config("treegrpo", into, prompts));
    load_checkpoint(folder,
                    {.policy = fresh.policy(), .optimizer = fresh.optimizer(), .ema = false});
    bool same = fresh.weights().equal(trained.weights());
    const NamedTensors moments = fresh.optimizer().state(), saved = trained.optimizer().state();
    for (std::size_t i = 0; i < saved.size(); ++i)
      same = same && moments[i].tensor.to(at::kCPU).equal(saved[i].tensor.to(at::kCPU));
    findings.require(
        std::string("weights and moments are the same on ") + (into.is_cuda() ? "cuda" : "cpu"),
        same);
  }
  return findings.report();
}

Report evaluation(const Machine& machine) {
  if (!machine.gpu) return skipped(machine.why_no_gpu);
  std::vector<EvaluationRecord> records;
  for (const at::Device& device : machine.devices()) {
    const RunConfig config = tiny_config("treegrpo", device, prompts);
    TinyRun run(machine, config);
    records.push_back(*evaluate(
        run.policy(), run.setup().rewards,
        evaluation_plan(config, run.policy().info(), run.setup().held_out, Weights::current), {}));
  }
  Findings findings;
  findings.note("reward, cpu", records[0].reward);
  findings.note("reward, cuda", records[1].reward);
  findings.at_most("reward, difference", std::abs(records[0].reward - records[1].reward), .02);
  findings.at_most("diversity, difference", std::abs(records[0].diversity - records[1].diversity),
                   1e-3);
  return findings.report();
}

}  // namespace treegrpo::selfcheck
