#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <QtTest>
#include <cmath>

#include "base/error.h"
#include "network/mmdit.h"

using namespace treegrpo;

namespace {

// Small, and no two sizes alike: a swapped dimension fails.
MmditConfig small_config() {
  return {.in_channels = 3,
          .patch = 2,
          .depth = 2,
          .heads = 2,
          .head_dim = 4,
          .mlp_ratio = 3,
          .context_dim = 5,
          .pooled_dim = 7,
          .position_table = 6,
          .position_base = 4,
          .time_frequencies = 6};
}

struct SmallModel {
  explicit SmallModel(const MmditConfig& config = small_config())
      : source(WeightSource::random(3, at::kDouble)), mmdit(source, "", config) {
    state = source.finish();
  }

  // adaLN-zero leaves most paths shut; this opens them.
  void disturb() {
    const c10::NoGradGuard no_grad;
    at::manual_seed(4);
    for (auto& [name, tensor] : state) {
      if (tensor.requires_grad()) tensor.add_(0.3 * at::randn_like(tensor));
    }
  }

  at::Tensor find(const std::string& name) const {
    for (const auto& named : state) {
      if (named.name == name) return named.tensor.detach();
    }
    return {};
  }

  WeightSource source;
  Mmdit mmdit;
  NamedTensors state;
};

struct Inputs {
  explicit Inputs(std::int64_t batch) {
    at::manual_seed(5);
    latents = at::randn({batch, 3, 4, 6}, at::kDouble);
    timestep = at::linspace(10, 990, batch, at::kDouble);
    text = {at::randn({batch, 3, 5}, at::kDouble), at::randn({batch, 7}, at::kDouble)};
  }

  at::Tensor latents, timestep;
  Mmdit::Text text;
};

using Matrix = std::vector<std::vector<double>>;

Matrix matrix(const at::Tensor& tensor) {
  Matrix result;
  for (std::int64_t i = 0; i < tensor.size(0); ++i) {
    result.emplace_back();
    for (std::int64_t j = 0; j < tensor.size(1); ++j) {
      result.back().push_back(tensor[i][j].item<double>());
    }
  }
  return result;
}

// The same block with plain loops, written from the paper: one picture, no tensor operations.
class PlainBlock {
 public:
  PlainBlock(const SmallModel& model, const std::string& name, bool is_last)
      : model_(model), name_(name), is_last_(is_last) {}

  // x, c: [tokens][width]; silu_t: [width], already through SiLU.
  void run(Matrix& x, Matrix& c, const std::vector<double>& silu_t) const {
    const auto mx = linear({silu_t}, "norm1.linear")[0];
    const auto mc = linear({silu_t}, "norm1_context.linear")[0];
    const Matrix xn = modulated(x, part(mx, 0), part(mx, 1));
    const Matrix cn =
        is_last_ ? modulated(c, part(mc, 1), part(mc, 0)) : modulated(c, part(mc, 0), part(mc, 1));
    Matrix joint = attention(xn, cn);
    const Matrix from_x(joint.begin(), joint.begin() + static_cast<long>(x.size()));
    const Matrix from_c(joint.begin() + static_cast<long>(x.size()), joint.end());
    add(x, part(mx, 2), linear(from_x, "attn.to_out.0"));
    add(x, part(mx, 5), mlp(modulated(x, part(mx, 3), part(mx, 4)), "ff"));
    if (is_last_) return;
    add(c, part(mc, 2), linear(from_c, "attn.to_add_out"));
    add(c, part(mc, 5), mlp(modulated(c, part(mc, 3), part(mc, 4)), "ff_context"));
  }

 private:
  static constexpr std::size_t width = 8, heads = 2, head_dim = 4;

  static std::vector<double> part(const std::vector<double>& all, std::size_t i) {
    return {all.begin() + static_cast<long>(i * width),
            all.begin() + static_cast<long>((i + 1) * width)};
  }

