// Pictures to and from the bytes of image files: what the store keeps and --out writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "record/image.h"

namespace treegrpo {

// Lossless. Throws Error on an empty picture.
std::vector<std::uint8_t> encode_png(const Image& image);

// Lossy at quality 1 to 100. Throws Error on an empty picture.
std::vector<std::uint8_t> encode_webp(const Image& image, int quality = 90);

// Reads PNG, WebP or JPEG; grey and transparent pictures become RGB. Throws Error on bytes that are
// no picture.
Image decode_image(std::span<const std::uint8_t> bytes);

// Writes a PNG file whole or not at all. Throws Error.
void write_png(const std::filesystem::path& file, const Image& image);

// Reads an image file. Throws Error that names it.
Image read_image(const std::filesystem::path& file);

}  // namespace treegrpo
