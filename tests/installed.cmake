# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DBUILD=… -DFOLDER=… -DBIN=bin -DFILE=… -P installed.cmake: what is installed works where it was not built, and the program that people call for
# questions is linked with no library that only readers need, nor with ICU, which few questions need.
file(REMOVE_RECURSE ${FOLDER})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${FOLDER}/${BIN}/citable text ${FILE} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ldd ${FOLDER}/${BIN}/citable OUTPUT_VARIABLE libraries COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE ${FOLDER})
if(text STREQUAL "")
    message(FATAL_ERROR "the installed program reads nothing")
endif()
if(libraries MATCHES "lib(poppler|cairo|xml2|zip|archive|gmime|md4c|gio|icu)[^\n]*")
    message(FATAL_ERROR "citable needs ${CMAKE_MATCH_0}: something that find, ask or cite use has drawn in a reader (cli/main.c says why that is slow)")
endif()