  Matrix linear(const Matrix& in, const std::string& key) const {
    const Matrix w = matrix(model_.find(name_ + key + ".weight"));
    const at::Tensor b = model_.find(name_ + key + ".bias");
    Matrix out;
    for (const auto& row : in) {
      out.emplace_back();
      for (std::size_t o = 0; o < w.size(); ++o) {
        double sum = b[static_cast<std::int64_t>(o)].item<double>();
        for (std::size_t i = 0; i < row.size(); ++i) sum += w[o][i] * row[i];
        out.back().push_back(sum);
      }
    }
    return out;
  }

  static Matrix modulated(const Matrix& in, const std::vector<double>& shift,
                          const std::vector<double>& scale) {
    Matrix out = in;
    for (auto& row : out) {
      double mean = 0, variance = 0;
      for (const double v : row) mean += v / width;
      for (const double v : row) variance += (v - mean) * (v - mean) / width;
      for (std::size_t i = 0; i < width; ++i) {
        row[i] = (row[i] - mean) / std::sqrt(variance + 1e-6) * (1 + scale[i]) + shift[i];
      }
    }
    return out;
  }

  static void add(Matrix& to, const std::vector<double>& gate, const Matrix& branch) {
    for (std::size_t n = 0; n < to.size(); ++n) {
      for (std::size_t i = 0; i < width; ++i) to[n][i] += gate[i] * branch[n][i];
    }
  }

  Matrix mlp(const Matrix& in, const std::string& key) const {
    Matrix hidden = linear(in, key + ".net.0.proj");
    for (auto& row : hidden) {
      for (double& v : row) {
        v = 0.5 * v * (1 + std::tanh(std::sqrt(2 / M_PI) * (v + 0.044715 * v * v * v)));
      }
    }
    return linear(hidden, key + ".net.2");
  }

  Matrix normed(const Matrix& in, const std::string& key) const {
    const at::Tensor weight = model_.find(name_ + key + ".weight");
    Matrix out = in;
    for (auto& row : out) {
      for (std::size_t h = 0; h < heads; ++h) {
        double square = 0;
        for (std::size_t i = 0; i < head_dim; ++i) {
          square += row[h * head_dim + i] * row[h * head_dim + i] / head_dim;
        }
        for (std::size_t i = 0; i < head_dim; ++i) {
          row[h * head_dim + i] *=
              weight[static_cast<std::int64_t>(i)].item<double>() / std::sqrt(square + 1e-6);
        }
      }
    }
    return out;
  }

  Matrix attention(const Matrix& x, const Matrix& c) const {
    const auto joined = [](Matrix a, const Matrix& b) {
      a.insert(a.end(), b.begin(), b.end());
      return a;
    };
    const Matrix q = joined(normed(linear(x, "attn.to_q"), "attn.norm_q"),
                            normed(linear(c, "attn.add_q_proj"), "attn.norm_added_q"));
    const Matrix k = joined(normed(linear(x, "attn.to_k"), "attn.norm_k"),
                            normed(linear(c, "attn.add_k_proj"), "attn.norm_added_k"));
    const Matrix v = joined(linear(x, "attn.to_v"), linear(c, "attn.add_v_proj"));
    Matrix out(q.size(), std::vector<double>(width, 0));
    for (std::size_t h = 0; h < heads; ++h) {
      for (std::size_t n = 0; n < q.size(); ++n) {
        std::vector<double> weights;
        double total = 0;
        for (std::size_t m = 0; m < k.size(); ++m) {
          double dot = 0;
          for (std::size_t i = h * head_dim; i < (h + 1) * head_dim; ++i) dot += q[n][i] * k[m][i];
          weights.push_back(std::exp(dot / std::sqrt(double{head_dim})));
          total += weights.back();
        }
        for (std::size_t m = 0; m < k.size(); ++m) {
          for (std::size_t i = h * head_dim; i < (h + 1) * head_dim; ++i) {
            out[n][i] += weights[m] / total * v[m][i];
          }
        }
      }
    }
    return out;
  }

  const SmallModel& model_;
  std::string name_;
  bool is_last_;
};

}  // namespace

