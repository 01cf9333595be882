#include "record/config_fields.h"

#include <vector>

#include "record/field_row.h"

namespace treegrpo {
namespace {

using C = RunConfig;

constexpr double most_items = 1000;  // steps, children, trees: far beyond what a run can pay for

constexpr FieldRange open_between(double minimum, double maximum) {
  return {.minimum = minimum, .maximum = maximum, .above_minimum = true, .below_maximum = true};
}
constexpr FieldRange above_up_to(double minimum, double maximum) {
  return {.minimum = minimum, .maximum = maximum, .above_minimum = true};
}
constexpr FieldRange at_least_below(double minimum, double maximum) {
  return {.minimum = minimum, .maximum = maximum, .below_maximum = true};
}

std::vector<ConfigField> run_rows() {
  const FieldRange any_number;
  const FieldRange count = between(1, most_items);
  return {
      row<&C::run, &RunSection::name>("run.name",
                                      "unique in its store; empty: made from method and seed"),
      row<&C::run, &RunSection::seed>("run.seed", "of everything random in the run"),
      row<&C::run, &RunSection::iterations>("run.iterations", at_least(1), "iterations",
                                            "in total, those before a resume included"),
      row<&C::run, &RunSection::threads>("run.threads", between(0, 1024), "threads",
                                         "compute threads; 0: the machine's cores, at most 16"),
      row<&C::run, &RunSection::device>("run.device", {"auto", "cpu", "cuda"},
                                        "where the engine computes"),
      row<&C::run, &RunSection::precision>("run.precision", {"fp32", "bf16"},
                                           "of the network's matrix products; all else is fp32"),

      row<&C::model, &ModelSection::path>("model.path", "a model file; empty: the bundled model"),
      row<&C::model, &ModelSection::fingerprint>(
          "model.fingerprint",
          "of that file, another one is refused; a run fills it in; empty: whichever it is"),
      row<&C::model, &ModelSection::guidance_scale>(
          "model.guidance_scale", between(0, 100), "",
          "classifier-free guidance w in sampling; 1 is none"),
      row<&C::model, &ModelSection::train_guidance>(
          "model.train_guidance", "the training pass is guided too, both passes with gradient"),

      row<&C::method, &MethodSection::name>("method.name",
                                            "see `treegrpo list methods`, or custom"),
      row<&C::method, &MethodSection::window>("method.window", count, "steps",
                                              "w: steps that draw noise and train"),
      row<&C::method, &MethodSection::branch>("method.branch", count, "children",
                                              "k: children of a node in the window"),
      row<&C::method, &MethodSection::trees>("method.trees", count, "trees", "trees of a prompt"),
      row<&C::method, &MethodSection::group>("method.group", count, "images",
                                             "of a prompt, for methods without branches"),
      row<&C::method, &MethodSection::window_rule>("method.window_rule",
                                                   {"random_geometric", "shifting", "fixed"},
                                                   "where the window starts"),
      row<&C::method, &MethodSection::window_ratio>(
          "method.window_ratio", open_between(0, 1), "",
          "r of random_geometric (TreeGRPO eq. 7): each later start is r times as likely"),
      row<&C::method, &MethodSection::window_start>(
          "method.window_start", between(0, most_items), "step",
          "where a fixed window stands and a shifting one begins"),
      row<&C::method, &MethodSection::shift_every>("method.shift_every", at_least(1), "iterations",
                                                   "tau: between shifts of the window"),
      row<&C::method, &MethodSection::shift_by>("method.shift_by", count, "steps",
                                                "s: length of one shift"),
      row<&C::method, &MethodSection::shift_from>(
          "method.shift_from", at_least(0), "iteration",
          "from which shifts are counted; a keyframe that sets the rule counts from itself"),
      row<&C::method, &MethodSection::split_steps>("method.split_steps", between(0, most_items),
                                                   "steps", "BranchGRPO: the steps that split"),
      row<&C::method, &MethodSection::backup>(
          "method.backup", {"mean", "softmax_mean_log_prob", "softmax_sum_log_prob"},
          "how children's values make their parent's (Alg. 1 l. 16)"),
      row<&C::method, &MethodSection::backup_temperature>("method.backup_temperature", above(0), "",
                                                          "of the softmax backups"),
      row<&C::method, &MethodSection::train_fraction>("method.train_fraction", above_up_to(0, 1),
                                                      "",
                                                      "DanceGRPO: share of the steps that trains"),

      row<&C::sampler, &SamplerSection::kind>("sampler.kind",
                                              {"flow_sde", "dance_sde", "cps", "ddim", "ode"},
                                              "form of a step with noise"),
      row<&C::sampler, &SamplerSection::steps>("sampler.steps", count, "steps",
                                               "T: denoising steps of an image"),
      row<&C::sampler, &SamplerSection::shift>("sampler.shift", above_up_to(0, 100), "",
                                               "s of the sigma shift s*sigma/(1+(s-1)*sigma)"),
      row<&C::sampler, &SamplerSection::noise_level>("sampler.noise_level", between(0, 10), "",
                                                     "a of the steps that draw noise"),
      row<&C::sampler, &SamplerSection::micro_batch>(
          "sampler.micro_batch", at_least(0), "rows",
          "most rows of one forward pass; 0: the whole frontier at once"),
      row<&C::sampler, &SamplerSection::share_prefix>(
          "sampler.share_prefix", "equal prefixes of separate roots are predicted once"),

      row<&C::schedule, &ScheduleSection::max_leaves>("schedule.max_leaves", between(1, 1e6),
                                                      "leaves",
                                                      "a schedule with more a prompt is refused"),
      row<&C::schedule, &ScheduleSection::step, &StepPlan::branch>(
          "schedule.step.branch", count, "children", "children of each node of this step"),
      row<&C::schedule, &ScheduleSection::step, &StepPlan::noise_level>(
          "schedule.step.noise_level", between(0, 10), "", "a of this step; 0 is the ODE step"),
      row<&C::schedule, &ScheduleSection::step, &StepPlan::train>(
          "schedule.step.train", "its edges get gradients; needs noise"),
      row<&C::schedule, &ScheduleSection::keyframe, &Keyframe::iteration>(
          "schedule.keyframe.iteration", at_least(1), "iteration", "the first with these settings"),
      row<&C::schedule, &ScheduleSection::keyframe, &Keyframe::set>(
          "schedule.keyframe.set",
          "what changes then: \"method.window=2 method.branch=4\"; of method, "
          "sampler.noise_level and schedule.step"),

      row<&C::prompts, &PromptSection::train>("prompts.train",
                                              "a file with a prompt a line, or scene:train"),
      row<&C::prompts, &PromptSection::held_out>(
          "prompts.held_out", "never trained; a file with a prompt a line, or scene:held_out"),
      row<&C::prompts, &PromptSection::per_iteration>("prompts.per_iteration", between(1, 1e5),
                                                      "prompts", "drawn for each iteration"),

      row<&C::reward, &RewardTerm::name>("reward.name", "see `treegrpo list rewards`"),
      row<&C::reward, &RewardTerm::weight>("reward.weight", any_number, "",
                                           "of its z-scored column in the leaf advantage"),

      row<&C::credit, &CreditSection::rule>("credit.rule", "see `treegrpo list credit-rules`"),
      row<&C::credit, &CreditSection::std>("credit.std", {"group", "batch", "none"},
                                           "whose deviation divides the rewards"),
      row<&C::credit, &CreditSection::std_min>(
          "credit.std_min", at_least(0), "reward",
          "floor of that deviation; a group of zero variance is skipped"),
      row<&C::credit, &CreditSection::adv_clip_max>("credit.adv_clip_max", above(0), "",
                                                    "advantages are clamped to plus or minus this"),

      row<&C::objective, &ObjectiveSection::clip_range>("objective.clip_range", above(0), "",
                                                        "epsilon of the clipped ratio"),
      row<&C::objective, &ObjectiveSection::kl_beta>(
          "objective.kl_beta", at_least(0), "",
          "weight of the KL to the reference weights; 0: off"),
      row<&C::objective, &ObjectiveSection::aggregation>(
          "objective.aggregation", {"sum_edges", "mean_edges", "mean_per_depth"},
          "how the losses of edges make one loss"),
      row<&C::objective, &ObjectiveSection::step_weight>(
          "objective.step_weight", {"none", "inverse_gain", "delta"}, "weight of a step's edges"),
      row<&C::objective, &ObjectiveSection::updates>("objective.updates", count, "passes",
                                                     "optimiser passes over one rollout"),

      row<&C::optimizer, &OptimizerSection::learning_rate>("optimizer.learning_rate", between(0, 1),
                                                           "", "of AdamW"),
      row<&C::optimizer, &OptimizerSection::weight_decay>("optimizer.weight_decay", between(0, 1),
                                                          "", "of AdamW, decoupled"),
      row<&C::optimizer, &OptimizerSection::gradient_clip>(
          "optimizer.gradient_clip", at_least(0), "", "largest gradient norm; 0: no clipping"),

      row<&C::ema, &EmaSection::decay>("ema.decay", at_least_below(0, 1), "",
                                       "of the averaged weights; 0: none are kept"),
      row<&C::ema, &EmaSection::every>("ema.every", at_least(1), "iterations",
                                       "between updates of the average"),

      row<&C::evaluation, &EvaluationSection::every>(
          "evaluation.every", at_least(0), "iterations",
          "between evaluations; 0: at the start and the end only"),
      row<&C::evaluation, &EvaluationSection::steps>("evaluation.steps", count, "steps",
                                                     "ODE steps of an evaluation"),
      row<&C::evaluation, &EvaluationSection::prompts>(
          "evaluation.prompts", between(1, 1e5), "prompts",
          "held-out prompts used, balanced over the tasks"),

      row<&C::checkpoint, &CheckpointSection::every>("checkpoint.every", at_least(0), "iterations",
                                                     "between checkpoints; 0: at the end only"),
      row<&C::checkpoint, &CheckpointSection::keep>("checkpoint.keep", at_least(1), "checkpoints",
                                                    "the last ones, and the best beside them"),

      row<&C::probe, &ProbeSection::prompts>(
          "probe.prompts", between(0, 1000), "prompts",
          "sampled again and again by the ODE while a run trains, to see what it makes of them; 0: "
          "none. Four from three seeds take less than 1 % of 20 iterations of 8 prompts"),
      row<&C::probe, &ProbeSection::source>(
          "probe.source",
          "whose first prompts they are: a file with a prompt a line, scene:train or "
          "scene:held_out; empty: that of prompts.held_out"),
      row<&C::probe, &ProbeSection::seeds>("probe.seeds", between(0, 2147483647), "seeds",
                                           "each gives each prompt a picture, from the same noise "
                                           "in every run; two or more tell how "
                                           "diverse they are"),
      row<&C::probe, &ProbeSection::steps>("probe.steps", count, "steps",
                                           "ODE steps of a probe's picture"),
      row<&C::probe, &ProbeSection::every>(
          "probe.every", at_least(0), "iterations",
          "between probes, and before the first and after the last iteration; 0: as often as "
          "checkpoint.every"),

      row<&C::images, &ImageSection::every>(
          "images.every", at_least(1), "iterations",
          "between those whose nodes all keep an image; leaves always do"),
      row<&C::images, &ImageSection::size>("images.size", between(8, 4096), "pixels",
                                           "largest side stored"),
      row<&C::images, &ImageSection::budget_mb>("images.budget_mb", at_least(0), "MB",
                                                "of a run; beyond it no more images are stored"),
  };
}

// Built once; never changed.
const std::vector<ConfigField>& fields() {
  static const std::vector<ConfigField> rows = run_rows();
  return rows;
}

const std::vector<ConfigList>& lists() {
  static const std::vector<ConfigList> rows = {
      list_row<&C::schedule, &ScheduleSection::step>("schedule.step", 0, 1000,
                                                     "one a step, for method.name = \"custom\""),
      list_row<&C::schedule, &ScheduleSection::keyframe>(
          "schedule.keyframe", 0, 1000, "the schedule over the training: rising iterations"),
      list_row<&C::reward>("reward", 1, 100, "the rewards, added with their weights"),
  };
  return rows;
}

}  // namespace

std::span<const ConfigField> config_fields() { return fields(); }

FieldsOf<RunConfig> run_fields() { return {{fields(), lists()}}; }

void set_field(RunConfig& config, const std::string& key_is_value) {
  apply_set(run_fields(), &config, key_is_value);
}

FieldValue default_value(const ConfigField& field) {
  for (const ConfigList& list : lists())
    if (list.key == field.list) return field_value(field, list.example().get());
  const RunConfig defaults;
  return field_value(field, &defaults);
}

std::string get_field(const RunConfig& config, const std::string& key) {
  return field_text(run_fields(), &config, key);
}

}  // namespace treegrpo
