/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/pdf/signs.h"

#include <string.h>

/* Any bytes in a stream of a PDF, whose structure is not read but searched: the signs are those there are, and a plain object behind them takes none away. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) /* an empty file is told before it is read */
        return 0;
    static const char begin[] = "%PDF-1.4\n4 0 obj\n<< /Length 1 >>\nstream\n", end[] = "\nendstream\nendobj\n", more[] = "5 0 obj\n<< /Length 2 >>\nstream\nq Q\nendstream\nendobj\n";
    g_autoptr(GString) file = g_string_new(begin);
    g_string_append_len(file, (const char *)data, (gssize)size);
    g_string_append(file, end);
    g_autoptr(GBytes) bare = g_bytes_new(data, size), bytes = g_bytes_new(file->str, file->len);
    g_string_append(file, more);
    g_autoptr(GBytes) longer = g_bytes_new(file->str, file->len);
    uint32_t signs = pdf_signs(bytes);
    CHECK((signs & ~(uint32_t)SIGN_ALL) == 0 && (pdf_signs(bare) & ~(uint32_t)SIGN_ALL) == 0);
    CHECK((pdf_signs(longer) & signs) == signs);
    return 0;
}
