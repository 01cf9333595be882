// Makes the rows of a field table from pointers to members: the kind of a field is the type of its
// member. Included by the .cpp file that holds a config's rows.
//   row<&RunConfig::sampler, &SamplerSection::steps>("sampler.steps", between(1, 1000), "steps",
//   "T")
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "record/field_table.h"

namespace treegrpo {
namespace detail {

template <class Pointer>
struct MemberPointer;
template <class Struct, class Member>
struct MemberPointer<Member Struct::*> {
  using Owner = Struct;
  using Type = Member;
};

template <class T>
struct IsStructVector : std::false_type {};
template <class T>
struct IsStructVector<std::vector<T>>
    : std::bool_constant<std::is_class_v<T> && !std::is_same_v<T, std::string>> {};

template <auto First, auto... Rest>
struct Path {
  using Config = typename MemberPointer<decltype(First)>::Owner;
  static constexpr bool in_list =
      IsStructVector<typename MemberPointer<decltype(First)>::Type>::value ||
      Path<Rest...>::in_list;
  using Leaf = typename Path<Rest...>::Leaf;
};
template <auto Last>
struct Path<Last> {
  using Config = typename MemberPointer<decltype(Last)>::Owner;
  static constexpr bool in_list = false;
  using Leaf = typename MemberPointer<decltype(Last)>::Type;
};

// The member at the end of the path; a list on the way gives its item.
template <auto First, auto... Rest, class Owner>
auto& walk(Owner& owner, std::size_t item) {
  auto& member = owner.*First;
  if constexpr (sizeof...(Rest) == 0) {
    return member;
  } else if constexpr (IsStructVector<std::remove_cvref_t<decltype(member)>>::value) {
    return walk<Rest...>(member[item], item);
  } else {
    return walk<Rest...>(member, item);
  }
}

template <class T>
constexpr FieldKind kind_of() {
  if constexpr (std::is_same_v<T, int> || std::is_same_v<T, std::int64_t>) {
    return FieldKind::integer;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return FieldKind::unsigned_integer;
  } else if constexpr (std::is_same_v<T, double>) {
    return FieldKind::real;
  } else if constexpr (std::is_same_v<T, bool>) {
    return FieldKind::boolean;
  } else if constexpr (std::is_same_v<T, std::vector<int>>) {
    return FieldKind::integer_list;
  } else {
    static_assert(std::is_same_v<T, std::string>, "no such kind of field");
    return FieldKind::text;
  }
}

template <auto... Pointers>
ConfigField bare_row(std::string key) {
  ConfigField field;
  if (Path<Pointers...>::in_list) field.list = key.substr(0, key.rfind('.'));
  field.key = std::move(key);
  field.kind = kind_of<typename Path<Pointers...>::Leaf>();
  field.is_wide = std::is_same_v<typename Path<Pointers...>::Leaf, std::int64_t>;
  field.member = [](void* config, std::size_t item) -> FieldMember {
    using Config = typename Path<Pointers...>::Config;
    return &walk<Pointers...>(*static_cast<Config*>(config), item);
  };
  return field;
}

}  // namespace detail

// A text, boolean or seed.
template <auto... Pointers>
ConfigField row(std::string key, std::string help) {
  ConfigField field = detail::bare_row<Pointers...>(std::move(key));
  field.help = std::move(help);
  return field;
}

// A number or a list of integers. unit: what it counts, or "".
template <auto... Pointers>
ConfigField row(std::string key, FieldRange range, std::string unit, std::string help) {
  ConfigField field = row<Pointers...>(std::move(key), std::move(help));
  field.range = range;
  field.unit = std::move(unit);
  return field;
}

// One of a few words.
template <auto... Pointers>
ConfigField row(std::string key, std::vector<std::string> choices, std::string help) {
  ConfigField field = row<Pointers...>(std::move(key), std::move(help));
  field.kind = FieldKind::choice;
  field.choices = std::move(choices);
  return field;
}

// An array of tables of least to most items.
template <auto... Pointers>
ConfigList list_row(std::string key, std::size_t least, std::size_t most, std::string help) {
  using Config = typename detail::Path<Pointers...>::Config;
  ConfigList list{std::move(key), least, most, std::move(help)};
  list.size = [](const void* config) {
    return detail::walk<Pointers...>(*static_cast<const Config*>(config), 0).size();
  };
  list.resize = [](void* config, std::size_t items) {
    detail::walk<Pointers...>(*static_cast<Config*>(config), 0).resize(items);
  };
  list.example = []() -> std::shared_ptr<const void> {
    auto config = std::make_shared<Config>();
    detail::walk<Pointers...>(*config, 0).resize(1);
    return config;
  };
  return list;
}

}  // namespace treegrpo
