# Sets PHONENUMBER_LIBRARIES. As shared libraries libphonenumber, protobuf and Abseil cost every start of the program
# 4 ms, whether or not it reads a number (their relocations and static objects); as archives they cost 1 ms. So the
# archives are taken where the system has them all. ICU stays shared: its tables are 30 MB.
include(CheckCXXSourceCompiles)
find_library(PHONENUMBER_LIBRARY phonenumber REQUIRED)  # Debian 12 packages neither its .pc nor its CMake file
set(PHONENUMBER_LIBRARIES ${PHONENUMBER_LIBRARY})

function(find_phone_number_archives result)
  pkg_check_modules(PHONENUMBER_NEEDS QUIET protobuf-lite absl_node_hash_set absl_strings absl_synchronization)
  pkg_check_modules(ICU QUIET IMPORTED_TARGET icu-i18n icu-uc)
  if(NOT PHONENUMBER_NEEDS_FOUND OR NOT ICU_FOUND)
    return()
  endif()
  set(names ${PHONENUMBER_NEEDS_STATIC_LIBRARIES})
  list(FILTER names INCLUDE REGEX "^(absl|protobuf)")
  set(archives)
  foreach(name IN ITEMS phonenumber LISTS names)
    find_library(ARCHIVE_${name} lib${name}.a)
    mark_as_advanced(ARCHIVE_${name})
    if(NOT ARCHIVE_${name})
      return()
    endif()
    list(APPEND archives ${ARCHIVE_${name}})
  endforeach()
  list(APPEND archives PkgConfig::ICU)
  set(CMAKE_REQUIRED_LIBRARIES ${archives})
  set(CMAKE_REQUIRED_FLAGS -std=c++20)
  check_cxx_source_compiles("
    #include <phonenumbers/phonenumberutil.h>
    int main() {
      i18n::phonenumbers::PhoneNumber number;
      return i18n::phonenumbers::PhoneNumberUtil::GetInstance()->Parse(\"+1\", \"US\", &number);
    }" PHONENUMBER_ARCHIVES_LINK)
  if(PHONENUMBER_ARCHIVES_LINK)
    set(${result} ${archives} PARENT_SCOPE)
  endif()
endfunction()
find_phone_number_archives(PHONENUMBER_LIBRARIES)
