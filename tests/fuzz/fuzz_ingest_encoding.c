/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/encoding.h"

/* Any bytes decode to valid UTF-8 that grows through the file, or are refused; every ASCII character stands where its source says. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const declared[] = {NULL, "utf-8", "windows-1251", "shift_jis", "utf-16", "no such charset"};
    struct slice bytes = {(const char *)data, size};
    for (size_t k = 0; k < G_N_ELEMENTS(declared); k++) {
        struct encoding encoding;
        uint32_t before = 0;
        if (encoding_decode(bytes, declared[k], &encoding)) {
            CHECK(g_utf8_validate(encoding.text.ptr, (gssize)encoding.text.len, NULL));
            for (uint32_t i = 0; i < encoding.text.len; i++) {
                uint32_t source = encoding_source(&encoding, i);
                bool single = !g_str_has_prefix(encoding.charset, "UTF-") || strcmp(encoding.charset, "UTF-8") == 0;
                CHECK(source < size && source >= before);
                if (single && g_ascii_isdigit(encoding.text.ptr[i]))
                    CHECK(data[source] == (uint8_t)encoding.text.ptr[i]);
                before = source;
            }
        } else
            CHECK(encoding.text.len == 0);
        encoding_clear(&encoding);
    }
    return 0;
}
