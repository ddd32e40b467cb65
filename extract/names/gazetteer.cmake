# SPDX-License-Identifier: GPL-3.0-or-later
# The table of names: made at build time from packages of this machine and from *.tsv, linked into the program.
set(CITABLE_ISO_CODES /usr/share/iso-codes/json CACHE PATH "iso_3166-1.json and iso_3166-2.json (Debian: iso-codes)")
set(CITABLE_TIMEZONEMAP /usr/share/libtimezonemap/ui CACHE PATH "cities15000.txt, admin1Codes.txt, countryInfo.txt of GeoNames (Debian: libtimezonemap-data)")
set(CITABLE_CLDR /usr/share/unicode/cldr/common CACHE PATH "main/ and subdivisions/ (Debian: unicode-cldr-core)")

set(name_sources)
foreach(need
        "iso-codes|${CITABLE_ISO_CODES}/iso_3166-1.json" "iso-codes|${CITABLE_ISO_CODES}/iso_3166-2.json"
        "libtimezonemap-data|${CITABLE_TIMEZONEMAP}/cities15000.txt" "libtimezonemap-data|${CITABLE_TIMEZONEMAP}/admin1Codes.txt"
        "libtimezonemap-data|${CITABLE_TIMEZONEMAP}/countryInfo.txt"
        "unicode-cldr-core|${CITABLE_CLDR}/main/en.xml" "unicode-cldr-core|${CITABLE_CLDR}/subdivisions/en.xml")
    string(REPLACE "|" ";" need ${need})
    list(GET need 0 package)
    list(GET need 1 file)
    if(NOT EXISTS ${file})
        message(FATAL_ERROR "place names: ${file} is missing; install the package ${package}")
    endif()
    list(APPEND name_sources ${file})
endforeach()
file(GLOB name_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/extract/names/*.tsv)
file(GLOB name_makers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/extract/names/*.c)

file(GLOB tokenizer CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/extract/token*.c)
add_executable(make_gazetteer ${name_makers} ${tokenizer})
target_link_libraries(make_gazetteer PRIVATE ingest PkgConfig::XML PkgConfig::JANSSON PkgConfig::ICU)
set(gazetteer ${CMAKE_BINARY_DIR}/gazetteer.bin)
add_custom_command(OUTPUT ${gazetteer}
    COMMAND make_gazetteer ${gazetteer} ${CITABLE_ISO_CODES} ${CITABLE_TIMEZONEMAP} ${CITABLE_CLDR} ${CMAKE_SOURCE_DIR}/extract/names
    DEPENDS make_gazetteer ${name_sources} ${name_tables} COMMENT "Making the table of names" VERBATIM)
target_sources(extract PRIVATE extract/gazetteer_data.S ${gazetteer})
set_source_files_properties(${CMAKE_SOURCE_DIR}/extract/gazetteer_data.S PROPERTIES
    COMPILE_DEFINITIONS "CITABLE_GAZETTEER=\"${gazetteer}\"" OBJECT_DEPENDS ${gazetteer})