class TestMmdit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void timesteps_are_embedded_with_cosines_first() {
    const at::Tensor embedded = timestep_embedding(at::full({1}, 1000.0), 256);
    QCOMPARE(embedded.size(1), std::int64_t{256});
    for (const int j : {0, 1, 64, 127}) {
      const double angle = 1000 * std::exp(-std::log(10000.0) * j / 128);
      QVERIFY(std::abs(embedded[0][j].item<double>() - std::cos(angle)) < 2e-4);
      QVERIFY(std::abs(embedded[0][128 + j].item<double>() - std::sin(angle)) < 2e-4);
    }
  }

  void positions_have_the_column_first_and_sines_before_cosines() {
    const at::Tensor table = position_embedding(6, 3, 8)[0];  // positions are halved
    const std::int64_t row = 4, column = 2;
    const at::Tensor at_place = table[row * 6 + column];
    for (const int j : {0, 1}) {
      const double frequency = std::pow(10000.0, -j / 2.0);
      const double expected[] = {std::sin(1.0 * frequency), std::cos(1.0 * frequency),
                                 std::sin(2.0 * frequency), std::cos(2.0 * frequency)};
      for (const int part : {0, 1, 2, 3}) {
        QVERIFY(std::abs(at_place[2 * part + j].item<double>() - expected[part]) < 1e-6);
      }
    }
  }

  void unpatchify_reads_the_channel_fastest() {
    // Each number says where it belongs: channel, row, column.
    at::Tensor tokens = at::empty({1, 6, 2 * 2 * 3});
    for (int token = 0; token < 6; ++token) {
      for (int p = 0; p < 2; ++p) {
        for (int q = 0; q < 2; ++q) {
          for (int c = 0; c < 3; ++c) {
            const int row = token / 3 * 2 + p, column = token % 3 * 2 + q;
            tokens[0][token][(p * 2 + q) * 3 + c] = 100 * c + 10 * row + column;
          }
        }
      }
    }
    const at::Tensor image = unpatchify(tokens, 2, 3, 2);
    QVERIFY(image.sizes() == at::IntArrayRef({1, 3, 4, 6}));
    for (int c = 0; c < 3; ++c) {
      for (int row = 0; row < 4; ++row) {
        for (int column = 0; column < 6; ++column) {
          QCOMPARE(image[0][c][row][column].item<int>(), 100 * c + 10 * row + column);
        }
      }
    }
  }

  void names_are_those_of_the_checkpoint() {
    const SmallModel model;
    for (const char* name :
         {"pos_embed.pos_embed", "pos_embed.proj.weight",
          "time_text_embed.timestep_embedder.linear_1.weight",
          "time_text_embed.text_embedder.linear_2.bias", "context_embedder.weight",
          "transformer_blocks.0.norm1.linear.weight",
          "transformer_blocks.0.norm1_context.linear.bias", "transformer_blocks.0.attn.to_q.weight",
          "transformer_blocks.0.attn.add_k_proj.bias", "transformer_blocks.0.attn.to_out.0.weight",
          "transformer_blocks.0.attn.to_add_out.weight",
          "transformer_blocks.1.attn.norm_added_q.weight",
          "transformer_blocks.0.ff.net.0.proj.weight", "transformer_blocks.0.ff_context.net.2.bias",
          "norm_out.linear.weight", "proj_out.bias"}) {
      QVERIFY2(model.find(name).defined(), name);
    }
    QVERIFY(!model.find("transformer_blocks.1.attn.to_add_out.weight").defined());
    QVERIFY(!model.find("transformer_blocks.1.ff_context.net.2.bias").defined());
    QCOMPARE(model.find("transformer_blocks.1.norm1_context.linear.weight").size(0),
             std::int64_t{16});
    // Global ones, those of a block, those of the last block.
    QCOMPARE(model.state.size(), std::size_t{17 + 32 + 26});
  }

  void both_kinds_of_block_equal_a_plain_reference() {
    SmallModel model;
    model.disturb();
    WeightSource source = WeightSource::copy_of(model.state, at::kDouble);
    for (const bool is_last : {false, true}) {
      const std::string name = is_last ? "transformer_blocks.1" : "transformer_blocks.0";
      const JointBlock block(source, name, small_config(), is_last);
      at::manual_seed(6);
      const at::Tensor x = at::randn({1, 6, 8}, at::kDouble), c = at::randn({1, 3, 8}, at::kDouble);
      const at::Tensor time = at::randn({1, 8}, at::kDouble);
      const JointBlock::Streams out = block({x, c}, time);

      Matrix plain_x = matrix(x[0]), plain_c = matrix(c[0]);
      PlainBlock(model, name + ".", is_last).run(plain_x, plain_c, matrix(time)[0]);
      compare(out.image[0], plain_x);
      if (is_last) {
        QVERIFY(!out.context.defined());
      } else {
        compare(out.context[0], plain_c);
      }
    }
  }

  void a_fresh_block_is_the_identity_and_a_fresh_model_predicts_zero() {
    SmallModel model;
    WeightSource source = WeightSource::copy_of(model.state, at::kDouble);
    const JointBlock block(source, "transformer_blocks.0", small_config(), false);
    const at::Tensor x = at::randn({2, 6, 8}, at::kDouble), c = at::randn({2, 3, 8}, at::kDouble);
    const JointBlock::Streams out = block({x, c}, at::randn({2, 8}, at::kDouble));
    QVERIFY(at::equal(out.image, x) && at::equal(out.context, c));
    const Inputs in(2);
    QVERIFY(model.mmdit(in.latents, in.timestep, in.text).count_nonzero().item<int>() == 0);
  }

  void a_row_does_not_depend_on_the_rest_of_the_batch() {
    SmallModel model;
    model.disturb();
    const Inputs in(4);
    const at::Tensor all = model.mmdit(in.latents, in.timestep, in.text);
    QVERIFY(all.sizes() == in.latents.sizes());
    for (int i = 0; i < 4; ++i) {
      const at::Tensor alone =
          model.mmdit(in.latents.narrow(0, i, 1), in.timestep.narrow(0, i, 1),
                      {in.text.context.narrow(0, i, 1), in.text.pooled.narrow(0, i, 1)});
      QVERIFY(at::allclose(alone[0], all[i], 1e-9, 1e-12));
    }
  }

  void latents_that_do_not_fit_are_refused() {
    const SmallModel model;
    const Inputs in(1);
    for (const auto& size : {std::pair<int, int>{3, 4}, {4, 14}}) {
      QVERIFY_EXCEPTION_THROWN(model.mmdit(at::zeros({1, 3, size.first, size.second}, at::kDouble),
                                           in.timestep, in.text),
                               Error);
    }
  }

  void gradients_agree_with_differences() {
    SmallModel model;
    model.disturb();
    const Inputs in(2);
    const at::Tensor direction = at::randn_like(in.latents);
    const auto loss = [&] {
      return (model.mmdit(in.latents, in.timestep, in.text) * direction).sum();
    };
    loss().backward();
    const c10::NoGradGuard no_grad;
    constexpr double step = 1e-5;
    for (auto& [name, tensor] : model.state) {
      if (!tensor.requires_grad()) continue;
      at::Tensor flat = tensor.detach().view(-1);
      const std::int64_t place = flat.numel() / 2;
      const double value = flat[place].item<double>();
      flat[place] = value + step;
      const double above = loss().item<double>();
      flat[place] = value - step;
      const double below = loss().item<double>();
      flat[place] = value;
      const double expected = (above - below) / (2 * step);
      const double found = tensor.grad().reshape(-1)[place].item<double>();
      QVERIFY2(std::abs(found - expected) < 1e-5 * (1 + std::abs(expected)),
               (name + ": " + std::to_string(found) + ", not " + std::to_string(expected)).c_str());
    }
  }

 private:
  static void compare(const at::Tensor& found, const Matrix& expected) {
    const Matrix rows = matrix(found);
    QCOMPARE(rows.size(), expected.size());
    for (std::size_t n = 0; n < rows.size(); ++n) {
      for (std::size_t i = 0; i < rows[n].size(); ++i) {
        QVERIFY(std::abs(rows[n][i] - expected[n][i]) < 1e-9);
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestMmdit)
#include "tst_mmdit.moc"
