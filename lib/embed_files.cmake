# Turns every file below `directory` into a row of egarage::<folder>::embedded_files(), declared in
# <folder>/embedded_files.hpp.
function(embed_files folder directory)
  if(NOT TARGET egarage_${folder})
    return()
  endif()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${directory} ${directory}/*)
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    file(READ ${directory}/${file} text)
    string(APPEND rows "    {\"${file}\", R\"egarage~(${text})egarage~\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${directory}/${file})
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded_files.cpp @ONLY CONTENT
[=[#include "@folder@/embedded_files.hpp"

namespace egarage::@folder@ {

std::span<const EmbeddedFile> embedded_files() {
  static constexpr EmbeddedFile files[] = {
@rows@  };
  return files;
}

}  // namespace egarage::@folder@
]=])
  target_sources(egarage_${folder} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded_files.cpp)
endfunction()
