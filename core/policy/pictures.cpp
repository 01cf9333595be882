#include "policy/pictures.h"

#include <ATen/ATen.h>

namespace treegrpo {

std::vector<Image> pictures_of(const at::Tensor& images) {
  const at::Tensor bytes = images.detach()
                               .to(at::kCPU, at::kFloat)
                               .mul(255)
                               .round()
                               .clamp(0, 255)
                               .to(at::kByte)
                               .permute({0, 2, 3, 1})
                               .contiguous();
  std::vector<Image> pictures(static_cast<std::size_t>(bytes.size(0)));
  const std::int64_t each = bytes.size(1) * bytes.size(2) * bytes.size(3);
  const std::uint8_t* from = bytes.data_ptr<std::uint8_t>();
  for (Image& picture : pictures) {
    picture.height = static_cast<int>(bytes.size(1));
    picture.width = static_cast<int>(bytes.size(2));
    picture.rgb.assign(from, from + each);
    from += each;
  }
  return pictures;
}

}  // namespace treegrpo
